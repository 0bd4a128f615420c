import type { Mode, Ruling } from '../fact.ts';
import type { Gate } from '../finding.ts';
import type { RoundEnd } from '../round-end.ts';
import type { Round, Run } from '../run.ts';

/** What was decided in a round. Null: the run did not come to it. */
export type Decided = {
  readonly round: number;
  readonly mode: Mode;
  /** The bytes that it was about. */
  readonly sha256: string;
  /** Findings by the gate they came to, rulings of an arbiter included; gates without any are left out. */
  readonly gates: Readonly<Partial<Record<Gate, number>>> | null;
  /** What a verifier closed. */
  readonly closed: readonly string[] | null;
  readonly decisions: readonly string[];
  readonly accepted: readonly string[] | null;
  readonly handed_over: readonly string[] | null;
  readonly reverted: readonly string[] | null;
  /** The bytes that came of it, where it changed any. */
  readonly edited: string | null;
  readonly how: RoundEnd | null;
};

/** How a run stands at its end: `in_progress` where it rests or was cut short; the reason then is the question it rests on. */
export type Ended = { readonly status: string; readonly reason: string | null };

/** What was decided in each round, first to last. */
export function decidedIn(run: Run): Decided[] {
  return run.rounds.map((round) => decided(round, run));
}

function decided(round: Round, run: Run): Decided {
  const { accepted, verification, edits, drift, applied } = round;
  const handed = [accepted, edits, drift, applied].flatMap((fact) => fact?.handed_over ?? []);
  const declined = edits?.declined.map(({ finding }) => `${finding} declined`) ?? [];
  return {
    round: round.number,
    mode: round.baseline.mode,
    sha256: round.baseline.sha256,
    gates: gatesOf(round),
    closed: verification && verification.checks.filter(({ closed }) => closed).map(({ id }) => id),
    decisions: run.decisions
      .filter((decision) => decision.round === round.number)
      .map(({ question, answer }) => `${question}: ${answer}`),
    accepted: accepted && [...accepted.findings],
    handed_over: accepted && [
      ...new Set([...handed.map(({ id, because }) => `${id} ${because}`), ...declined]),
    ],
    reverted: accepted && [...(applied?.reverted ?? [])],
    edited: applied?.sha256_after ?? null,
    how: round.how,
  };
}

function gatesOf({ review, verification, arbitration }: Round): Decided['gates'] {
  if (!review && !verification) return null;
  const rulings = new Map(arbitration?.rulings.map((ruling) => [ruling.id, gateBy(ruling)]));
  const counts: Partial<Record<Gate, number>> = {};
  for (const { id, gate: first } of [...(review?.findings ?? []), ...(verification?.findings ?? [])]) {
    const gate = rulings.get(id) ?? first;
    counts[gate] = (counts[gate] ?? 0) + 1;
  }
  return counts;
}

function gateBy({ gate, same_as: same }: Ruling): Gate {
  return same === null ? gate : 'settled';
}

/** How a run stands. */
export function endedAs({ position, paused }: Run): Ended {
  if (position.at === 'finished') return { status: position.outcome.status, reason: position.outcome.reason };
  return { status: 'in_progress', reason: paused?.question ?? null };
}
