import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loopback } from '../loopback/server.ts';
import { PLAN, readyWorld, type Ended, type World } from '../rig/world.ts';
import { TWICE_FIXED } from './played-work.ts';
import { claudeVars, CODEX_VARS, placeClaude, placeCodex } from './real-agents.ts';

export const NAME = 'docs/plans/import.md';

/** A repository with the test plan, in which the built program finds the real agents, and they the played models. */
export type RealWorld = World & {
  /** Runs the program on the plan, or another of its commands, to its end. */
  readonly refine: (...args: string[]) => Promise<Ended>;
  readonly begin: (...args: string[]) => ReturnType<World['start']>;
  /** What lives of all that was started in this world, by pid, and the scratch directories that were not removed. */
  readonly leftovers: () => { readonly processes: number[]; readonly scratch: string[] };
};

export function realWorld(models: {
  readonly codex: Loopback;
  readonly claude?: Loopback;
  /** Whether codex keeps its own tries, and the seconds they take. */
  readonly retries?: boolean;
  readonly vars?: Record<string, string>;
}): RealWorld {
  const world = readyWorld();
  const bin = join(world.root, 'bin');
  placeCodex(bin, models.codex, models);
  if (models.claude) placeClaude(bin);
  const tmp = join(world.root, 'tmp');
  mkdirSync(tmp);
  const env = {
    ...CODEX_VARS,
    ...(models.claude ? claudeVars(models.claude) : {}),
    TMPDIR: tmp,
    // Of the calls of a round, those of the arbiter are tested where they are asked for.
    REFINE_PLAN_ARBITER: 'off',
    ...models.vars,
  };
  return {
    ...world,
    refine: (...args) => world.cli(args, { env }),
    begin: (...args) => world.start(args, { env }),
    leftovers: () => ({
      processes: processesOf(world),
      scratch: readdirSync(tmp).filter((name) => name.startsWith('refine-plan-')),
    }),
    [Symbol.dispose]: () => {
      // Only a test that fails leaves somebody behind.
      for (const pid of processesOf(world)) kill(pid);
      world[Symbol.dispose]();
    },
  };
}

export type Ending = {
  readonly status: unknown;
  readonly exit: unknown;
  readonly reason: unknown;
  readonly rounds: unknown;
  readonly calls: unknown;
  /** Of the commits since the one that added the plan. */
  readonly subjects: readonly string[];
  readonly isCommitted: boolean;
  readonly plan: string;
};

/** What a run came to, in its journal, in git and on disk. */
export function ending(world: World): Ending {
  const finished: Record<string, unknown> = world.facts().at(-1) ?? {};
  const { status, exit_code: exit, reason, rounds, calls } = finished;
  const subjects = world.git('log', '--format=%s', '--reverse').trim().split('\n').slice(1);
  const isCommitted = world.git('show', `HEAD:${NAME}`) === world.read(NAME);
  return { status, exit, reason, rounds, calls, subjects, isCommitted, plan: world.read(NAME) };
}

/** The ending of the test plan, where nothing is in the way: two rounds of fixes, and one that finds nothing. */
export const HARDENED: Ending = {
  status: 'completed_clean',
  exit: 0,
  reason: null,
  rounds: 3,
  calls: 5,
  subjects: [1, 2].map((round) => `docs(plans): refine import against codex (round ${round})`),
  isCommitted: true,
  plan: TWICE_FIXED,
};

/** The ending of a run in which no review could be had. */
export function unreviewed(status: string, exit: number, calls: number): Ending {
  return { status, exit, reason: null, rounds: 0, calls, subjects: [], isCommitted: true, plan: PLAN };
}

export const NOTHING_LEFT = { processes: [], scratch: [] };

/** Everything that was started in a world has its directory on the PATH. */
function processesOf({ root }: World): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => environmentOf(pid).includes(root));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return ''; // It has ended meanwhile.
  }
}
