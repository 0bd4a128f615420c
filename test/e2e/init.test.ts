import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configKey, OPTIONS } from '../../src/cli/option-table.ts';
import { HAS_TERMINAL, inTerminal } from '../rig/terminal.ts';
import { readyWorld } from '../rig/world.ts';
import { refusal, treeOf } from './support.ts';

const FILE = '.refine-plan.json';
const WORKFLOW = '.github/workflows/refine-plan.yml';
const NAME = 'skills/refine-plan-against-codex/SKILL.md';
const SKILL = { codex: `.agents/${NAME}`, claude: `.claude/${NAME}` };
const OURS = new URL(`../../references/plugin/${NAME}`, import.meta.url);

describe.concurrent('init', { timeout: 60_000 }, () => {
  it('writes a config file in which nothing is set that need not be, and says what it found', async () => {
    using world = readyWorld();
    world.write('.gitlab-ci.yml', '');

    const { code, stdout, stderr } = await world.cli(['init', '--config-file']);
    const shown = JSON.parse((await world.cli(['config', 'show', '--json'])).stdout);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^codex {4}version 0\.169\.0, logged in\nclaude {3}not installed\nplans {4}1 file match docs\/plans\/\*\.md\nCI {7}\.gitlab-ci\.yml\n--- a\/\.refine-plan\.json\n/,
    );
    expect(stdout).toMatch(/\n\+ {2}\/\/ "maxRounds": 20,\n/);
    expect(stdout.endsWith(`${FILE} is written. Check what a run needs with: refine-plan doctor\n`)).toBe(
      true,
    );
    expect(
      Object.values<{ origin: string }>(shown.settings).filter(({ origin }) => origin.endsWith(FILE)),
    ).toEqual([]);
  });

  it('names every setting that a repository may make, each with a value that is allowed', async () => {
    using world = readyWorld();
    await world.cli(['init', '--config-file']);
    const text = world.read(FILE);

    world.write(FILE, text.replace(/^ {2}\/\/ (?=")/gm, '  '));
    const { settings, ignored } = JSON.parse(
      (
        await world.cli(['config', 'show', '--json'], {
          env: { REFINE_PLAN_IMPLEMENTER: '', REFINE_PLAN_ARBITER_FROM_ROUND: '' },
        })
      ).stdout,
    );

    const set = OPTIONS.map(({ name }) => configKey(name)).filter((key) =>
      settings[key].origin.endsWith(FILE),
    );
    expect(ignored).toEqual([]);
    expect(OPTIONS.map(({ name }) => configKey(name)).filter((key) => !set.includes(key))).toEqual([
      'agentConfig',
      'passEnv',
      'unattended',
      'stateRoot',
      'report',
      'notifyCommand',
    ]);
    for (const { help } of OPTIONS.filter(({ name }) => set.includes(configKey(name))))
      expect(text).toContain(`  // ${help}`);
  });

  it('sets what the defaults would get wrong here', async () => {
    using world = readyWorld('plans/import.md');
    rmSync(join(world.root, 'bin', 'codex'));
    symlinkSync('/bin/true', join(world.root, 'bin', 'claude'));
    const env = { PATH: `${join(world.root, 'bin')}:/usr/bin:/bin` };

    await world.cli(['init', '--yes'], { env });

    expect(
      world
        .read(FILE)
        .split('\n')
        .filter((line) => /^ {2}"/.test(line)),
    ).toEqual(['  "reviewer": "claude",', '  "planGlob": "plans/*.md",']);
  });

  it('changes nothing a second time, and says so', async () => {
    using world = readyWorld();
    await world.cli(['init', '--yes']);
    const before = treeOf(world.repo);

    const again = await world.cli(['init']);
    const json = JSON.parse((await world.cli(['init', '--json'])).stdout);

    expect(again.code).toBe(0);
    expect(again.stdout).toContain(
      `\n${FILE} is there already, so nothing was changed. See what it sets with: refine-plan config show\n`,
    );
    expect(json.files).toEqual([
      { path: join(world.repo, FILE), outcome: 'unchanged', flag: '--config-file' },
      { path: join(world.repo, SKILL.codex), outcome: 'unchanged', flag: '--skill' },
    ]);
    expect(treeOf(world.repo)).toEqual(before);
  });

  it('writes nothing unattended without being told to, and says which flag would', async () => {
    using world = readyWorld();
    world.git('remote', 'add', 'origin', 'git@github.com:acme/shop.git');
    const before = treeOf(world.repo);

    const { code, stdout, stderr } = await world.cli(['init']);
    const json = JSON.parse((await world.cli(['init', '--json'])).stdout);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('\nCI       none yet; a remote is on GitHub\n');
    for (const [name, flag] of [
      [FILE, 'config-file'],
      [WORKFLOW, 'workflow'],
      [SKILL.codex, 'skill'],
    ])
      expect(stdout).toContain(
        `\n${name} was not written, because nobody is there to ask. Write it with: refine-plan init --${flag}\n`,
      );
    expect(json.files.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'unasked',
      'unasked',
      'unasked',
    ]);
    expect(treeOf(world.repo)).toEqual(before);
  });

  it('writes no config file through a link, nor outside of a repository', async () => {
    using world = readyWorld();

    symlinkSync(join(world.root, 'elsewhere.json'), join(world.repo, FILE));
    expect(await world.cli(['init', '--config-file'])).toMatchObject({ code: 0 });
    expect(() => readFileSync(join(world.root, 'elsewhere.json'))).toThrow('ENOENT');

    rmSync(join(world.repo, FILE));
    rmSync(join(world.repo, '.git'), { recursive: true });
    expect((await refusal(world, ['init', '--yes'])).code).toBe(3);
  });

  it.runIf(HAS_TERMINAL)('asks for each file by itself on a terminal, after showing it', async () => {
    using world = readyWorld();
    using terminal = inTerminal(world, ['init']);
    await terminal.until(`Write ${FILE}?`);
    terminal.type('\r');
    await terminal.until(`Write ${SKILL.codex}?`);
    terminal.type('\u001b[A\r');

    expect(await terminal.ended()).toMatchObject({ code: 0, isCursorVisible: true });
    expect(terminal.shown()).toContain(`${FILE} was not written.`);
    expect(() => world.read(FILE)).toThrow('ENOENT');
    expect(terminal.shown()).toContain(`${SKILL.codex} is written. In Codex it is `);
    expect(world.read(SKILL.codex)).toBe(readFileSync(OURS, 'utf8'));
  });
});
