import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
  existsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A defect of a test plan: what the scripted reviewer says of it, and the edit with which the scripted implementer closes it. */
export type Defect = {
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly title: string;
  readonly body: string;
  readonly quote: string;
  readonly recommendation: string;
  readonly confidence: number;
  /** Seen only once this text stands in the plan. */
  readonly after?: string;
  readonly fix?: { readonly old_text: string; readonly new_text: string };
  readonly fix_kind?: 'guard' | 'design';
  readonly cause?: string;
  /** Of several hunts, only the one with this lens sees it. */
  readonly lens?: 1 | 2 | 3;
  /** What the arbiter says of it; otherwise that it is real, and plausible on a normal path. */
  readonly ruling?: Readonly<Record<string, unknown>>;
};

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

const AGENT = fileURLToPath(new URL('./world-agent.mjs', import.meta.url));
/** What is asked before every run is answered without starting Node: most of the time of a test goes into such starts. */
const CODEX = `#!/bin/sh
case "$1" in
  --version) echo "\${WORLD_CODEX_VERSION:-codex-cli 0.169.0}" ;;
  exec) exec node "\${0%/*}/../agent/codex" "$@" ;;
esac
`;
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** A temporary home and git repository in which the built program runs with scripted agents. Dispose of it when done. */
export type World = Disposable & {
  readonly root: string;
  readonly repo: string;
  readonly env: NodeJS.ProcessEnv;
  readonly git: (...args: string[]) => string;
  readonly write: (name: string, content: string | Uint8Array) => string;
  readonly read: (name: string) => string;
  readonly defects: (defects: readonly Defect[]) => void;
  /** Runs the built program to its end. Standard input is empty and nothing is a terminal, as in CI. */
  readonly cli: (
    args: readonly string[],
    options?: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string },
  ) => Promise<Ended>;
  readonly start: (
    args: readonly string[],
    options?: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string },
  ) => ReturnType<typeof spawn>;
  /** The calls that scripted agents were given so far. */
  readonly calls: () => { readonly role: string; readonly pid: number; readonly cwd: string }[];
  /** The run directories, oldest first. */
  readonly runs: (planDir?: string) => string[];
  readonly facts: (dir?: string) => { readonly type: string; readonly [key: string]: unknown }[];
};

export function openWorld(): World {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'refine-plan-test-')));
  const [repo, bin, home] = [join(root, 'repo'), join(root, 'bin'), join(root, 'home')];
  for (const dir of [repo, bin, home, join(root, 'agent')]) mkdirSync(dir);
  copyFileSync(AGENT, join(root, 'agent', 'codex'));
  writeFileSync(join(bin, 'codex'), CODEX, { mode: 0o755 });
  writeFileSync(join(root, 'defects.json'), '[]');
  const env: NodeJS.ProcessEnv = {
    PATH: `${bin}:${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    HOME: home,
    LANG: 'C.UTF-8',
    TMPDIR: tmpdir(),
    CI: 'true',
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    WORLD_DEFECTS: join(root, 'defects.json'),
    WORLD_LOG: join(root, 'calls.jsonl'),
    REFINE_PLAN_IMPLEMENTER: 'codex',
    // Most tests are about rounds before an arbiter is asked; those that are not say so by the flag.
    REFINE_PLAN_ARBITER_FROM_ROUND: '4',
    REFINE_PLAN_PASS_ENV: 'WORLD_DEFECTS\nWORLD_LOG',
  };
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: repo, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  git('init', '-q', '-b', 'main', '--template=');
  mkdirSync(join(repo, '.git', 'hooks'));
  appendFileSync(join(repo, '.git', 'config'), '[user]\n\tname = Test\n\temail = test@example.invalid\n');

  const start: World['start'] = (args, options = {}) =>
    spawn(process.execPath, [MAIN, ...args], {
      cwd: options.cwd ?? repo,
      env: withAgentVariables({ ...env, ...options.env }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const stateDir = (planDir: string): string => join(repo, planDir, '.refine-plan-against-codex');
  const runs: World['runs'] = (planDir = 'docs/plans') => {
    if (!existsSync(stateDir(planDir))) return [];
    const names = readdirSync(stateDir(planDir)).filter((name) =>
      existsSync(join(stateDir(planDir), name, 'events.jsonl')),
    );
    return names.toSorted().map((name) => join(stateDir(planDir), name));
  };
  return {
    root,
    repo,
    env,
    git,
    write: (name, content) => {
      const path = join(repo, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    read: (name) => readFileSync(join(repo, name), 'utf8'),
    defects: (defects) => writeFileSync(join(root, 'defects.json'), JSON.stringify(defects)),
    cli: (args, options) => ended(start(args, options)),
    start,
    calls: () =>
      existsSync(join(root, 'calls.jsonl'))
        ? readFileSync(join(root, 'calls.jsonl'), 'utf8')
            .split('\n')
            .filter((line) => line.endsWith('}'))
            .map((line) => JSON.parse(line))
        : [],
    runs,
    facts: (dir) => {
      const path = dir ?? runs().at(-1) ?? '';
      return readFileSync(join(path, 'events.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line.endsWith('}'))
        .map((line) => JSON.parse(line))
        .map(({ sum: _, ...fact }) => fact); // the checksum is the line's, not the fact's
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** What a scripted agent is told about its world would else not reach it. */
export function withAgentVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = Object.keys(env).filter((name) => name.startsWith('WORLD_'));
  return { ...env, REFINE_PLAN_PASS_ENV: [env['REFINE_PLAN_PASS_ENV'] ?? '', ...names].join('\n') };
}

/** How a started program ended, and everything it printed. */
export async function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** A plan with two rounds of work in it: three defects at first, and one that a fix brings in. */
export const PLAN = `# Import customers

**Load-bearing:** the column \`external_id\` joins both systems.

1. Read the file line by line.
2. Insert each customer; retry until it works.
3. Send a mail to each customer.

Done when all customers are there.
`;

export const DEFECTS: readonly Defect[] = [
  {
    severity: 'critical',
    title: 'retry bound missing',
    body: 'The database is down and the import never ends.',
    quote: 'retry until it works',
    recommendation: 'Bound the retries.',
    confidence: 0.9,
    fix: {
      old_text: 'retry until it works',
      new_text: 'retry three times, then write the line to `failed.csv`',
    },
  },
  {
    severity: 'medium',
    title: 'mails go out twice after a restart',
    body: 'The import is started again and every customer gets a second mail.',
    quote: 'Send a mail to each customer.',
    recommendation: 'Remember who was sent a mail.',
    confidence: 0.6,
    fix: {
      old_text: 'Send a mail to each customer.',
      new_text: 'Send a mail to each customer whose `mailed_at` is empty, and set it.',
    },
  },
  {
    severity: 'low',
    title: 'the title is short',
    body: '',
    quote: '# Import customers',
    recommendation: '',
    confidence: 0.1,
  },
  {
    severity: 'high',
    title: 'nobody reads the file of failures',
    body: 'A customer lands in failed.csv and is never imported; the acceptance test still passes.',
    quote: 'write the line to `failed.csv`',
    recommendation: 'Make the acceptance test count that file.',
    confidence: 0.8,
    after: 'failed.csv',
    fix: {
      old_text: 'write the line to `failed.csv`',
      new_text: 'write the line to a file of failures, which must be empty at the end',
    },
  },
];

/** A world with the plan committed and its defects known. */
export function readyWorld(plan = 'docs/plans/import.md'): World {
  const world = openWorld();
  world.write(plan, PLAN);
  world.git('add', '.');
  world.git('commit', '-q', '-m', 'Add the plan');
  world.defects(DEFECTS);
  return world;
}
