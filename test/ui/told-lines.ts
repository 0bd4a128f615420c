import type { Fact, FactOf } from '../../src/core/fact.ts';
import { themeFor } from '../../src/ui/theme.ts';
import { linesFor } from '../../src/ui/words.ts';
import { accepted, called, finding, fixed, replayed, reviewed, roundStarted, started } from './told-run.ts';

export const PLAIN = { noColor: false, quiet: false };
export const UNICODE = themeFor({}, { LANG: 'C.UTF-8' }, PLAIN);
export const ASCII = themeFor({}, { LANG: 'C' }, PLAIN);
export const NORMAL = { isQuiet: false, isVerbose: false };

const FOUND = [
  finding('F1', { severity: 'critical' }),
  finding('F2', {
    title: 'no rollback',
    anchor: { how: 'exact', lines: { start: 131, end: 133 }, quote: 'x', section: [] },
  }),
  finding('F3', { severity: 'low', confidence: 0.1, gate: 'filtered' }),
  finding('F4', { anchor: { how: 'void', lines: null, quote: 'nowhere', section: [] }, gate: 'void' }),
];

/** A round with a fix, from its first fact to its last. */
export const ROUND: readonly Fact[] = [
  roundStarted(1),
  ...called(1, 'review-1', { model: 'gpt-5.5' }),
  reviewed(1, ...FOUND),
  accepted(1, 'F1', 'F2'),
  ...called(1, 'fix-1', { ms: 78_000 }),
  ...fixed(1, ['F1', 'F2'], { lines: [88, 131, 140] }),
];

/** What a person reads of these facts. */
export function lines(
  facts: readonly Fact[],
  theme = UNICODE,
  volume = NORMAL,
  first: FactOf<'run.started'> = started(),
): string[] {
  return replayed([first, ...facts]).flatMap(({ fact, run }) => linesFor(fact, run, theme, volume));
}

/** The same where only what is loud is said. */
export function quietly(facts: readonly Fact[], first = started()): string[] {
  return lines(facts, UNICODE, { isQuiet: true, isVerbose: false }, first);
}
