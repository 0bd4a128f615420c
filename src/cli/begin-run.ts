import { begin } from '../core/evolve.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import { files } from '../core/paths.ts';
import type { Run } from '../core/run.ts';
import type { Settings } from '../core/settings.ts';
import type { Repo } from '../ports.ts';
import { createRunDirectory, openRunFiles } from '../store/run-directory.ts';
import type { PlanPlace } from './place.ts';
import { replacedPrompts } from './templates.ts';
import { version } from './version.ts';

/** A run that has a directory, and the facts it begins with; none of them is recorded yet. */
export type NewRun = {
  readonly id: string;
  readonly dir: string;
  readonly before: Run;
  readonly facts: readonly Fact[];
};

type Start = {
  readonly kind: 'refine' | 'review';
  readonly settings: Settings;
  readonly dirty: FactOf<'run.started'>['dirty'];
  /** Where the repository stands; null outside of any. */
  readonly repo: Repo | null;
  /** What was decided, or known, before there was a run. */
  readonly known: readonly Fact[];
  readonly now: Date;
  /** Hears the id of the run before its directory is made. */
  readonly announce?: (id: string) => Promise<void>;
};

/** Makes the directory of a new run and keeps the plan's exact bytes there. */
export async function beginRun(
  place: PlanPlace,
  { kind, settings, dirty, repo, known, now, announce = async () => undefined }: Start,
): Promise<NewRun> {
  const { plan, relative } = place;
  const { id, dir } = await createRunDirectory({ root: place.stateRoot, slug: plan.slug, now }, announce);
  await openRunFiles(dir).write(files.initialPlan, plan.text);
  const started: FactOf<'run.started'> = {
    type: 'run.started',
    format: 1,
    tool_version: version(),
    kind,
    plan: { path: plan.path, relative, slug: plan.slug },
    repo: place.repo && repo && { root: place.repo.root, state: await repo.look() },
    sha256: plan.sha256,
    bytes: plan.bytes,
    dirty,
    settings,
    prompts: await replacedPrompts(place.resolution),
  };
  return { id, dir, before: begin(id, started), facts: [started, ...known] };
}
