import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { ended, type Ended, type World } from '../rig/world.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Step = {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
};

export type Job = {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: unknown;
  readonly if?: string;
  readonly steps: readonly Step[];
};

export type Workflow = { readonly permissions?: unknown; readonly jobs: Readonly<Record<string, Job>> };

type Action = {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};

/** The action as it is written. */
export function readAction(): Action {
  return parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
}

export function readWorkflow(name: string): Workflow {
  return parse(readFileSync(join(ROOT, '.github/workflows', name), 'utf8'));
}

type Outputs = Readonly<Record<string, string>>;

/** What a job has: the action in a fresh checkout, a workspace, and the files by which a runner and its steps talk. */
export type Runner = {
  readonly action: string;
  readonly temp: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs the steps of the action with these inputs, as a runner does. */
  readonly uses: (inputs: Readonly<Record<string, string>>) => Promise<Used>;
  /** Starts one script with the environment that a step has. */
  readonly start: (script: string, env: NodeJS.ProcessEnv) => ReturnType<typeof spawn>;
  readonly summary: () => string;
};

export type Used = {
  /** Of the first step that failed; 0 where none did. */
  readonly code: number | null;
  readonly log: string;
  readonly outputs: Outputs;
  /** The other actions that were used, with what they were given. */
  readonly used: readonly { readonly uses: string; readonly with: Readonly<Record<string, string>> }[];
};

/** A runner of a job in this workspace, which is a clone of the world's repository. */
export function openRunner(world: World, workspace: string, event: object): Runner {
  const place = `${workspace}.runner`;
  const [action, temp] = [join(place, 'action'), join(place, 'temp')];
  for (const dir of [action, temp]) mkdirSync(dir, { recursive: true });
  for (const part of ['action.yml', 'package.json', 'dist', 'references', 'src/ci'])
    cpSync(join(ROOT, part), join(action, part), { recursive: true });
  const files = Object.fromEntries(
    ['event.json', 'output', 'summary.md'].map((name) => [name, join(place, name)]),
  );
  writeFileSync(files['event.json'] ?? '', JSON.stringify(event));
  writeFileSync(files['summary.md'] ?? '', '');
  const env = {
    ...world.env,
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_PATH: action,
    GITHUB_EVENT_PATH: files['event.json'],
    GITHUB_STEP_SUMMARY: files['summary.md'],
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
  };
  const start: Runner['start'] = (script, more) =>
    spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], {
      cwd: workspace,
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const uses: Runner['uses'] = (inputs) => useAction(inputs, { start, temp, place });
  return { action, temp, env, uses, start, summary: () => readFileSync(files['summary.md'] ?? '', 'utf8') };
}

type Doing = { readonly start: Runner['start']; readonly temp: string; readonly place: string };

async function useAction(given: Readonly<Record<string, string>>, doing: Doing): Promise<Used> {
  const { inputs: known, outputs, runs } = readAction();
  const inputs = Object.fromEntries(
    Object.entries(known).map(([name, { default: value = '' }]) => [name, given[name] ?? value]),
  );
  const unknown = Object.keys(given).filter((name) => !(name in known));
  if (unknown.length > 0) throw new Error(`The action has no input ${unknown.join(', ')}.`);

  const steps = new Map<string, Outputs>();
  const valueOf = (name: string): string => {
    const [where = '', key = '', , output = ''] = name.split('.');
    if (where === 'inputs' && inputs[key] !== undefined) return inputs[key];
    if (where === 'steps') return steps.get(key)?.[output] ?? '';
    if (name === 'runner.temp') return doing.temp;
    throw new Error(`The runner of this test knows no ${name}.`);
  };
  const used: { uses: string; with: Readonly<Record<string, string>> }[] = [];
  let [code, log]: [number | null, string] = [0, ''];
  for (const step of runs.steps) {
    const condition = step.if ?? '';
    if ((code !== 0 && !condition.includes('always()')) || !holds(condition, valueOf)) continue;
    if (step.uses !== undefined) used.push({ uses: step.uses, with: filled(step.with ?? {}, valueOf) });
    else {
      const { end, outputs: said } = await runStep(step, filled(step.env ?? {}, valueOf), doing);
      log += end.stdout + end.stderr;
      if (code === 0) code = end.code;
      if (step.id !== undefined) steps.set(step.id, said);
    }
  }
  const told = Object.entries(outputs).map(([name, { value }]) => [name, fill(value, valueOf)]);
  return { code, log, used, outputs: Object.fromEntries(told) };
}

async function runStep(
  { run = '' }: Step,
  env: Readonly<Record<string, string>>,
  { start, place }: Doing,
): Promise<{ readonly end: Ended; readonly outputs: Outputs }> {
  const file = join(place, 'output');
  writeFileSync(file, '');
  const end = await ended(start(run, { ...env, GITHUB_OUTPUT: file }));
  return { end, outputs: outputsIn(file) };
}

/** What a step wrote as its outputs, one `name=value` a line. */
export function outputsIn(file: string): Outputs {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return Object.fromEntries(
    lines.map((line): [string, string] => {
      const [, name = '', value = ''] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
      if (name === '') throw new Error(`This is no output: ${line}`);
      return [name, value];
    }),
  );
}

function filled(
  texts: Readonly<Record<string, unknown>>,
  valueOf: (name: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(String(text), valueOf)]));
}

function fill(text: string, valueOf: (name: string) => string): string {
  return text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => valueOf(name));
}

/** A condition of the forms that the action uses: comparisons with a text, joined by `&&`. */
function holds(condition: string, valueOf: (name: string) => string): boolean {
  return condition
    .split('&&')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== 'always()')
    .every((part) => {
      const [, name = '', operator, text = ''] = /^([\w.-]+) (==|!=) '(.*)'$/.exec(part) ?? [];
      if (name === '') throw new Error(`The runner of this test cannot tell: ${part}`);
      return (valueOf(name) === text) === (operator === '==');
    });
}
