import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loopback } from '../loopback/server.ts';
import { readyWorld, type Ended, type World } from '../rig/world.ts';
import { claudeVars, CODEX_VARS, placeClaude, placeCodex } from './real-agents.ts';

export const NAME = 'docs/plans/import.md';

/** A repository with the test plan, in which the built program finds the real agents, and they the played models. */
export type RealWorld = World & {
  /** Runs the program on the plan, or another of its commands, to its end. */
  readonly refine: (...args: string[]) => Promise<Ended>;
  readonly begin: (...args: string[]) => ReturnType<World['start']>;
};

export function realWorld(models: {
  readonly codex: Loopback;
  readonly claude?: Loopback;
  /** Whether codex keeps the tries of its own, and the seconds they take. */
  readonly retries?: boolean;
}): RealWorld {
  const world = readyWorld();
  const bin = join(world.root, 'bin');
  placeCodex(bin, models.codex, models);
  if (models.claude) placeClaude(bin);
  const env = { ...CODEX_VARS, ...(models.claude ? claudeVars(models.claude) : {}) };
  return {
    ...world,
    refine: (...args) => world.cli(args, { env }),
    begin: (...args) => world.start(args, { env }),
  };
}

/** What a run came to, in its journal and in git. */
export function ending(world: World) {
  const finished = world.facts().at(-1);
  const { status, exit_code: exit, reason, rounds, calls } = finished ?? {};
  const subjects = world.git('log', '--format=%s', '--reverse').trim().split('\n').slice(1);
  const isCommitted = world.git('show', `HEAD:${NAME}`) === world.read(NAME);
  return { status, exit, reason, rounds, calls, subjects, isCommitted, plan: world.read(NAME) };
}

/** The subjects of the commits of so many rounds. */
export function commitsOf(rounds: number): string[] {
  return Array.from(
    { length: rounds },
    (_, round) => `docs(plans): refine import against codex (round ${round + 1})`,
  );
}

/** The processes that anything in a world has started and that live, by pid: they all have its directory on their PATH. */
export function processesOf({ root }: World): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => environmentOf(pid).includes(root));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return ''; // It has ended meanwhile.
  }
}
