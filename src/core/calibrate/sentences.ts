import type { Span } from '../ledger/line-map.ts';

/** A sentence of a paragraph, in offsets, and the white space behind it. */
export type Sentence = Span & { readonly text: string; readonly next: number };

/** The sentences of a paragraph whose markup begins and ends within them. */
export function sentencesOf({ start, text }: Span & { readonly text: string }): Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  for (const { 0: stop, index } of text.matchAll(/[.!?][)"”*_]*(?:\s+(?=[\p{Lu}\p{N}`*_"“(])|$)/gu)) {
    const next = index + stop.length;
    const end = index + stop.trimEnd().length;
    sentences.push({
      start: start + from,
      end: start + end,
      text: text.slice(from, end),
      next: start + next,
    });
    from = next;
  }
  return sentences.filter((sentence) => isWhole(sentence.text));
}

function isWhole(text: string): boolean {
  const count = (mark: RegExp): number => text.match(mark)?.length ?? 0;
  return (
    count(/`/g) % 2 === 0 &&
    count(/\*/g) % 2 === 0 &&
    count(/\[/g) === count(/\]/g) &&
    count(/\(/g) === count(/\)/g) &&
    !/[<>|\\]/.test(text)
  );
}
