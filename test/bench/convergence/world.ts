import { readdirSync, readFileSync } from 'node:fs';
import { FixRecords } from '../../../src/core/contested/fix-records.ts';
import { begin } from '../../../src/core/evolve.ts';
import type { Fact, FactOf, Role } from '../../../src/core/fact.ts';
import { loop } from '../../../src/core/loop.ts';
import { rules } from '../../../src/core/rules.ts';
import type { Run } from '../../../src/core/run.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { Lineage } from '../../../src/core/ledger/lineage.ts';
import type { Agent, AgentCall, CallResult, Ports, Templates } from '../../../src/ports.ts';
import { perform } from '../../../src/steps/perform.ts';
import { digest } from '../../../src/store/plan-file.ts';
import { policyUser } from '../../../src/ui/user.ts';
import { CAST } from './cast.ts';
import { BASE, COSTS, type Parameters } from './parameters.ts';
import { EPOCH, inMemory, onDisk, RUN, type Place } from './place.ts';
import { fixture } from './plan.ts';
import { randomFrom } from './random.ts';
import { SETTINGS, type Given } from './settings.ts';
import type { Cast, Scene } from './scene.ts';

/*
 * One run of the real loop, with agents in process: the plan of a seed, hardened by scripts that know what is wrong with
 * it. Everything follows from the seed and what is given.
 */

export type Staging = {
  readonly parameters?: Partial<Parameters>;
  readonly settings?: Given;
  readonly cast?: Partial<Cast>;
  /** No files are written. */
  readonly isInMemory?: boolean;
  /**
   * A bare loop, for comparison: it forgets what its own fixes wrote, so that it takes none back, contests none, and does
   * not mind how the plan grows.
   */
  readonly isBare?: boolean;
};

/** What a run came to. */
export type Played = Pick<Scene, 'fixture' | 'claims' | 'said' | 'run'> & {
  readonly seed: number;
  readonly facts: readonly Fact[];
  /** The bytes of the plan in the end. */
  readonly text: string;
  /** What every call cost, in reviews of the plan it began with. */
  readonly units: number;
  readonly calls: readonly Made[];
  /** Every fix that was written, oldest first. */
  readonly written: readonly Written[];
};

/** A call that was made. */
export type Made = Pick<FactOf<'call.started'>, 'role' | 'purpose' | 'round' | 'call' | 'seat'>;

/** A fix that was written: the bytes around it, what it says of itself, and the run that let it. */
export type Written = {
  readonly before: string;
  readonly after: string;
  readonly applied: FactOf<'edits.applied'>;
  readonly run: Run;
};

/** Hardens the plan of a seed. Throws where the loop does. */
export async function play(seed: number, staging: Staging = {}): Promise<Played> {
  const parameters = { ...BASE, ...staging.parameters };
  const plan = fixture(seed, parameters);
  const place = staging.isInMemory ? inMemory(plan.text) : await onDisk(plan.text);
  const policies = { ...SETTINGS.policies, ...staging.settings?.policies };
  const started = startOf(place, plan.text, { ...SETTINGS, ...staging.settings, policies }, staging);
  const scene: Scene = {
    parameters,
    fixture: plan,
    claims: new Map(),
    said: new Map(),
    growth: { due: 0 },
    run: begin(RUN, started),
  };
  const stage: Stage = { seed, scene, place, cast: { ...CAST, ...staging.cast }, spent: { units: 0 } };
  try {
    return await turn(stage, staging.isBare ? BARE_RULES : rules, started);
  } finally {
    await place.remove();
  }
}

type Stage = {
  readonly seed: number;
  readonly scene: Scene;
  readonly place: Place;
  readonly cast: Cast;
  readonly spent: { units: number };
};

const BARE_RULES: typeof rules = {
  ...rules,
  evolve: (run, fact) => ({
    ...rules.evolve(run, fact),
    fixes: { records: FixRecords.none, states: [] },
    frozen: [],
    lineage: Lineage.author,
  }),
};

/** Turns the loop until the run has ended. */
async function turn(stage: Stage, by: typeof rules, started: Fact): Promise<Played> {
  const { seed, scene, place, spent } = stage;
  const facts: Fact[] = [started];
  const written: Written[] = [];
  const ports = portsOf(stage);
  await place.append(started);
  const steps = loop(scene.run, by, {
    perform: (step, run) => perform(step, run, ports),
    remember: async (fact, run) => {
      await place.append(fact);
      facts.push(fact);
      if (fact.type === 'edits.applied') {
        const before = written.at(-1)?.after ?? scene.fixture.text;
        written.push({ before, after: place.text(), applied: fact, run: scene.run });
      }
      scene.run = run;
    },
  });
  for (let next = await steps.next(); !next.done;) next = await steps.next();
  const calls = facts.flatMap((fact) => (fact.type === 'call.started' ? [madeBy(fact)] : []));
  const { fixture, claims, said, run } = scene;
  return { seed, fixture, claims, said, run, facts, text: place.text(), units: spent.units, calls, written };
}

function madeBy({ role, purpose, round, call, seat }: Made): Made {
  return { role, purpose, round, call, seat };
}

function startOf(
  { path }: Place,
  text: string,
  settings: Settings,
  { isBare }: Staging,
): FactOf<'run.started'> {
  return {
    type: 'run.started',
    format: 1,
    tool_version: '0.0.0',
    kind: 'refine',
    plan: { path, relative: 'plan.md', slug: 'plan' },
    repo: null,
    sha256: digest(text),
    bytes: isBare ? Number.MAX_SAFE_INTEGER : Buffer.byteLength(text), // what a plan may grow is a share of this
    dirty: 'clean',
    settings,
    prompts: {},
  };
}

function portsOf(stage: Stage): Ports {
  const { place, scene } = stage;
  const agents = [agentOf(stage)];
  return {
    agents: { reviewer: agents, implementer: agents, arbiter: agents, verifier: agents },
    plan: place.plan,
    files: place.files,
    repo: null,
    dismissed: async () => [],
    user: policyUser(scene.run.settings.policies),
    clock: { now: () => EPOCH, sleep: async () => undefined },
    templates: TEMPLATES,
    redact: (text) => text,
    announce: () => undefined,
    signal: new AbortController().signal,
  };
}

const PROMPTS = new URL(
  process.env['REFINE_PLAN_BENCH_PROMPTS'] ?? '../../../references/prompts/',
  import.meta.url,
);

const TEMPLATES = Object.fromEntries(
  readdirSync(PROMPTS).map((name) => [
    name.replace(/\.md$/, ''),
    readFileSync(new URL(name, PROMPTS), 'utf8'),
  ]),
) as Templates; // references/prompts holds every template, and nothing else

function agentOf({ seed, scene, place, cast, spent }: Stage): Agent {
  const run = async (call: AgentCall): Promise<CallResult> => {
    const random = randomFrom(`${seed} ${call.round}/${call.call}`);
    const size = Buffer.byteLength(place.text()) / Buffer.byteLength(scene.fixture.text);
    spent.units += COSTS[COST_OF[call.role]] * size;
    const isGarbage = random() < scene.parameters.garbage;
    if (isGarbage) return { ...SILENT, answer: GARBAGE };
    if (!call.edit) return { ...SILENT, answer: cast[call.role](call, scene, random) };
    const { text } = call.edit;
    const answer = cast[call.role]({ ...call, prompt: shown(text) + call.prompt }, scene, random);
    return { ...SILENT, answer: 'Edited.', edited: editedBy(answer, text) };
  };
  return { name: 'cmd', model: null, effort: null, run };
}

/** The scripts look for the plan in their prompt; in place it is a file. */
function shown(text: string): string {
  const mark = `=====${'0'.repeat(16)}===== plan\n`;
  return `${mark}${text}\n${mark}`;
}

/** What an implementer leaves behind that makes its edits itself. */
function editedBy(answer: string, text: string): string {
  const { edits } = JSON.parse(answer) as { edits: { old_text: string; new_text: string }[] };
  return edits.reduce((now, { old_text, new_text }) => now.replace(old_text, () => new_text), text);
}

const GARBAGE = 'I have looked at it, and all in all it';

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
