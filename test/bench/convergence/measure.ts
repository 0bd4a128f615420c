import type { FactOf } from '../../../src/core/fact.ts';
import type { Finding } from '../../../src/core/finding.ts';
import { wasAdmitted, type Entry } from '../../../src/core/ledger/entry.ts';
import { fixesAndInduced } from '../../../src/core/policies/divergence.ts';
import { liveIn, type Defect } from './key.ts';
import { meant } from './scene.ts';
import { sentencesOf } from './text.ts';
import type { Played } from './world.ts';

/** What one run comes to, in numbers and names: JSON. */
export type Measured = {
  readonly seed: number;
  readonly status: string;
  readonly reason: string | null;
  readonly rounds: number;
  readonly calls: number;
  /** Answers that decided something: every seat of every round once, however often it was asked. */
  readonly decisions: number;
  /** Reviews of the original plan that all calls cost together. */
  readonly units: number;
  /** Blocking defects in the final bytes, and those of them that no list of the run shows to the user. */
  readonly left: number;
  readonly unknown: number;
  /** Final bytes over original bytes. */
  readonly size: number;
  /** Findings that an edit was written for, and those of them that were no defects. */
  readonly fixes: number;
  readonly noise: number;
  /** Defects that the edits brought into the bytes, and the blocking ones. */
  readonly induced: number;
  readonly inducedBlocking: number;
  /** Admitted findings about text that a fix wrote: as the answer key knows them, and as the run counts them. */
  readonly inducedFound: number;
  readonly inducedCounted: number;
  /** Defects that were raised once more; under the id they had; and ids that came to stand for two defects. */
  readonly raisedAgain: number;
  readonly sameId: number;
  readonly ids: number;
  readonly mergedIds: number;
  /** Findings left to the user, by why; and those of them that are blocking defects and still there. */
  readonly handedOver: Tally;
  readonly handedOverReal: Tally;
  /** Answers of the implementer that could not be applied, by why. */
  readonly sentBack: Tally;
  /** Questions that came up, with what was decided. */
  readonly decided: Tally;
};

export type Tally = Readonly<Record<string, number>>;

/** Measures a run. */
export function measure(played: Played): Measured {
  const { run, fixture, text, seed, units, calls, facts } = played;
  const outcome = run.position.at === 'finished' ? run.position.outcome : null;
  const entries = [...run.ledger.values()];
  const left = liveIn(fixture.key, text).filter(({ isBlocking }) => isBlocking);
  const isLeft = (entry: Entry): boolean => left.some((defect) => defect === defectOf(entry.finding, played));
  const shown = entries.filter((entry) => isShown(entry, outcome?.parked ?? []));
  const handed = entries.filter(({ status }) => status === 'handed-over');
  const reasons = (of: readonly Entry[]): Tally =>
    tally(of.map(({ handedOver }) => handedOver?.because ?? ''));
  const fixed = run.rounds.flatMap(({ applied }) => applied?.findings ?? []);
  return {
    seed,
    status: outcome?.status ?? 'unfinished',
    reason: outcome?.reason ?? null,
    rounds: run.rounds.length,
    calls: calls.length,
    decisions: new Set(calls.map(({ round, purpose, seat }) => `${round} ${purpose} ${seat}`)).size,
    units,
    left: left.length,
    unknown: left.filter((defect) => !shown.some(({ finding }) => defectOf(finding, played) === defect))
      .length,
    size: Buffer.byteLength(text) / Buffer.byteLength(fixture.text),
    fixes: fixed.length,
    noise: fixed.filter((id) => !defectIn(run.ledger.get(id), played)).length,
    ...inducedIn(played, entries),
    ...identityIn(played),
    handedOver: reasons(handed),
    handedOverReal: reasons(handed.filter(isLeft)),
    sentBack: tally(
      facts.flatMap((fact) => (fact.type === 'edits.read' && fact.result !== 'fits' ? [fact.result] : [])),
    ),
    decided: tally(run.decisions.map(({ question, answer }) => `${question} ${answer}`)),
  };
}

/** A run that did not come to its end because the loop itself threw. */
export function broken(seed: number, error: unknown): Measured {
  const status = error instanceof Error ? error.message : String(error);
  const none = {
    rounds: 0,
    calls: 0,
    decisions: 0,
    units: 0,
    left: 0,
    unknown: 0,
    size: 0,
    fixes: 0,
    noise: 0,
  };
  const induced = { induced: 0, inducedBlocking: 0, inducedFound: 0, inducedCounted: 0 };
  const identity = { raisedAgain: 0, sameId: 0, ids: 0, mergedIds: 0 };
  const tallies = { handedOver: {}, handedOverReal: {}, sentBack: {}, decided: {} };
  return { seed, status, reason: BROKEN, ...none, ...induced, ...identity, ...tallies };
}

export const BROKEN = 'threw';

function tally(names: readonly string[]): Tally {
  const times: Record<string, number> = {};
  for (const name of names) times[name] = (times[name] ?? 0) + 1;
  return times;
}

/** Is it shown to the user as something to look at? */
function isShown({ status, finding }: Entry, parked: readonly string[]): boolean {
  return status === 'open' || status === 'handed-over' || status === 'parked' || parked.includes(finding.id);
}

function defectOf(finding: Pick<Finding, 'title' | 'body'>, played: Played): Defect | undefined {
  const about = meant(played, finding)?.about;
  return typeof about === 'object' ? about : undefined;
}

function defectIn(entry: Entry | undefined, played: Played): Defect | undefined {
  return entry && defectOf(entry.finding, played);
}

type Induced = Pick<Measured, 'induced' | 'inducedBlocking' | 'inducedFound' | 'inducedCounted'>;

function inducedIn(played: Played, entries: readonly Entry[]): Induced {
  const { fixture, written, run } = played;
  const born = new Set(
    written.flatMap(({ after }) => liveIn(fixture.key, after)).filter(({ bornIn }) => bornIn !== null),
  );
  const original = new Set(sentencesOf(fixture.text).map(({ raw }) => raw));
  const isOfAFix = ({ finding }: Entry): boolean => {
    const claim = meant(played, finding);
    if (typeof claim?.about === 'object') return claim.about.bornIn !== null;
    return claim !== undefined && claim.about !== 'taste' && !original.has(claim.sentence.raw);
  };
  return {
    induced: born.size,
    inducedBlocking: [...born].filter(({ isBlocking }) => isBlocking).length,
    inducedFound: entries.filter((entry) => wasAdmitted(entry) && isOfAFix(entry)).length,
    inducedCounted: fixesAndInduced(run).induced,
  };
}

/** Which ids the defects went by, over every look of the run. */
function identityIn(played: Played): Pick<Measured, 'raisedAgain' | 'sameId' | 'ids' | 'mergedIds'> {
  const idsOf = new Map<Defect, string[]>();
  const defectsOf = new Map<string, Set<Defect>>();
  for (const { id, defect } of played.run.rounds.flatMap(({ review }) =>
    review ? raisedIn(review, played) : [],
  )) {
    idsOf.set(defect, [...(idsOf.get(defect) ?? []), id]);
    defectsOf.set(id, (defectsOf.get(id) ?? new Set()).add(defect));
  }
  const again = [...idsOf.values()].flatMap(([first, ...rest]) => rest.map((id) => id === first));
  return {
    raisedAgain: again.length,
    sameId: again.filter(Boolean).length,
    ids: defectsOf.size,
    mergedIds: [...defectsOf.values()].filter(({ size }) => size > 1).length,
  };
}

/** A look names its findings in the order in which it raised them. */
function raisedIn(
  { round, looks }: FactOf<'review.parsed'>,
  { said }: Played,
): { id: string; defect: Defect }[] {
  return looks.flatMap(({ call, findings }) =>
    (said.get(`${round}/${call}`) ?? []).flatMap(({ about }, index) => {
      const id = findings[index];
      return typeof about === 'object' && id !== undefined ? [{ id, defect: about }] : [];
    }),
  );
}
