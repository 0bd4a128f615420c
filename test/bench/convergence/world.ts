import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { begin } from '../../../src/core/evolve.ts';
import type { Fact, FactOf, Role } from '../../../src/core/fact.ts';
import { loop } from '../../../src/core/loop.ts';
import { rules } from '../../../src/core/rules.ts';
import type { Run } from '../../../src/core/run.ts';
import type { Settings } from '../../../src/core/settings.ts';
import type { Agent, AgentCall, CallResult, Ports, Templates } from '../../../src/ports.ts';
import { perform } from '../../../src/steps/perform.ts';
import { openJournal } from '../../../src/store/journal.ts';
import { digest, openPlanFile } from '../../../src/store/plan-file.ts';
import { openRunFiles } from '../../../src/store/run-directory.ts';
import { policyUser } from '../../../src/ui/user.ts';
import { CAST } from './cast.ts';
import { BASE, COSTS, type Parameters } from './parameters.ts';
import { fixture, type Fixture } from './plan.ts';
import { randomFrom } from './random.ts';
import { SETTINGS, type Given } from './settings.ts';
import type { Cast, Scene } from './scene.ts';

/*
 * One run of the real loop over real files, with agents in process: the plan of a seed, hardened by scripts that know what
 * is wrong with it. Everything follows from the seed and what is given.
 */

/** What a run came to. */
export type Played = {
  readonly seed: number;
  readonly fixture: Fixture;
  readonly run: Run;
  readonly facts: readonly Fact[];
  /** The bytes on disk in the end. */
  readonly text: string;
  /** What every call cost, in reviews of the plan it began with. */
  readonly units: number;
  readonly calls: readonly Made[];
  readonly claims: Scene['claims'];
  readonly said: Scene['said'];
  /** Every fix that was written, oldest first. */
  readonly written: readonly Written[];
};

/** A call that was made. */
export type Made = Pick<AgentCall, 'role' | 'purpose' | 'round' | 'call'> & { readonly seat: number };

/** A fix that was written: the bytes around it, what it says of itself, and the run that let it. */
export type Written = {
  readonly before: string;
  readonly after: string;
  readonly applied: FactOf<'edits.applied'>;
  readonly run: Run;
};

export type Staging = {
  readonly parameters?: Partial<Parameters>;
  readonly settings?: Given;
  readonly cast?: Partial<Cast>;
  /**
   * A bare loop, for comparison: it forgets what its own fixes wrote, so that it takes none back, contests none, and does
   * not mind how the plan grows.
   */
  readonly isBare?: boolean;
};

/** Hardens the plan of a seed. */
export async function play(seed: number, staging: Staging = {}): Promise<Played> {
  const parameters = { ...BASE, ...staging.parameters };
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'refine-plan-bench-'));
  try {
    return await playIn(dir, { seed, parameters, staging, fixture: fixture(seed, parameters) });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

type Opened = {
  readonly seed: number;
  readonly parameters: Parameters;
  readonly staging: Staging;
  readonly fixture: Fixture;
};

async function playIn(dir: string, { seed, parameters, staging, fixture }: Opened): Promise<Played> {
  const path = join(dir, RELATIVE);
  const state = join(dir, 'state', RUN);
  mkdirSync(state, { recursive: true });
  writeFileSync(path, fixture.text);
  const settings = { ...SETTINGS, ...staging.settings, policies: { ...SETTINGS.policies, ...staging.settings?.policies } };
  const began = startOf(path, fixture.text, settings);
  const started = staging.isBare ? { ...began, bytes: Number.MAX_SAFE_INTEGER } : began;
  const scene: Scene = { parameters, fixture, claims: new Map(), said: new Map(), growth: { due: 0 }, run: begin(RUN, started) };
  const stage = { seed, scene, cast: { ...CAST, ...staging.cast }, spent: { units: 0 } };
  const journal = await openJournal(join(state, 'events.jsonl'), RUN, () => EPOCH);
  const facts: Fact[] = [started];
  const written: Written[] = [];
  try {
    await journal.append(started);
    const ports = portsOf(path, state, settings, agentOf(stage));
    const steps = loop(scene.run, staging.isBare ? BARE_RULES : rules, {
      perform: (step, run) => perform(step, run, ports),
      remember: async (fact, run) => {
        await journal.append(fact);
        facts.push(fact);
        if (fact.type === 'edits.applied') {
          const after = readFileSync(path, 'utf8');
          written.push({ before: written.at(-1)?.after ?? fixture.text, after, applied: fact, run: scene.run });
        }
        scene.run = run;
      },
    });
    for (let next = await steps.next(); !next.done; ) next = await steps.next();
  } finally {
    await journal.close();
  }
  const { run, claims, said } = scene;
  const text = readFileSync(path, 'utf8');
  const calls = facts.flatMap((fact) => (fact.type === 'call.started' ? [madeBy(fact)] : []));
  return { seed, fixture, run, facts, text, units: stage.spent.units, calls, claims, said, written };
}

function madeBy({ role, purpose, round, call, seat }: FactOf<'call.started'>): Made {
  return { role, purpose, round, call, seat };
}

const BARE_RULES: typeof rules = {
  ...rules,
  evolve: (run, fact) => ({ ...rules.evolve(run, fact), fixes: { records: [], states: [] }, frozen: [], births: [] }),
};

const RUN = 'plan-19700101T000000Z';
const RELATIVE = 'plan.md';
const EPOCH = new Date(0);

function startOf(path: string, text: string, settings: Settings): FactOf<'run.started'> {
  return {
    type: 'run.started',
    format: 1,
    tool_version: '0.0.0',
    kind: 'refine',
    plan: { path, relative: RELATIVE, slug: 'plan' },
    repo: null,
    sha256: digest(text),
    bytes: Buffer.byteLength(text),
    dirty: 'clean',
    settings,
  };
}

function portsOf(path: string, state: string, settings: Settings, agent: Agent): Ports {
  return {
    agents: { reviewer: [agent], implementer: [agent], arbiter: [agent], verifier: [agent] },
    plan: openPlanFile(path),
    files: openRunFiles(state),
    repo: null,
    dismissed: async () => [],
    user: policyUser(settings.policies),
    clock: { now: () => EPOCH, sleep: async () => undefined },
    templates: TEMPLATES,
    announce: () => undefined,
    signal: new AbortController().signal,
  };
}

const PROMPTS = new URL(process.env['REFINE_PLAN_BENCH_PROMPTS'] ?? '../../../references/prompts/', import.meta.url);

const TEMPLATES = Object.fromEntries(
  readdirSync(PROMPTS).map((name) => [name.replace(/\.md$/, ''), readFileSync(new URL(name, PROMPTS), 'utf8')]),
) as Templates; // references/prompts holds every template, and nothing else

type Stage = {
  readonly seed: number;
  readonly scene: Scene;
  readonly cast: Cast;
  readonly spent: { units: number };
};

function agentOf({ seed, scene, cast, spent }: Stage): Agent {
  const run = async (call: AgentCall): Promise<CallResult> => {
    const random = randomFrom(`${seed} ${call.round}/${call.call}`);
    const now = readFileSync(scene.run.started.plan.path, 'utf8');
    const size = Buffer.byteLength(now) / Buffer.byteLength(scene.fixture.text);
    spent.units += COSTS[COST_OF[call.role]] * size;
    const isGarbage = random() < scene.parameters.garbage;
    return { ...SILENT, answer: isGarbage ? 'I have looked at it, and all in all it' : cast[call.role](call, scene, random) };
  };
  return { name: 'cmd', model: null, effort: null, run };
}

const COST_OF: Readonly<Record<Role, keyof typeof COSTS>> = {
  reviewer: 'review',
  implementer: 'fix',
  arbiter: 'arbitrate',
  verifier: 'verify',
};

const SILENT: CallResult = {
  failure: null,
  answer: null,
  edited: null,
  discarded: [],
  model: null,
  version: null,
  tokens: null,
  toolUses: 0,
  durationMs: 0,
};
