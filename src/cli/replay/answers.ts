import { files } from '../../core/paths.ts';
import { callKey, type RecordedCall } from '../../core/replay/recording.ts';
import { subjectOf } from '../../core/replay/subject.ts';
import type { Run } from '../../core/run.ts';
import type { Call } from '../../core/step.ts';
import { currentRound } from '../../core/run.ts';
import type { Agent, CallResult, RunFiles } from '../../ports.ts';
import { lostAnswer, unanswered } from './recording-ends.ts';

/** Answers from a recording, each given once. */
export type Answers = {
  /** Finds the recorded answer to each call, as the run stands before it. Throws where there is none. */
  readonly reserve: (calls: readonly Call[], run: Run) => void;
  /** Gives the answers that were reserved. */
  readonly agent: Agent;
};

/** Answers by subject: of several to one subject, those that were asked for first come first. */
export function recordedAnswers(calls: readonly RecordedCall[], read: RunFiles['read']): Answers {
  const left = new Map<string, RecordedCall[]>();
  for (const call of calls) left.set(call.subject, [...(left.get(call.subject) ?? []), call]);
  const reserved = new Map<string, RecordedCall>();
  return {
    reserve: (asked, run) => {
      for (const call of asked) {
        const key = callKey({ round: currentRound(run).number, call: call.call });
        if (reserved.has(key)) continue; // a call that goes on after an interruption
        const recorded = left.get(subjectOf(run, call))?.shift();
        if (!recorded) throw unanswered(call, run);
        reserved.set(key, recorded);
      }
    },
    agent: {
      name: 'recording',
      model: null,
      effort: null,
      run: async (call) => {
        const recorded = reserved.get(callKey(call));
        if (!recorded) throw new Error(`Nothing was reserved for ${callKey(call)}.`);
        return resultOf(recorded, read);
      },
    },
  };
}

async function resultOf({ started, finished }: RecordedCall, read: RunFiles['read']): Promise<CallResult> {
  if (!finished) throw lostAnswer(started, null);
  const name = files.answer(started.round, started.call);
  const answer = finished.failure ? null : ((await read(name)) ?? null);
  if (answer === null && !finished.failure) throw lostAnswer(started, name);
  return {
    failure: finished.failure,
    answer,
    edited: (await read(files.edited(started.round, started.call))) ?? null,
    discarded: finished.discarded,
    model: finished.model,
    version: finished.version,
    tokens: finished.tokens,
    toolUses: finished.tool_uses,
    durationMs: finished.duration_ms,
  };
}
