import { begin, evolve } from '../../core/evolve.ts';
import type { Fact, FactOf } from '../../core/fact.ts';
import { loop } from '../../core/loop.ts';
import { keepPace, recordedNext, startPace, type Pace } from '../../core/replay/pace.ts';
import { decidedIn, endedAs } from '../../core/replay/decided.ts';
import type { RecordingEnd, Replayed } from '../../core/replay/compare.ts';
import type { Recording } from '../../core/replay/recording.ts';
import { rules } from '../../core/rules.ts';
import type { Run } from '../../core/run.ts';
import type { Settings } from '../../core/settings.ts';
import type { Step } from '../../core/step.ts';
import type { RunFiles } from '../../ports.ts';
import { perform } from '../../steps/perform.ts';
import { recordedAnswers } from './answers.ts';
import { RecordingEnds } from './recording-ends.ts';
import { readTexts } from './texts.ts';
import { openReplayWorld } from './world.ts';

/** Settings that a replay has otherwise than its recording. */
export type Changes = Partial<Omit<Settings, 'policies'>> & {
  readonly policies?: Partial<Settings['policies']>;
};

/** Recorded settings with these changes. */
export function changed(settings: Settings, { policies, ...changes }: Changes): Settings {
  return { ...settings, ...changes, policies: { ...settings.policies, ...policies } };
}

/**
 * Runs the real loop over a recording, under its own settings or others, and says what comes of it. Nothing is read but
 * the run directory, through `read`, nothing is written, and no agent is called.
 */
export async function play(
  recording: Recording,
  { read, changes }: { readonly read: RunFiles['read']; readonly changes: Changes },
): Promise<Replayed> {
  const started = { ...recording.started, settings: changed(recording.started.settings, changes) };
  let pace = keepPace(startPace(recording.facts), started);
  const answers = recordedAnswers(recording.calls, read);
  const { ports, enact } = openReplayWorld({
    recording,
    texts: await readTexts(recording, read),
    agent: answers.agent,
    policies: started.settings.policies,
    overridden: new Set(Object.keys(changes.policies ?? {})),
    next: () => recordedNext(pace),
  });

  async function* performed(step: Step, now: Run): AsyncGenerator<Fact> {
    if (step.do === 'call') answers.reserve(step.calls, now);
    if (step.do === 'wait') yield waited(step.until, now, recordedNext(pace));
    else yield* perform(step, now, ports);
  }

  let run = begin(recording.id, started);
  let end: RecordingEnd | null = null;
  const remember = async (fact: Fact, next: Run): Promise<void> => {
    run = next;
    pace = keepPace(pace, fact);
    enact(recordedNext(pace));
  };
  const steps = (): AsyncIterable<Fact> => loop(run, rules, { perform: performed, remember });
  try {
    do {
      [run, pace] = withOutside(run, pace, { changes, enact });
      // What happened outside of the loop interrupts it, as the end of a process leaves its step.
      for await (const _ of steps()) if (isOutside(recordedNext(pace))) break;
    } while (isOutside(recordedNext(pace)));
  } catch (error) {
    if (!(error instanceof RecordingEnds)) throw error;
    end = error.end;
  }
  return { rounds: decidedIn(run), ended: endedAs(run), end };
}

type Outside = FactOf<'run.resumed' | 'decision' | 'run.finished' | 'calibration.scored'>;

/** What a command recorded without the loop: a resumption, what was asked and known at the beginning, that another run took over. */
function isOutside(fact: Fact | undefined): fact is Outside {
  if (fact?.type === 'decision') return fact.question === 'resume' || fact.question === 'dirty';
  if (fact?.type === 'calibration.scored') return fact.measured_at !== undefined;
  return fact?.type === 'run.resumed' || (fact?.type === 'run.finished' && fact.reason === 'superseded');
}

function withOutside(
  before: Run,
  paceBefore: Pace,
  { changes, enact }: { readonly changes: Changes; readonly enact: (next: Fact | undefined) => void },
): [Run, Pace] {
  let [run, pace] = [before, paceBefore];
  for (let next = recordedNext(pace); isOutside(next); next = recordedNext(pace)) {
    enact(next);
    run = evolve(run, underChanges(next, changes));
    pace = keepPace(pace, next);
  }
  enact(recordedNext(pace));
  return [run, pace];
}

function underChanges(fact: Outside, changes: Changes): Fact {
  return fact.type === 'run.resumed' ? { ...fact, settings: changed(fact.settings, changes) } : fact;
}

/** As long as was waited then; else as long as the agent said. */
function waited(until: string, run: Run, next: Fact | undefined): FactOf<'limit.waited'> {
  const { position, rounds } = run;
  const asked = [
    ...('looks' in position ? position.looks : []),
    ...('asking' in position && position.asking ? [position.asking] : []),
  ];
  const limit = asked.flatMap(({ failures }) => failures).find(({ resets_at: at }) => at === until);
  const waitedMs = next?.type === 'limit.waited' ? next.waited_ms : (limit?.resets_in_ms ?? 0);
  return { type: 'limit.waited', round: rounds.length, until, waited_ms: waitedMs };
}
