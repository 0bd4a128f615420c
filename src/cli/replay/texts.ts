import { files } from '../../core/paths.ts';
import type { Recording } from '../../core/replay/recording.ts';
import { recordingLost } from '../../errors/replay.ts';
import type { Plan, RunFiles } from '../../ports.ts';
import { digest } from '../../store/plan-file.ts';

/** The versions of the plan that a run directory kept. */
export type Texts = {
  readonly initial: Plan;
  /** The version with these bytes. Where it was not kept, its digest is all there is; no answer is about it. */
  readonly of: (sha256: string) => Plan;
};

/** Reads every version of the plan that a run kept: its first bytes, those of each round, and what commits left. */
export async function readTexts(
  { id, started, run, facts }: Pick<Recording, 'id' | 'started' | 'run' | 'facts'>,
  read: RunFiles['read'],
): Promise<Texts> {
  const names = run.rounds.flatMap(({ number }) => [files.baseline(number), files.candidate(number)]);
  const left = facts.flatMap((fact) =>
    fact.type === 'commit.created' || fact.type === 'commit.failed'
      ? [files.left(fact.round, fact.plan_sha256)]
      : [],
  );
  const kept = await Promise.all([files.initialPlan, ...names, ...left].map(read));
  const known = new Map(kept.flatMap((text) => (text === undefined ? [] : [[digest(text), text] as const])));
  const of = (sha256: string): Plan => ({ sha256, text: known.get(sha256) ?? '' });
  if (!known.has(started.sha256)) throw recordingLost(id, files.initialPlan);
  return { initial: of(started.sha256), of };
}
