import type { FactOf, Purpose } from '../fact.ts';
import { unjudgedFindings } from '../ledger/open.ts';
import { currentRound, type Run } from '../run.ts';
import { fixedRound, underCheck } from '../verify/scope.ts';

type Asked = Pick<FactOf<'call.started'>, 'role' | 'purpose' | 'seat'>;

/**
 * What a call is about, as the run stands before it: calls of one subject were told the same, so that the answer to one is
 * an answer to the other. The bytes that are looked at, the findings, and what is asked of them; not the words of the
 * prompt, which also name settings such as the floor.
 */
export function subjectOf(run: Run, { role, purpose, seat }: Asked): string {
  const { sha256 } = currentRound(run).baseline;
  return JSON.stringify([role, kindOf(purpose), seat, sha256, ...aboutOf(run, purpose)]);
}

/** A review, a second look and an audit are one and the same: a cold look at the whole plan. */
function kindOf(purpose: Purpose): string {
  return purpose === 'second-look' || purpose === 'audit' ? 'review' : purpose;
}

function aboutOf(run: Run, purpose: Purpose): readonly unknown[] {
  const round = currentRound(run);
  switch (purpose) {
    case 'arbitrate': {
      const isSecond = run.position.at === 'arbitrating' && run.position.refuted !== null;
      // Asked a second time, the findings come in another order, which the number of the round turns.
      return [findingsOf(run, unjudgedFindings(run, round)), isSecond ? round.number : 0];
    }
    case 'fix':
      return workOf(run);
    case 'verify':
      return [
        findingsOf(
          run,
          underCheck(run).map(({ finding }) => finding.id),
        ),
        fixedRound(run)?.baseline.sha256,
      ];
    case 'last-look':
      return [findingsOf(run, round.applied?.findings ?? []), run.expected.sha256];
    default:
      return [];
  }
}

/** What an implementer is asked to do, and why answers before this one were sent back. */
function workOf(run: Run): readonly unknown[] {
  const { position } = run;
  if (position.at !== 'implementing' && position.at !== 'refused') return [];
  const { findings, expanded, design, guard, reverts, sentBack } = position.work;
  const causes = sentBack.map(({ cause }) => cause);
  const notes = currentRound(run).confirmed?.notes.filter(({ id }) => findings.includes(id)) ?? [];
  return [
    findingsOf(run, findings),
    [expanded, design, guard, reverts.map(({ finding }) => finding)].map((ids) => ids.toSorted()),
    position.at === 'refused' ? [...causes, position.cause] : causes,
    notes.map(({ id, note }) => [id, note]),
  ];
}

/** Ids alone would not do: in another course of events another finding may have one. */
function findingsOf({ ledger }: Pick<Run, 'ledger'>, ids: readonly string[]): readonly unknown[] {
  const findings = ids.toSorted().flatMap((id) => ledger.get(id)?.finding ?? []);
  return findings.map(({ id, title, body }) => [id, title, body]);
}
