import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { replay } from '../../../src/core/evolve-all.ts';
import type { Stamped } from '../../../src/core/fact.ts';
import { readJournal } from '../../../src/store/journal.ts';
import { ended, type Ended, type World } from '../../rig/world.ts';
import { NAME, type Scenario } from './template.ts';
import type { Said, Warm } from './warm.ts';

const EFFECTS = fileURLToPath(new URL('../../rig/effects.mjs', import.meta.url));
const MAIN = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));
const STATE = 'docs/plans/.refine-plan-against-codex';

/** What is to happen to a process, as `test/rig/effects.mjs` understands it. */
export type Fate = {
  readonly log?: string;
  readonly kill?: { readonly edge: Edge; readonly effect: string };
  readonly fail?: { readonly code: 'ENOSPC' | 'EIO'; readonly effect: string };
};

export type Edge = 'before' | 'half' | 'after';

/** A copy of a template, in which one run lives and dies. */
export type CopiedWorld = Disposable & {
  readonly root: string;
  /** Runs the program in a process of its own. */
  readonly start: (fate?: Fate) => Promise<Ended>;
  /** Has a process that is warm go on with the run, or, where there is none to go on with, begin it. */
  readonly resume: (warm: Warm) => Promise<Said>;
  /** What has to be the same however the run died. */
  readonly outcome: () => Promise<Outcome>;
  /** The calls that agents were given, by the digests of their prompts. */
  readonly made: () => readonly string[];
  /** The calls whose answers are known: in the journal, or stored and not in the journal yet. */
  readonly known: () => Promise<readonly string[]>;
};

export type Outcome = {
  readonly plan: string;
  readonly commits: readonly string[];
  readonly dirt: string;
  readonly history: readonly unknown[];
  readonly ledger: unknown;
  readonly manifest: unknown;
  readonly files: readonly string[];
};

export function copyWorld(template: World, { mode, strategy }: Scenario): CopiedWorld {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'refine-plan-crash-')));
  cpSync(template.root, root, { recursive: true });
  const repo = join(root, 'repo');
  const agent = `cmd:${join(root, 'agent/agent')}`;
  const env = {
    ...template.env,
    HOME: join(root, 'home'),
    GIT_CONFIG_GLOBAL: join(root, 'home/.gitconfig'),
    TMPDIR: join(root, 'tmp'),
    EFFECTS_ROOT: root,
    REFINE_PLAN_EDIT_MODE: mode,
    REFINE_PLAN_STRATEGY: strategy,
    ...Object.fromEntries(
      ['REVIEWER', 'IMPLEMENTER', 'ARBITER', 'VERIFIER'].map((role) => [`REFINE_PLAN_${role}`, agent]),
    ),
  };
  const start = (args: readonly string[], { log, kill, fail }: Fate = {}): Promise<Ended> => {
    const fate = {
      ...(log !== undefined && { EFFECTS_LOG: log }),
      ...(kill && { EFFECTS_KILL: JSON.stringify(kill) }),
      ...(fail && { EFFECTS_FAIL: JSON.stringify(fail) }),
    };
    const preload = Object.keys(fate).length > 0 ? ['--import', EFFECTS] : [];
    const child = spawn(process.execPath, [...preload, MAIN, ...args], {
      cwd: repo,
      env: { ...env, ...fate },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return ended(child);
  };
  const git = async (...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)('git', [...args], { cwd: repo, env })).stdout;
  const run = (): string => {
    const names = existsSync(join(repo, STATE)) ? readdirSync(join(repo, STATE)) : [];
    const name = names.find((it) => existsSync(join(repo, STATE, it, 'events.jsonl')));
    return join(repo, STATE, name ?? 'none');
  };
  const facts = async (): ReturnType<typeof readJournal> =>
    existsSync(run()) ? readJournal(join(run(), 'events.jsonl')) : [];
  const manifest = (plain: (text: string) => string): unknown => {
    const path = join(run(), 'manifest.json');
    return existsSync(path) ? JSON.parse(plain(readFileSync(path, 'utf8'))) : null;
  };
  return {
    root,
    start: (fate) => start([NAME], fate),
    resume: async (warm) => {
      const resumed = await warm.run({ args: ['resume', NAME], cwd: repo, env });
      if (!resumed.stderr.startsWith('There is no interrupted run') || existsSync(run())) return resumed;
      return warm.run({ args: [NAME], cwd: repo, env });
    },
    outcome: async () => {
      const id = run().slice(run().lastIndexOf('/') + 1);
      const plain = (text: string): string => scrub(text.replaceAll(root, '~').replaceAll(id, '<run>'));
      const all = await facts();
      const ours = all.filter(({ type }) => type !== 'run.resumed');
      const replayed = replay(id, all);
      return {
        plan: readFileSync(join(repo, NAME), 'utf8'),
        commits: plain(await git('log', '--reverse', '--format=%T %s%n%(trailers:unfold)'))
          .split('\n')
          .filter(Boolean),
        dirt: await git('status', '--porcelain', '--untracked-files=all'),
        history: inTheirOrder(ours).map((fact) => JSON.parse(plain(JSON.stringify(fact)))),
        ledger: JSON.parse(plain(JSON.stringify([...(replayed?.ledger.values() ?? [])]))),
        manifest: manifest(plain),
        files: [join(repo, 'docs'), join(root, 'tmp'), join(repo, '.git')]
          .flatMap((dir) => filesBelow(dir, root))
          .map(plain)
          .filter((name) => !GITS_OWN.test(name))
          .toSorted(),
      };
    },
    made: () => readFileSync(join(root, 'made'), 'utf8').split('\n').filter(Boolean).map(firstWord),
    known: async () => {
      const all = await facts();
      const started = all.flatMap((fact) => (fact.type === 'call.started' ? [fact] : []));
      const isKnown = ({ call, round }: (typeof started)[number]): boolean =>
        existsSync(join(run(), `round-${String(round).padStart(2, '0')}`, `call-${call}.json`));
      return started.filter(isKnown).map(({ prompt_sha256 }) => prompt_sha256);
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Objects and logs are many, and git's own business; the locks that it leaves are not. */
const GITS_OWN = /\.git\/(?:objects|logs|hooks)\//;

function filesBelow(dir: string, root: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .map((entry) => `${relative(root, join(entry.parentPath, entry.name))}${entry.isDirectory() ? '/' : ''}`)
    .toSorted();
}

/** Of calls side by side, chance says which one ends first. */
function inTheirOrder(facts: readonly Stamped[]): readonly Stamped[] {
  const isHunt = (fact: Stamped): boolean => fact.type === 'call.finished' && fact.call.startsWith('hunt-');
  const hunts = facts.filter(isHunt).toSorted((a, b) => (callOf(a) < callOf(b) ? -1 : 1));
  return facts.map((fact) => (isHunt(fact) ? (hunts.shift() ?? fact) : fact));
}

function callOf(fact: Stamped): string {
  return 'call' in fact ? (fact.call ?? '') : '';
}

/** Text without times, and without what is named by them: commits. */
function scrub(text: string): string {
  return text
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<ts>')
    .replace(/"(duration_ms|durationMs|[a-z]+_elapsed_seconds|milliseconds|ms)": ?\d+/g, '"$1":0')
    .replace(/"prompt_sha256":"[0-9a-f]{64}"/g, '"prompt_sha256":"?"') // a prompt names the repository's path
    .replace(/"recognised":(?:true|false)/g, '"recognised":"?"')
    .replace(/"(sha|head)":"[0-9a-f]{40}"/g, '"$1":"<sha>"')
    .replace(/"commits": ?\[[^\]]*\]/g, (list) => `"commits":${(list.match(/[0-9a-f]{40}/g) ?? []).length}`);
}

function firstWord(line: string): string {
  return line.split(' ', 1)[0] ?? '';
}
