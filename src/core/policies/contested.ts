import type { HandedOver } from '../fact.ts';
import type { Contest } from '../contested/contested.ts';
import { isFrozen } from '../contested/fix-record.ts';
import type { Run } from '../run.ts';

/** Findings about a place that fixes contest: nothing is edited there any more, and the user decides. */
export function contestedFindings({ ledger, frozen }: Run, open: readonly string[]): HandedOver[] {
  return open.flatMap((id): HandedOver[] => {
    const lines = ledger.get(id)?.finding.anchor.lines;
    return lines && isFrozen(lines, frozen)
      ? [
          {
            id,
            because: 'contested',
            why: 'Fixes of this run contest the text it is about, so it was left alone.',
          },
        ]
      : [];
  });
}

/** One decision: both sides, with what each took out and put in, verbatim. */
export function argumentsOf({ why, arguments: sides }: Contest): string {
  const said = sides.map(
    ({ round, findings, removed, added }) =>
      `Round ${round}, for ${findings.join(', ')}: ${quoted(removed)} became ${quoted(added)}.`,
  );
  return [WHY[why], ...said].join('\n');
}

const WHY = {
  reverses: 'One fix undoes another.',
  returns: 'A fix brings back what an earlier one had changed.',
  'ping-pong': 'One block was edited in three rounds, for different findings.',
} as const;

function quoted(text: string): string {
  return text.trim() === '' ? '(nothing)' : JSON.stringify(text);
}
