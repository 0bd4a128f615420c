import { setTimeout as sleep } from 'node:timers/promises';
import { dirname } from 'node:path';
import { createAgent } from '../agents/create-agent.ts';
import type { Settings } from '../core/settings.ts';
import type { WorkTree } from '../git/open-repo.ts';
import { createRepo } from '../git/repo.ts';
import type { RunGit } from '../git/run-git.ts';
import { LONGEST_TIMER } from '../lib/duration.ts';
import type { Agent, Clock, Notice, Ports, Repo, User } from '../ports.ts';
import { runProcess } from '../process/run-process.ts';
import { noteCall } from '../store/call-notes.ts';
import { readDismissals } from '../store/dismissed.ts';
// oxlint-disable-next-line import/no-unassigned-import -- loaded now: the program may be replaced during a long run
import '../store/dismissed-schema.ts';
import { openPlanFile } from '../store/plan-file.ts';
import { openRunFiles } from '../store/run-directory.ts';
import { specOf } from './agents.ts';
import type { PlanPlace } from './place.ts';
import { loadTemplates } from './templates.ts';
import type { World } from './world.ts';

type Wiring = {
  readonly place: PlanPlace;
  readonly run: { readonly id: string; readonly dir: string; readonly settings: Settings };
  readonly user: User;
  readonly world: World;
  readonly signal: AbortSignal;
  readonly announce: (notice: Notice) => void;
  /** The directory in which calls are noted while they are under way. */
  readonly callNotes: string;
};

/** Fills every port with the real thing: the one place where all adapters meet. */
export async function wire({ place, run, user, world, signal, announce, callNotes }: Wiring): Promise<Ports> {
  const { plan, repo, relative } = place;
  const { settings } = run;
  const agent = (spec: string): Agent =>
    createAgent(specOf(spec), {
      env: world.env,
      secretsOf: world.env,
      runId: run.id,
      plan: { path: plan.path, relative },
      repoRoot: repo?.root ?? dirname(plan.path),
      agentConfig: settings.agent_config,
      passEnv: settings.pass_env ?? [],
      announce,
      now: world.now,
      note: (call) => noteCall(callNotes, { run: run.id, ...call }, run.dir),
    });
  return {
    agents: {
      reviewer: [settings.reviewer, ...settings.further_reviewers].map(agent),
      implementer: [agent(settings.implementer)],
      arbiter: settings.arbiter === null ? [] : [agent(settings.arbiter)],
      verifier: [agent(settings.verifier)],
    },
    plan: openPlanFile(plan.path),
    files: openRunFiles(run.dir),
    repo: repo && repoOf(repo, settings, world),
    dismissed: () => readDismissals(plan.path),
    user,
    clock: wallClock(world.now),
    templates: await loadTemplates(place.resolution),
    redact: world.redact,
    announce,
    signal,
  };
}

/** The repository around a plan, as a run with these settings deals with it. */
export function repoOf(workTree: WorkTree, { git_timeout_ms }: Settings, world: World): Repo {
  return createRepo({
    ...workTree,
    world,
    runGit,
    clock: wallClock(world.now),
    gitTimeoutMs: git_timeout_ms,
  });
}

/** The clock on the wall; a long sleep is slept in pieces a timer can hold. */
function wallClock(now: () => Date): Clock {
  return {
    now,
    sleep: async (ms, signal) => {
      for (let left = ms; left > 0; left -= LONGEST_TIMER) {
        await sleep(Math.min(left, LONGEST_TIMER), undefined, { signal }).catch(() =>
          signal.throwIfAborted(),
        );
      }
    },
  };
}

/** Git in a group of its own. It is never killed, for a killed git leaves its locks behind; what outlives it is. */
export const runGit: RunGit = async (args, { cwd, env, timeoutMs, signal }) => {
  const request = {
    file: 'git',
    args,
    cwd,
    env,
    timeoutMs,
    killAfterMs: null,
    collect: { from: 'both', most: 1024 * 1024 },
  } as const;
  const { exitCode, output, ended } = await runProcess(request, signal);
  return { exitCode, output, timedOut: ended === 'timeout' };
};
