/** A sentence where it stands in a markdown text, in UTF-16 units. Its raw text may run over line ends. */
export type Sentence = {
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  /** First and last line, 1-based. */
  readonly lines: { readonly start: number; readonly end: number };
  /** What a further line of its block begins with. */
  readonly indent: string;
  /** The heading it stands under. */
  readonly heading: string;
};

type Block = { start: number; end: number; line: number; indent: string; heading: string };

/** Every sentence of paragraphs and list items, in order. A sentence ends at a full stop, and has none inside. */
export function sentencesOf(text: string): Sentence[] {
  return blocksOf(text).flatMap((block) => {
    const body = text.slice(block.start, block.end);
    return [...body.matchAll(/\S[^.]*\./g)].map(({ 0: raw, index }): Sentence => {
      const first = block.line + count(body, '\n', index);
      return {
        raw,
        start: block.start + index,
        end: block.start + index + raw.length,
        lines: { start: first, end: first + count(raw, '\n') },
        indent: block.indent,
        heading: block.heading,
      };
    });
  });
}

/** Paragraphs and list items. Headings, blank lines, front matter and what is marked load-bearing belong to none. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let heading = '';
  let at = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const marker = /^\s*(?:[-*]|\d+\.)\s+/.exec(line)?.[0] ?? '';
    if (line.startsWith('#')) heading = line.replace(/^#+\s*/, '');
    if (/^\s*$|^#|\*\*load-bearing/i.test(line)) open = undefined;
    else if (open && marker === '') open.end = at + line.length;
    else {
      open = {
        start: at + marker.length,
        end: at + line.length,
        line: index + 1,
        indent: ' '.repeat(marker.length),
        heading,
      };
      blocks.push(open);
    }
    at += line.length + 1;
  }
  return blocks;
}

function count(text: string, character: string, end = text.length): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1 && at < end; at = text.indexOf(character, at + 1))
    found += 1;
  return found;
}

/** How a plan breaks its lines: after every sentence, at a column, or only at the end of a paragraph. */
export type Layout = 'sentences' | 'columns' | 'paragraphs';

/** Sentences as the body of a block. */
export function laidOut(sentences: readonly string[], layout: Layout, indent: string): string {
  if (layout === 'sentences') return sentences.join(`\n${indent}`);
  if (layout === 'paragraphs') return sentences.join(' ');
  let column = indent.length;
  return sentences
    .join(' ')
    .split(' ')
    .map((word, index) => {
      column += word.length + 1;
      if (index === 0) return word;
      if (column <= WIDTH) return ` ${word}`;
      column = indent.length + word.length;
      return `\n${indent}${word}`;
    })
    .join('');
}

const WIDTH = 100;

/** White space folded: how two wrappings of a sentence compare. */
export function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
