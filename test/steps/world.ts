import { readFileSync } from 'node:fs';
import { begin, evolve } from '../../src/core/evolve.ts';
import { replay } from '../../src/core/evolve-all.ts';
import type { Dismissal } from '../../src/core/dismissal.ts';
import { Fact, type FactOf } from '../../src/core/fact.ts';
import { loop } from '../../src/core/loop.ts';
import { files as names } from '../../src/core/paths.ts';
import { rules } from '../../src/core/rules.ts';
import type { Run } from '../../src/core/run.ts';
import type { Settings } from '../../src/core/settings.ts';
import type { Ending } from '../../src/core/step.ts';
import type {
  Agent,
  AgentCall,
  CallResult,
  Clock,
  Ports,
  Templates,
  Approval,
  Triage,
  User,
} from '../../src/ports.ts';
import type { Finding } from '../../src/core/finding.ts';
import { perform } from '../../src/steps/perform.ts';
import { policyUser } from '../../src/ui/user.ts';
import { unfitBytes } from '../../src/core/plan-text.ts';
import { DEFECTS, PLAN } from '../rig/world.ts';
import { checksFor, editedText, editsFor, reviewOf, rulingsFor, type Defect } from './agents.ts';
import { PowerCut, startLife, type Life, type Power } from './power.ts';
import { digest, repoOf, stateOf, type Disk, type Hook } from './repo.ts';

/*
 * A small simulated world behind the ports: everything a power cut would leave behind is in `disk`, and everybody
 * answers from that state, so a run may be cut anywhere and go on.
 */

/** What an agent does instead of its usual work. It may change the disk, as somebody at another keyboard would. */
export type Answer = (call: AgentCall, disk: Disk) => Partial<CallResult> | string;

export type Given = {
  readonly plan?: string;
  /** What HEAD holds, where that is something else than the plan. */
  readonly committed?: string;
  readonly defects?: readonly Defect[];
  readonly settings?: Partial<Settings>;
  readonly policies?: Partial<Settings['policies']>;
  /** By round and call: `1/fix-2`. */
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly hook?: Hook;
  readonly triage?: (findings: readonly Finding[]) => Triage;
  readonly approve?: (diff: string) => Approval;
  /** What the user has settled for good. */
  readonly dismissed?: readonly Dismissal[];
};

export type World = {
  readonly given: Given;
  readonly disk: Disk;
  /** The calls that agents were asked for and ended, in order: `1/review-1`. */
  readonly calls: string[];
  /** Calls that were made although their result was already kept. There must be none. */
  readonly repeated: string[];
};

const ROOT = '/repo';
const RELATIVE = 'docs/plans/import.md';
const PATH = `${ROOT}/${RELATIVE}`;

export function openWorld(given: Given = {}): World {
  const plan = given.plan ?? PLAN;
  const first = { key: '', subject: 'Add the plan', plan: given.committed ?? plan };
  const commits = [{ sha: digest(first.plan), ...first }];
  const disk: Disk = { plan, files: new Map(), journal: [], commits, branch: 'main' };
  return { given, disk, calls: [], repeated: [] };
}

/** One life of the program: from what is on disk to its ending, or until the power fails. */
export async function live(world: World, power: Power = () => false): Promise<Ending | 'cut'> {
  const life = startLife(power);
  try {
    let run = await enter(world, life);
    const steps = loop(run, rules, {
      perform: (step, now) => perform(step, now, portsOf(world, life)),
      remember: (fact) => remember(world.disk, fact, life),
    });
    for (;;) {
      const next = await steps.next();
      if (next.done) return next.value;
      run = evolve(run, next.value);
    }
  } catch (error) {
    if (error instanceof PowerCut) return 'cut';
    throw error;
  }
}

/** A world in which the program ran to its ending. */
export async function lived(given: Given = {}): Promise<World> {
  const world = openWorld(given);
  await live(world);
  return world;
}

/** What happened, as every reader of the journal may rely on it: how often the run was resumed makes no difference. */
export function history(world: World): Fact[] {
  return world.disk.journal
    .filter(({ type }) => type !== 'run.resumed')
    .map((fact) => (fact.type === 'commit.created' ? { ...fact, recognised: false } : fact));
}

/** The facts of one type, oldest first. */
export function factsOf<T extends Fact['type']>(world: World, type: T): FactOf<T>[] {
  return world.disk.journal.filter((fact): fact is FactOf<T> => fact.type === type);
}

/** How the run ended: status, reason, exit code; empty while it has not. */
export function endOf(world: World): unknown[] {
  return factsOf(world, 'run.finished').flatMap(({ status, reason, exit_code }) => [
    status,
    reason,
    exit_code,
  ]);
}

/** Why each finding is left to the user. */
export function leftOf(world: World): Record<string, string | undefined> {
  const left = [...runOf(world).ledger.values()].filter(({ status }) => status === 'handed-over');
  return Object.fromEntries(left.map(({ finding, handedOver }) => [finding.id, handedOver?.why]));
}

/** The run as its journal tells it. */
export function runOf(world: World): Run {
  const run = replay(RUN, world.disk.journal);
  if (!run) throw new Error('There is no run yet.');
  return run;
}

const RUN = 'import-20260101T000000Z';

/** Begins a run, or takes up the one that is on disk, as the commands do. */
async function enter(world: World, life: Life): Promise<Run> {
  const { disk } = world;
  const before = replay(RUN, disk.journal);
  if (!before) {
    const started = startOf(world);
    await remember(disk, started, life);
    return begin(RUN, started);
  }
  if (before.position.at === 'finished') return before;
  const resumed: Fact = {
    type: 'run.resumed',
    tool_version: '0.0.0',
    settings: before.settings,
    changed: [],
    reopened: false,
    sha256: disk.plan === null ? null : digest(disk.plan),
    repo: stateOf(disk),
    moved: disk.branch === before.expected.repo?.branch ? null : 'branch',
  };
  await remember(disk, resumed, life);
  return evolve(before, resumed);
}

function startOf({ given, disk }: World): FactOf<'run.started'> {
  const { settings, policies } = given;
  const plan = disk.plan ?? '';
  return {
    type: 'run.started',
    format: 1,
    tool_version: '0.0.0',
    kind: 'refine',
    plan: { path: PATH, relative: RELATIVE, slug: 'import' },
    repo: { root: ROOT, state: stateOf(disk) },
    sha256: digest(plan),
    bytes: Buffer.byteLength(plan),
    dirty: disk.commits.at(-1)?.plan === plan ? 'clean' : 'modified',
    settings: { ...SETTINGS, ...settings, policies: { ...SETTINGS.policies, ...policies } },
    prompts: {},
  };
}

const SETTINGS: Settings = {
  max_rounds: 20,
  confidence_floor: 0.3,
  reviewer: 'cmd:review',
  further_reviewers: [],
  implementer: 'cmd:implement',
  verifier: 'cmd:verify',
  arbiter: null,
  arbiter_from_round: 4,
  strategy: 'rounds',
  calibrate: false,
  confirm: false,
  edit_mode: 'patch',
  agent_config: 'isolated',
  timeout_ms: 0,
  idle_timeout_ms: null,
  wait_for_limit_ms: 0,
  max_calls: null,
  max_minutes: null,
  max_tokens: null,
  commit: true,
  commit_trailers: [],
  git_timeout_ms: 0,
  policies: {
    resume: null,
    dirty: null,
    stuck: null,
    drift: null,
    commit_failure: null,
    design: null,
    divergence: null,
    external_edit: null,
    repo_change: null,
  },
};

/** A fact is on disk as its JSON, and is read back through its schema. */
async function remember(disk: Disk, fact: Fact, life: Life): Promise<void> {
  const kept = Fact.parse(JSON.parse(JSON.stringify(fact)));
  life.does(() => disk.journal.push(kept), 'fact');
}

function portsOf(world: World, life: Life): Ports {
  const { disk, given } = world;
  const agent = agentOf(world, life);
  return {
    agents: { reviewer: [agent], implementer: [agent], arbiter: [agent], verifier: [agent] },
    dismissed: async () => given.dismissed ?? [],
    plan: {
      read: async () => (disk.plan === null ? null : { text: disk.plan, sha256: digest(disk.plan) }),
      look: async () =>
        disk.plan === null ? null : { sha256: digest(disk.plan), unfit: unfitBytes(disk.plan) },
      write: async (text, expected) => {
        const found = disk.plan === null ? null : digest(disk.plan);
        if (found !== expected && found !== digest(text)) return { found };
        life.does(() => (disk.plan = text));
        return { written: { text, sha256: digest(text) } };
      },
      digest,
    },
    files: {
      write: async (name, text) => life.does(() => void disk.files.set(name, text)),
      read: async (name) => disk.files.get(name),
      pathOf: async (name) => `${ROOT}/state/${name}`,
    },
    repo: repoOf(disk, life, given.hook),
    user: userOf(given),
    clock: { now: () => new Date(0), sleep: async () => undefined } satisfies Clock,
    templates: TEMPLATES,
    redact: (text) => text,
    announce: () => undefined,
    signal: new AbortController().signal,
  };
}

function userOf({ policies, triage, approve }: Given): User {
  return {
    ...policyUser({ ...SETTINGS.policies, ...policies }),
    ...(triage && { triage: async (findings) => triage(findings) }),
    ...(approve && { approve: async (diff) => approve(diff) }),
  };
}

const TEMPLATE_NAMES = [
  'review',
  'lens-1',
  'lens-2',
  'lens-3',
  'retry',
  'arbitrate',
  'fix-patch',
  'fix-in-place',
  'send-back',
  'verify',
  'delta',
];

const TEMPLATES = Object.fromEntries(
  TEMPLATE_NAMES.map((name) => [
    name,
    readFileSync(new URL(`../../references/prompts/${name}.md`, import.meta.url), 'utf8'),
  ]),
) as Templates; // every name is there, as listed

function agentOf(world: World, life: Life): Agent {
  const { disk, calls, repeated, given } = world;
  const run = async (call: AgentCall): Promise<CallResult> => {
    const name = `${call.round}/${call.call}`;
    if (disk.files.has(names.result(call.round, call.call))) repeated.push(name);
    const answer = given.answers?.[name] ?? usualAnswer(given.defects ?? DEFECTS);
    return life.does(() => {
      const said = answer(call, disk);
      calls.push(name);
      return { ...SILENT, ...(typeof said === 'string' ? { answer: said } : said) };
    });
  };
  return { name: 'cmd', model: null, effort: null, run };
}

const SILENT: CallResult = {
  failure: null,
  answer: null,
  edited: null,
  discarded: [],
  model: null,
  version: null,
  tokens: { input: 100, cached: 10, output: 20 },
  toolUses: 1,
  durationMs: 1000,
};

function usualAnswer(defects: readonly Defect[]): Answer {
  return (call, disk) => {
    if (call.purpose === 'arbitrate') return rulingsFor(call);
    if (call.purpose === 'verify') return checksFor(call, disk.plan ?? '', defects);
    if (call.role !== 'implementer') return reviewOf(disk.plan ?? '', defects);
    if (call.edit) return { answer: 'Edited the plan.', edited: editedText(call, defects) };
    return editsFor(call, defects);
  };
}
