import type { Fact } from '../../../src/core/fact.ts';
import { digest } from '../../../src/store/plan-file.ts';
import { outsideOf } from './contained.ts';
import type { Played } from './world.ts';

/** What must hold of every run, whatever its agents do; what does not, in words. */
export function violations(played: Played): string[] {
  return [
    ...unended(played),
    ...played.written.flatMap(outsideOf),
    ...notTakenBack(played),
    ...lostAlong(played),
    ...closedByNothing(played),
    ...unreviewedFix(played),
    ...strangeBytes(played),
  ].map((what) => `seed ${played.seed}: ${what}`);
}

/** Every finding that was ever admitted has a place in the ledger, and none is open in a run that says it is done. */
function unended({ run, facts }: Played): string[] {
  const ids = new Set(facts.flatMap(idsIn));
  const lost = [...ids].filter((id) => !run.ledger.has(id)).map((id) => `${id} is not in the ledger`);
  if (run.position.at !== 'finished') return [...lost, 'the run did not end'];
  const { status, unresolved } = run.position.outcome;
  const open = [...run.ledger.values()]
    .filter((entry) => entry.status === 'open')
    .map(({ finding }) => finding.id);
  const isZero = run.position.outcome.exit_code === 0;
  return [
    ...lost,
    ...open
      .filter((id) => isZero || !unresolved.includes(id))
      .map((id) => `${id} is open, and ${status} does not say so`),
  ];
}

function idsIn(fact: Fact): string[] {
  switch (fact.type) {
    case 'review.parsed':
    case 'verification.read':
      return fact.findings.map(({ id }) => id);
    case 'findings.accepted':
      return [...fact.findings, ...fact.handed_over.map(({ id }) => id)];
    default:
      return [];
  }
}

/** A fix that is said to be taken back is gone from the text, and a finding that is said to be gone went with one. */
function notTakenBack(played: Played): string[] {
  const { written, run } = played;
  const kept = undoneIn(played).flatMap(({ at, finding, fix, fixed }) => {
    const { before, after } = at;
    const own = fixed.changes.filter(({ findings }) => findings.includes(finding));
    const lines = own.flatMap(({ added }) => added.split('\n')).filter((line) => line.trim().length > 24);
    return lines
      .filter((line) => linesLike(fix.before, line) === 0 && linesLike(before, line) > 0)
      .filter((line) => linesLike(after, line) >= linesLike(before, line))
      .map((line) => `the fix of ${finding} was taken back, and still says: ${line}`);
  });
  const gone = new Set(written.flatMap(({ applied }) => applied.gone ?? []));
  const counted = [...run.ledger.values()].filter(({ status }) => status === 'reverted');
  return [
    ...kept,
    ...counted
      .filter(({ finding }) => !gone.has(finding.id))
      .map(({ finding }) => `${finding.id} counts as gone with a fix, and none was taken back`),
  ];
}

/** What was mended by the same edit as a fix that was taken back does not count as mended, unless it was again. */
function lostAlong(played: Played): string[] {
  return undoneIn(played).flatMap(({ finding, fixed }) => {
    const together = fixed.edits.filter(({ findings }) => findings.includes(finding));
    const others = new Set(together.flatMap(({ findings }) => findings));
    return [...others]
      .map((id) => played.run.ledger.get(id))
      .filter((entry) => entry?.addressedIn === fixed.round && DONE.has(entry.status))
      .map((entry) => `${entry?.finding.id} counts as ${entry?.status}, and its fix went with ${finding}`);
  });
}

const DONE: ReadonlySet<string> = new Set(['addressed', 'closed', 'lapsed']);

/** Every fix that was taken back: when, and the writing of it that was undone. */
function undoneIn({ written }: Played) {
  return written.flatMap((at, index) =>
    at.applied.reverted.flatMap((finding) => {
      const fix = written
        .slice(0, index)
        .findLast(({ applied: { findings, reverted } }) => isFixedBy(finding, findings, reverted));
      return fix ? [{ at, finding, fix, fixed: fix.applied }] : [];
    }),
  );
}

function isFixedBy(id: string, findings: readonly string[], reverted: readonly string[]): boolean {
  return findings.includes(id) && !reverted.includes(id);
}

function linesLike(text: string, line: string): number {
  return text.split('\n').filter((other) => other === line).length;
}

/** A verification that could not be read closes nothing, and one that could closes only where bytes changed. */
function closedByNothing({ facts }: Played): string[] {
  return facts.flatMap((fact) =>
    fact.type === 'verification.read'
      ? fact.checks
          .filter(
            ({ closed, changed, verdict }) =>
              closed && (fact.result !== 'read' || !changed || verdict !== 'fixed'),
          )
          .map(({ id }) => `${id} was closed in round ${fact.round} by ${fact.result}`)
      : [],
  );
}

/**
 * The last fix was looked at, by a review, a verification or a last look; or nothing of it counts as done, or the run broke
 * off.
 */
function unreviewedFix({ facts, run }: Played): string[] {
  const last = facts.findLastIndex(({ type }) => type === 'edits.applied');
  const applied = facts[last];
  if (applied?.type !== 'edits.applied' || facts.slice(last).some(isLook)) return [];
  if (run.position.at === 'finished' && run.position.outcome.status.startsWith('aborted')) return [];
  const done = applied.findings.filter((id) => !LEFT.has(run.ledger.get(id)?.status ?? ''));
  return done.map(
    (id) => `the last fix was not looked at, and ${id} counts as ${run.ledger.get(id)?.status}`,
  );
}

const LEFT: ReadonlySet<string> = new Set(['open', 'handed-over']);

/** A last look that came to nothing says so itself. */
function isLook(fact: Fact): boolean {
  if (fact.type === 'verification.read') return fact.result === 'read';
  return fact.type === 'review.parsed' || fact.type === 'last-look.taken';
}

/** What is on disk is what the run expects there, and what its last fix wrote. */
function strangeBytes({ run, text, written, fixture }: Played): string[] {
  const expected = written.at(-1)?.after ?? fixture.text;
  return [
    ...(text === expected ? [] : ['the bytes on disk are not those of the last fix']),
    ...(digest(text) === run.expected.sha256 ? [] : ['the run expects other bytes than there are']),
  ];
}
