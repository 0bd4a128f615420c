import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { shellQuoted } from '../../src/lib/shell-word.ts';
import { distinct, papers, ROOT, startedBy, typedIn, type Started, type Typed } from '../rig/papers.ts';
import { ended, PLAN as TEXT, readyWorld, type Ended, type World } from '../rig/world.ts';
import { interrupt, untilCalled } from './support.ts';

/* Every command that the papers and the help tell somebody to type. `refine-plan` is run; what else is named is looked at. */

const PLAN = 'docs/plans/foo.md';
const RUN = 'foo-20261120T140311Z';

/** What stands in the papers for something of the reader's own, and what is put in its place here. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  '<plan>': PLAN,
  '[plan]': PLAN,
  '[plan|run]': PLAN,
  'docs/plans/your-plan.md': PLAN,
  '<id>': RUN,
  '<command>': 'status',
  '<name>': 'findings',
  '<version>': '0.1.0',
  '<seed>': '7',
};

/** Commands that are not run here, each with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'npm install': 'asks the registry; the tests begin with it',
  'npm link': 'writes to the machine',
  'npm pack': 'run in test/package.test.ts',
  'npm publish': 'publishes',
  'npm publish --provenance=false': 'publishes',
  'npm install --global ./refine-plan-0.1.0.tgz': 'writes to the machine',
  'npm install -g': 'writes to the machine',
  'npm install --global @openai/codex': 'asks the registry, and writes to the machine',
  'npm install -g @openai/codex': 'asks the registry, and writes to the machine',
  'npm install -g @openai/codex@latest': 'asks the registry, and writes to the machine',
  'npm install -g @anthropic-ai/claude-code': 'asks the registry, and writes to the machine',
  'git push origin HEAD': 'needs a remote',
  "git config user.name 'plan bot'": 'a setting of git, and none of ours',
  'git config user.email plans@example.com': 'a setting of git, and none of ours',
  'claude plugin marketplace add ./': 'run in test/real/plugin.test.ts, with the real claude',
  'claude plugin install planning@refine-plan': 'run in test/real/plugin.test.ts, with the real claude',
  'codex plugin marketplace add ./': 'run in test/real/plugin.test.ts, with the real codex',
  'codex plugin add planning@refine-plan': 'run in test/real/plugin.test.ts, with the real codex',
  'Out-String': 'a part of PowerShell',
  'Invoke-Expression': 'a part of PowerShell',
  'refine-plan demo': 'takes long, and is run in test/e2e/output.test.ts',
  "refine-plan review --fail-on high --report reports/.xml --report reports/.html -- ''":
    'the recipe for GitLab, which is run whole in test/ci/gitlab.test.ts',
};

type Kind = {
  /** The newest run of the repository it begins in. */
  readonly from: 'finished' | 'interrupted';
  readonly run: (world: World, args: readonly string[], env: NodeJS.ProcessEnv) => Promise<Ended>;
  readonly code: number;
};

const USUAL: Kind = { from: 'finished', run: (world, args, env) => world.cli(args, { env }), code: 0 };

/** Commands that are not run as usual, by how they begin. */
const KINDS = new Map<string, Kind>([
  ['list --watch', { ...USUAL, run: untilCtrlC, code: 130 }],
  ['resume', { ...USUAL, from: 'interrupted' }],
  ['abandon', { ...USUAL, from: 'interrupted' }],
  // It asks, and nobody is there.
  ['undo', { ...USUAL, run: (world, args, env) => world.cli([...args, '--yes'], { env }) }],
]);

const TOLD = [
  ...papers().flatMap((paper) => typedIn(paper, readFileSync(join(ROOT, paper), 'utf8'))),
  ...examples(),
];
const TEXTS = [...new Set(TOLD.map(({ text }) => filled(text)))];
const STARTED = startedBy(TEXTS);
const ALL = distinct(STARTED.flat().map(({ env, words }) => ({ env, words: ours(words) })));
const OURS = ALL.filter(({ words }) => words[0] === 'refine-plan' && !isExcepted(words));

describe('what the papers tell somebody to type', () => {
  it('is understood by the shell it is for', () => {
    const blocks = TOLD.filter(({ text, shell }) => shell === 'sh' || text.includes('\n'));
    const problems = blocks.flatMap(({ where, shell, text }) => {
      const { stderr } = spawnSync(shell, ['-n'], { input: filled(text), encoding: 'utf8' });
      return stderr === '' ? [] : [`${where}: ${stderr}`];
    });

    expect(blocks.length).toBeGreaterThan(10);
    expect(problems).toEqual([]);
  });

  it('starts something, so that no placeholder is left over', () => {
    expect(TEXTS.filter((_, index) => STARTED[index]?.length === 0)).toEqual([]);
  });

  it('starts every command of ours that stands in it, whichever way the script goes', () => {
    const missed = TEXTS.flatMap((text, index) =>
      [...text.matchAll(/^[^#'"\n]*?\brefine-plan ([\w./-]+)/gm)].filter(
        ([, word = '']) => !STARTED[index]?.some(({ words }) => ours(words)[1] === word),
      ),
    );

    expect(missed.map(([line]) => line)).toEqual([]);
  });

  it('names scripts and files of this repository that are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const problems = ALL.filter(({ words }) => !isExcepted(words)).flatMap(({ words }) => {
      const [program, first = '', ...rest] = words;
      if (program === 'npm')
        return scripts[first === 'run' ? (rest[0] ?? '') : first] ? [] : [asTyped(words)];
      const files = words.filter((word) => /^(?:test|src)\/\S+\.\w+$/.test(word));
      return files.filter((file) => !existsSync(join(ROOT, file)));
    });

    expect(problems).toEqual([]);
  });

  it('is run here or looked at, or is an exception; no exception and no placeholder is kept without need', () => {
    const known = ['refine-plan', 'npm', 'npx', 'node', 'jq'];
    const strange = ALL.filter(({ words }) => !known.includes(words[0] ?? '') && !isExcepted(words));
    const typed = new Set(ALL.map(({ words }) => asTyped(words)));
    const texts = TOLD.map(({ text }) => text).join('\n');

    expect(strange).toEqual([]);
    expect(Object.keys(EXCEPTIONS).filter((command) => !typed.has(command))).toEqual([]);
    expect(Object.keys(PLACEHOLDERS).filter((name) => !texts.includes(name))).toEqual([]);
  });
});

describe('a command of the papers', () => {
  let world: World;
  const kept = (name: string): string => join(world.root, name);
  afterAll(() => world[Symbol.dispose]());

  beforeAll(async () => {
    world = readyWorld(PLAN);
    writeFileSync(join(world.root, 'bin', 'notify-send'), '#!/bin/sh\n', { mode: 0o755 });
    world.write(PLAN, `${TEXT}\nMore.\n`);
    await world.cli([PLAN]);
    cpSync(world.repo, kept('finished'), { recursive: true });
    await interrupt(world, [PLAN], world.calls().length + 1);
    cpSync(world.repo, kept('interrupted'), { recursive: true });
  });

  const hasJq = spawnSync('jq', ['--version']).status === 0;
  const filters = ALL.filter(({ words }) => words[0] === 'jq').map(({ words }) => words.slice(1));
  it.runIf(hasJq).for(filters)('reads the events: jq %s %s', (args) => {
    const [cwd = ''] = world.runs();
    const input = readFileSync(join(cwd, 'events.jsonl'));
    const { status, stdout, stderr } = spawnSync('jq', args, { cwd, input, encoding: 'utf8' });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trim()).not.toBe('');
  });

  it.for(OURS.map((command) => [shown(command), command] as const))('works: %s', async ([, command]) => {
    const { words, env } = command;
    const { from, run, code } = KINDS.get(kindOf(words)) ?? USUAL;
    rmSync(world.repo, { recursive: true });
    cpSync(kept(from), world.repo, { recursive: true, preserveTimestamps: true });
    const id = basename(world.runs().at(-1) ?? '');

    const args = words.slice(1).map((word) => (word === RUN ? id : word));
    const end = await run(world, args, env);

    expect({ code: end.code, said: end.stderr }).toMatchObject({ code });
  });

  it('is one of each kind that is not run as usual', () => {
    const kinds = new Set(OURS.map(({ words }) => kindOf(words)));

    expect([...KINDS.keys()].filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});

/** The examples of the help, which are those of the man page. */
function examples(): Typed[] {
  const all = COMMANDS.flatMap((command) => [command, ...(command.commands ?? [])]);
  return all.flatMap(({ name, examples: texts }) =>
    texts.map((text) => ({ where: `help of ${name}`, text, shell: 'bash' as const })),
  );
}

function filled(text: string): string {
  return Object.entries(PLACEHOLDERS).reduce((now, [from, to]) => now.replaceAll(from, to), text);
}

/** The program that npx would fetch is the one that is built here. */
function ours(words: Started['words']): Started['words'] {
  const name = words.indexOf('refine-plan'); // what stands before it says where npx has it from
  return words[0] === 'npx' && name > 0 ? words.slice(name) : words;
}

function asTyped(words: Started['words']): string {
  return words.map((word) => shellQuoted(word, /^[^\s'"$<>|&;()]+$/)).join(' ');
}

function isExcepted(words: Started['words']): boolean {
  return Object.hasOwn(EXCEPTIONS, asTyped(words));
}

function shown({ env, words }: Started): string {
  return [...Object.entries(env).map(([name, value]) => `${name}=${value}`), asTyped(words)].join(' ');
}

function kindOf([, name = '', option = '']: readonly string[]): string {
  return KINDS.has(`${name} ${option}`) ? `${name} ${option}` : name;
}

/** It shows what is under way, so something has to be. */
async function untilCtrlC(world: World, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = world.start([PLAN], { env: { WORLD_HOLD_REVIEWER: join(world.root, 'go') } });
  const run = ended(child);
  await untilCalled(world, world.calls().length + 1, run);
  const watching = world.start(args, { env });
  watching.stdout?.once('data', () => watching.kill('SIGINT'));
  const end = await ended(watching);
  child.kill('SIGTERM');
  await run;
  return end;
}
