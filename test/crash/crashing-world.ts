import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { reviewOf } from '../steps/agents.ts';
import { Fact, type Stamped } from '../../src/core/fact.ts';
import { temporaryBeside } from '../../src/store/atomic-write.ts';
import { DEFECTS, ended, readyWorld, type Ended, type World } from '../rig/world.ts';

const PLANS = 'docs/plans';
const PLAN = `${PLANS}/import.md`;

export type CrashingWorld = World & {
  /** Runs the program, and kills it the moment it is heard that this many facts are durable. */
  readonly runAndKill: (facts: number) => Promise<void>;
  readonly run: (...flags: readonly string[]) => Promise<Ended>;
  /** Resumes the run, and says how that ended; a run that was faster than its murderer needs none. */
  readonly resume: () => Promise<Outcome>;
  /** What has to be the same however often the program died. */
  readonly outcome: () => Outcome;
  /** The calls that agents were given, as `reviewer/1`. */
  readonly callsMade: () => string[];
  /** The calls that the journal knows as finished. */
  readonly callsKnown: () => string[];
};

export type Outcome = {
  readonly code: number | null;
  readonly stderr: string;
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
  const agent = `cmd:sh '${layAgent(world.root)}'`;
  const env = {
    REFINE_PLAN_REVIEWER: agent,
    REFINE_PLAN_IMPLEMENTER: agent,
    REFINE_PLAN_EDIT_MODE: 'patch',
  };
  return {
    ...world,
    [Symbol.dispose]: () => world[Symbol.dispose](),
    run: (...flags) => world.cli([PLAN, '--json', ...flags], { env }),
    resume: async () => {
      const isOver = world.facts().at(-1)?.type === 'run.finished';
      const resumed = await world.cli(['resume', PLAN, '--json'], { env });
      if (!isOver) return outcomeOf(world, resumed);
      // There was nothing to resume, and its lock is left to whoever comes next.
      return { ...outcomeOf(world, CLEAN), locks: [] };
    },
    runAndKill: async (facts) => {
      const child = world.start([PLAN, '--json'], { env });
      let heard = 0;
      if (child.stdout)
        createInterface({ input: child.stdout }).on('line', () => {
          heard += 1;
          if (heard === facts) child.kill('SIGKILL');
        });
      await ended(child);
    },
    outcome: () => outcomeOf(world, CLEAN),
    callsMade: () => readFileSync(log, 'utf8').split('\n').filter(Boolean),
    callsKnown: () =>
      factsIn(world).flatMap((fact) => (fact.type === 'call.finished' ? [`${fact.role}/${fact.round}`] : [])),
  };
}

/** An agent that costs next to nothing, for it is called hundreds of times. It answers by what stands in the plan. */
function layAgent(dir: string): string {
  const [retry, mails, , failures] = DEFECTS;
  const states = [
    { mark: retry?.quote, found: [retry, mails], ids: ['F1', 'F2'] },
    { mark: failures?.quote, found: [failures], ids: ['F3'] },
    { mark: '', found: [], ids: [] },
  ];
  const choices = states.map(({ mark, found, ids }, state) => {
    const defects = found.filter((defect) => defect !== undefined);
    const edits = defects.map(({ fix }, index) => ({ findings: [ids[index]], ...fix }));
    writeFileSync(
      join(dir, `reviewer-${state}`),
      reviewOf(defects.map(({ quote }) => quote).join('\n'), defects),
    );
    writeFileSync(
      join(dir, `implementer-${state}`),
      JSON.stringify({ summary: 'Closed.', edits, declined: [] }),
    );
    return `grep -qF '${mark}' "$REFINE_PLAN_PLAN" && exec cat '${dir}'/"$REFINE_PLAN_ROLE"-${state}`;
  });
  const note = `echo "$REFINE_PLAN_ROLE/$REFINE_PLAN_ROUND" >> '${dir}/made'`;
  writeFileSync(join(dir, 'agent.sh'), ['cat > /dev/null', note, ...choices].join('\n'));
  return join(dir, 'agent.sh');
}

const CLEAN = { code: 0, stderr: '' };

function outcomeOf(world: World, { code, stderr }: Pick<Ended, 'code' | 'stderr'>): Outcome {
  const facts = factsIn(world).filter(({ type }) => type !== 'run.resumed');
  const state = join(world.repo, PLANS, '.refine-plan-against-codex');
  const manifest: { status: string } = JSON.parse(
    readFileSync(join(world.runs().at(-1) ?? '', 'manifest.json'), 'utf8'),
  );
  return {
    code,
    stderr,
    plan: world.read(PLAN),
    commits: world.git('log', '--reverse', '--format=%s').trim().split('\n'),
    history: facts.map(named),
    status: manifest.status,
    beside: readdirSync(join(world.repo, PLANS)),
    locks: readdirSync(state).filter((name) => name.includes('.lock')),
  };
}

type Facts = readonly Stamped[];

function factsIn(world: World): Facts {
  return world.facts().map((fact) => {
    return { v: 1, ts: String(fact['ts']), run: String(fact['run']), ...Fact.parse(fact) };
  });
}

function named(fact: Stamped): string {
  const round = 'round' in fact ? ` ${fact.round}` : '';
  return 'call' in fact ? `${fact.type}${round}/${fact.call}` : `${fact.type}${round}`;
}

/** A run that came to its end, put away so that the power can be cut in it afterwards, at any fact. */
export type Recording = {
  readonly facts: Facts;
  /** As after this many facts, and, with `ahead`, with the effects of the next one done but the fact not written. */
  readonly rewind: (facts: number, options: { readonly ahead: boolean }) => void;
};

export function record(world: CrashingWorld): Recording {
  const kept = join(world.root, 'kept');
  const dir = world.runs().at(-1) ?? '';
  const facts = factsIn(world);
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
      world.write(PLAN, planAfter(past, facts, world));
      dropFilesFrom(dir, Date.parse(past.at(-1)?.ts ?? ''));
      writeFileSync(
        join(dir, 'events.jsonl'),
        lines
          .slice(0, count)
          .map((line) => `${line}\n`)
          .join(''),
      );
      writeFileSync(temporaryBeside(join(world.repo, PLAN)), 'half a pl');
    },
  };
}

/** A run that died before its first fact of a type was written; with `ahead`, after what that fact tells of was done. */
export async function dieBefore(
  type: string,
  world: CrashingWorld,
  { ahead }: { ahead: boolean },
): Promise<void> {
  await world.run();
  const { facts, rewind } = record(world);
  rewind(
    facts.findIndex((fact) => fact.type === type),
    { ahead },
  );
}

function headAfter(facts: Facts): string {
  const heads = facts.flatMap((fact) => {
    if (fact.type === 'commit.created') return [fact.sha];
    return fact.type === 'run.started' ? [fact.repo?.state.head ?? ''] : [];
  });
  return heads.at(-1) ?? '';
}

/** The bytes of the plan are found among the commits: each round's edit was committed in the end. */
function planAfter(facts: Facts, all: Facts, world: World): string {
  const texts = facts.flatMap((fact) => {
    if (fact.type === 'run.started') return [fact.sha256];
    return fact.type === 'edits.applied' ? [fact.sha256_after] : [];
  });
  const commit = all.find((fact) => fact.type === 'commit.created' && fact.plan_sha256 === texts.at(-1));
  return world.git('show', `${headAfter(commit ? [commit] : facts.slice(0, 1))}:${PLAN}`);
}

/** Removes what was written after a moment. The clock of the file system is a little behind, never ahead. */
function dropFilesFrom(dir: string, moment: number): void {
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && existsSync(path) && statSync(path).mtimeMs > moment + 1) rmSync(path);
  }
}
