import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ended, readyWorld, type Ended, type World } from '../rig/world.ts';

const AGENT = fileURLToPath(new URL('../rig/world-agent.mjs', import.meta.url));
const PLANS = 'docs/plans';
const PLAN = `${PLANS}/import.md`;

export type CrashingWorld = World & {
  /** Runs the program until this many facts have come, and kills it the moment the last of them is heard. */
  readonly runAndKill: (facts: number) => Promise<void>;
  readonly run: () => Promise<Ended>;
  readonly resume: () => Promise<Ended>;
  /** What has to be the same however often the program died. */
  readonly outcome: () => Outcome;
  /** The calls that agents were given, as `reviewer/1`. */
  readonly callsMade: () => string[];
};

export type Outcome = {
  readonly plan: string;
  readonly commits: readonly string[];
  readonly history: readonly string[];
  readonly status: string;
  readonly beside: readonly string[];
  readonly locks: readonly string[];
};

/** A world with a plan of three rounds, whose agents note each call they are given. */
export function crashingWorld(): CrashingWorld {
  const world = readyWorld(PLAN);
  const log = join(world.root, 'made');
  writeFileSync(log, '');
  const agent = `cmd:echo "$REFINE_PLAN_ROLE/$REFINE_PLAN_ROUND" >> '${log}'; exec '${process.execPath}' '${AGENT}'`;
  const env = {
    REFINE_PLAN_REVIEWER: agent,
    REFINE_PLAN_IMPLEMENTER: agent,
    REFINE_PLAN_EDIT_MODE: 'patch',
  };
  return {
    ...world,
    [Symbol.dispose]: () => world[Symbol.dispose](),
    run: () => world.cli([PLAN, '--json'], { env }),
    resume: () => world.cli(['resume', PLAN, '--json'], { env }),
    runAndKill: async (facts) => {
      const child = world.start([PLAN, '--json'], { env });
      let heard = 0;
      if (child.stdout)
        createInterface({ input: child.stdout }).on('line', () => {
          heard += 1;
          if (heard === facts) child.kill('SIGKILL');
        });
      const { signal, code } = await ended(child);
      if (signal !== 'SIGKILL') throw new Error(`It ended by itself, with exit code ${code}.`);
    },
    outcome: () => outcomeOf(world),
    callsMade: () => readFileSync(log, 'utf8').split('\n').filter(Boolean),
  };
}

function outcomeOf(world: World): Outcome {
  const facts = world.facts().filter(({ type }) => type !== 'run.resumed');
  const state = join(world.repo, PLANS, '.refine-plan-against-codex');
  const manifest: { status: string } = JSON.parse(
    readFileSync(join(world.runs().at(-1) ?? '', 'manifest.json'), 'utf8'),
  );
  return {
    plan: world.read(PLAN),
    commits: world.git('log', '--reverse', '--format=%s').trim().split('\n'),
    history: facts.map(({ type, round, call }) => [type, round, call].filter(Boolean).join(' ')),
    status: manifest.status,
    beside: readdirSync(join(world.repo, PLANS)),
    locks: readdirSync(state).filter((name) => name.includes('.lock')),
  };
}

type Facts = ReturnType<World['facts']>;

/** A run that came to its end, put away so that the power can be cut in it afterwards, at any fact. */
export type Recording = {
  readonly facts: Facts;
  /** As after this many facts, and, with `ahead`, with the effects of the next one done but the fact not written. */
  readonly rewind: (facts: number, options: { readonly ahead: boolean }) => void;
};

export function record(world: CrashingWorld): Recording {
  const kept = join(world.root, 'kept');
  const dir = world.runs().at(-1) ?? '';
  const facts = world.facts();
  const lines = readFileSync(join(dir, 'events.jsonl'), 'utf8').split('\n');
  cpSync(world.repo, kept, { recursive: true, preserveTimestamps: true });
  return {
    facts,
    rewind: (count, { ahead }) => {
      rmSync(world.repo, { recursive: true });
      cpSync(kept, world.repo, { recursive: true, preserveTimestamps: true });
      const past = facts.slice(0, ahead ? count + 1 : count);
      world.git('reset', '--quiet', '--soft', headAfter(past));
      world.git('read-tree', headAfter(past));
      world.write(PLAN, planAfter(past, world));
      dropFilesFrom(dir, Date.parse(String(past.at(-1)?.['ts'])));
      writeFileSync(
        join(dir, 'events.jsonl'),
        lines
          .slice(0, count)
          .map((line) => `${line}\n`)
          .join(''),
      );
      writeFileSync(join(world.repo, PLANS, '.import.md.refine-plan-0123456789ab.tmp'), 'half a pl');
    },
  };
}

function headAfter(facts: Facts): string {
  const commits = facts.flatMap(({ type, sha }) => (type === 'commit.created' ? [String(sha)] : []));
  const started = facts[0]?.['repo'] as { state: { head: string } }; // the first fact of a run in a repository
  return commits.at(-1) ?? started.state.head;
}

/** The bytes of the plan are found among the commits: each round's edit was committed in the end. */
function planAfter(facts: Facts, world: World): string {
  const edits = facts.flatMap(({ type, sha256_after: sha }) => (type === 'edits.applied' ? [sha] : []));
  const wanted = edits.at(-1) ?? facts[0]?.['sha256'];
  const made = world
    .facts()
    .flatMap(({ type, sha, plan_sha256: of }) => (type === 'commit.created' && of === wanted ? [sha] : []));
  return world.git('show', `${String(made[0] ?? headAfter(facts.slice(0, 1)))}:${PLAN}`);
}

/** Removes what was written after a moment. The clock of the file system is a little behind, never ahead. */
function dropFilesFrom(dir: string, moment: number): void {
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && existsSync(path) && statSync(path).mtimeMs > moment + 1) rmSync(path);
  }
}
