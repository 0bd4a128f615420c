import type { Fact } from '../../../src/core/fact.ts';
import { digest } from '../../../src/store/plan-file.ts';
import { outsideOf } from './contained.ts';
import type { Played } from './world.ts';

/** What must hold of every run, whatever its agents do; what does not, in words. */
export function violations(played: Played): string[] {
  return [
    ...unended(played),
    ...played.written.flatMap(outsideOf),
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
