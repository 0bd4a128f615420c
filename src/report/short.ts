import { oneLine, shorten } from '../lib/text.ts';

/** What a finding is called, or is said to be in, on a line of plain text: as much of it as an annotation has. */
export function shortName(text: string): string {
  return shorten(oneLine(text), 200, '...');
}

/** What somebody says, on a line of plain text: as much of it as a comment quotes. The HTML report has all of it. */
export function shortText(text: string): string {
  return shorten(oneLine(text), 1500, '...');
}
