import type { FactOf } from '../core/fact.ts';
import type { PlacedEdit } from '../core/edits.ts';
import { countLines } from '../lib/text.ts';

/** Where edits stand in the text they lead to: the lines a person will find them at. */
export function placesOf(baseline: string, placed: readonly PlacedEdit[]): FactOf<'edits.read'>['edits'] {
  let line = 1;
  let at = 0;
  return placed.map(({ edit, start, end }) => {
    line += newlines(baseline.slice(at, start));
    at = end;
    const first = line;
    line += newlines(edit.new_text);
    return {
      findings: [...edit.findings],
      lines: { start: first, end: first + Math.max(0, countLines(edit.new_text) - 1) },
    };
  });
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}
