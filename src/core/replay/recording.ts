import type { Dismissal } from '../dismissal.ts';
import { dismissalOf } from '../dismissal.ts';
import { begin, evolve } from '../evolve.ts';
import type { Fact, FactOf } from '../fact.ts';
import type { Run } from '../run.ts';
import { subjectOf } from './subject.ts';

/** A call of a recorded run, and what came of it; null where it was cut short for good. */
export type RecordedCall = {
  readonly subject: string;
  readonly started: FactOf<'call.started'>;
  readonly finished: FactOf<'call.finished'> | null;
};

/** What a recorded run leaves for another course of events, beside the texts that its directory keeps. */
export type Recording = {
  readonly id: string;
  readonly facts: readonly Fact[];
  readonly started: FactOf<'run.started'>;
  readonly calls: readonly RecordedCall[];
  readonly decisions: readonly FactOf<'decision'>[];
  /** What was recognised as dismissed, as if that were all the user ever dismissed. */
  readonly dismissed: readonly Dismissal[];
  /** The run as it was. */
  readonly run: Run;
};

/** The recording of a whole journal; undefined when it does not begin with the start of a run. */
export function recordingOf(id: string, facts: readonly Fact[]): Recording | undefined {
  const [started, ...rest] = facts;
  if (started?.type !== 'run.started') return undefined;
  let run = begin(id, started);
  const calls: { subject: string; started: FactOf<'call.started'> }[] = [];
  for (const fact of rest) {
    if (fact.type === 'call.started') calls.push({ subject: subjectOf(run, fact), started: fact });
    run = evolve(run, fact);
  }
  const ends = new Map(
    facts.flatMap((fact) => (fact.type === 'call.finished' ? [[callKey(fact), fact] as const] : [])),
  );
  return {
    id,
    facts,
    started,
    run,
    calls: calls.map((call) => ({ ...call, finished: ends.get(callKey(call.started)) ?? null })),
    decisions: facts.filter((fact) => fact.type === 'decision'),
    dismissed: dismissedIn(id, facts),
  };
}

/** A call within its run: ids begin anew in every round. */
export function callKey({ round, call }: { readonly round: number; readonly call: string }): string {
  return `${round}/${call}`;
}

function dismissedIn(run: string, facts: readonly Fact[]): Dismissal[] {
  const findings = facts.flatMap((fact) =>
    fact.type === 'review.parsed' || fact.type === 'verification.read' || fact.type === 'last-look.taken'
      ? fact.findings
      : [],
  );
  return findings
    .filter(({ gate }) => gate === 'dismissed')
    .map((finding) => dismissalOf(finding, { because: '', at: '', run }));
}
