import { oneLine, shorten } from '../lib/text.ts';

/*
 * Plain text is looked for secrets once it is printed, and one that was cut is not known again: nothing is cut that is not far
 * longer than anything said in earnest.
 */

/** What a finding is called, or is said to be in, on a line of plain text. */
export function shortName(text: string): string {
  return shorten(oneLine(text), 2_000, '...');
}

/** What somebody says, on a line of plain text. The HTML report has all of it. */
export function shortText(text: string): string {
  return shortLine(oneLine(text));
}

/** One line of what somebody says, with its indentation. */
export function shortLine(line: string): string {
  return shorten(line, 10_000, '...');
}
