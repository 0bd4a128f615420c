import type { FactOf } from '../../../src/core/fact.ts';
import type { Entry } from '../../../src/core/ledger/entry.ts';
import { liveIn, type Defect } from './key.ts';
import { meant } from './scene.ts';
import type { Played } from './world.ts';

/** What one run comes to, in numbers; JSON. */
export type Measured = {
  readonly seed: number;
  readonly status: string;
  readonly reason: string | null;
  readonly rounds: number;
  readonly calls: number;
  /** Reviews of the original plan that all calls cost together. */
  readonly units: number;
  /** Blocking defects in the final bytes, and those of them that no list of the run names. */
  readonly left: number;
  readonly unknown: number;
  /** Blocking defects in the beginning. */
  readonly blocking: number;
  /** Final bytes over original bytes. */
  readonly size: number;
  /** Findings that an edit was written for, those of them that were no defects, and the defects the edits brought in. */
  readonly fixes: number;
  readonly noise: number;
  readonly induced: number;
  readonly inducedBlocking: number;
  /** Findings about text that a fix wrote: as the run counts them, and by the answer key. */
  readonly countedInduced: number;
  readonly knownInduced: number;
  /** Findings left to the user, by why; and blocking defects left in the plan that are among them. */
  readonly handedOver: Readonly<Record<string, number>>;
  readonly handedOverReal: Readonly<Record<string, number>>;
  /** Answers of the implementer that were sent back, by why. */
  readonly sentBack: Readonly<Record<string, number>>;
  /** Questions that came up, with what was decided. */
  readonly decided: Readonly<Record<string, number>>;
};

/** Statuses that say that nothing is left to be done. */
export const QUIET: readonly string[] = ['completed_clean', 'completed_converged', 'completed_verified'];

/** Measures a run. */
export function measure(played: Played): Measured {
  const { run, fixture, text, seed, units, calls } = played;
  const left = liveIn(fixture.key, text).filter(({ isBlocking }) => isBlocking);
  const outcome = run.position.at === 'finished' ? run.position.outcome : null;
  const entries = [...run.ledger.values()];
  const known = new Set(entries.flatMap((entry) => (isOnAList(entry, outcome?.parked ?? []) ? defectOf(entry, played) ?? [] : [])));
  const applied = run.rounds.flatMap((round) => round.applied ?? []);
  const fixed = applied.flatMap(({ findings }) => findings);
  const born = bornIn(played);
  const handed = entries.filter(({ status }) => status === 'handed-over');
  return {
    seed,
    status: outcome?.status ?? 'unfinished',
    reason: outcome?.reason ?? null,
    rounds: run.rounds.length,
    calls: calls.length,
    units,
    left: left.length,
    unknown: left.filter((defect) => !known.has(defect)).length,
    blocking: fixture.key.defects.filter(({ isBlocking, bornIn }) => isBlocking && bornIn === null).length,
    size: Buffer.byteLength(text) / Buffer.byteLength(fixture.text),
    fixes: fixed.length,
    noise: fixed.filter((id) => !isAboutDefect(run.ledger.get(id), played)).length,
    induced: born.length,
    inducedBlocking: born.filter(({ isBlocking }) => isBlocking).length,
    countedInduced: entries.filter(({ finding, sent }) => finding.generation > 0 && sent.length > 0).length,
    knownInduced: 0,
    handedOver: tally(handed.map(({ handedOver }) => handedOver?.because ?? '')),
    handedOverReal: tally(
      handed.filter((entry) => left.some((defect) => defect === defectOf(entry, played))).map(({ handedOver }) => handedOver?.because ?? ''),
    ),
    sentBack: tally(played.facts.flatMap((fact) => (fact.type === 'edits.read' && fact.result !== 'fits' ? [fact.result] : []))),
    decided: tally(run.decisions.map(({ question, answer }) => `${question} ${answer}`)),
  };
}

function tally(names: readonly string[]): Record<string, number> {
  const times: Record<string, number> = {};
  for (const name of names) times[name] = (times[name] ?? 0) + 1;
  return times;
}

/** Is it shown to the user as something to look at? */
function isOnAList({ status, finding }: Entry, parked: readonly string[]): boolean {
  return status === 'open' || status === 'handed-over' || status === 'parked' || parked.includes(finding.id);
}

function defectOf({ finding }: Entry, played: Played): Defect | undefined {
  const about = meant(played, finding)?.about;
  return typeof about === 'object' ? about : undefined;
}

function isAboutDefect(entry: Entry | undefined, played: Played): boolean {
  return entry !== undefined && defectOf(entry, played) !== undefined;
}

/** The defects that fixes brought into the bytes. */
function bornIn({ fixture, versions }: Played): Defect[] {
  const landed = versions.flatMap((text) => liveIn(fixture.key, text));
  return [...new Set(landed)].filter(({ bornIn }) => bornIn !== null);
}

export type Finished = FactOf<'run.finished'>;
