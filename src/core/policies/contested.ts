import type { HandedOver } from '../fact.ts';
import type { Contest } from '../contested/contested.ts';
import { isFrozen, type FixRecord } from '../contested/fix-record.ts';
import { takesBack } from '../contested/takes-back.ts';
import type { Run } from '../run.ts';

/**
 * Findings that go against fixes of this run: about a place that fixes contest, where nothing is edited any more, or asking
 * to take back, as a matter of taste, what a fix has just put in. The user decides.
 */
export function contestedFindings(
  { ledger, frozen, fixes, rounds }: Run,
  open: readonly string[],
): HandedOver[] {
  const contested = (id: string, why: string): HandedOver[] => [{ id, because: 'contested', why }];
  return open.flatMap((id): HandedOver[] => {
    const finding = ledger.get(id)?.finding;
    if (!finding) return [];
    const { lines } = finding.anchor;
    if (lines && isFrozen(lines, frozen))
      return contested(id, 'Fixes of this run contest the text it is about, so it was left alone.');
    const undone = takesBack(finding, fixes.records.all, rounds.length);
    return undone ? contested(id, `It asks to take back a fix.\n${argument(undone)}`) : [];
  });
}

/** One decision: both sides, with what each took out and put in, verbatim. */
export function argumentsOf({ why, arguments: sides }: Contest): string {
  return [WHY[why], ...sides.map(argument)].join('\n');
}

function argument({ round, findings, removed, added }: FixRecord): string {
  return `Round ${round}, for ${findings.join(', ')}: ${quoted(removed)} became ${quoted(added)}.`;
}

const WHY = {
  reverses: 'One fix undoes another.',
  returns: 'A fix brings back what an earlier one had changed.',
  'ping-pong': 'One block was edited in three rounds, for different findings.',
} as const;

function quoted(text: string): string {
  return text.trim() === '' ? '(nothing)' : JSON.stringify(text);
}
