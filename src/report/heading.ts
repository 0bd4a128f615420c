import { bracketed, count } from '../lib/text.ts';
import { inFixes } from '../core/narrate.ts';
import type { ToldFinding } from './told-finding.ts';

/** What stands over a group of findings: how many they are, and of how many our fixes wrote the text. */
export function headingOf(title: string, told: readonly ToldFinding[]): string {
  const induced = inFixes(told.map(({ finding }) => finding));
  return `${title}: ${count(told.length, 'finding')}${bracketed(induced)}`;
}
