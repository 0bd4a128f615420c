import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configKey, OPTIONS } from '../../src/cli/option-table.ts';
import { HAS_TERMINAL, inTerminal } from '../rig/terminal.ts';
import { readyWorld } from '../rig/world.ts';
import { refusal, treeOf } from './support.ts';

const FILE = '.refine-plan.json';

describe.concurrent('init', { timeout: 60_000 }, () => {
  it('writes a config file in which nothing is set that need not be, and says what it found', async () => {
    using world = readyWorld();
    world.write('.gitlab-ci.yml', '');

    const { code, stdout, stderr } = await world.cli(['init', '--yes']);
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
    expect(json).toMatchObject({ files: [{ path: join(world.repo, FILE), outcome: 'unchanged' }] });
    expect(treeOf(world.repo)).toEqual(before);
  });

  it('writes nothing unattended without being told to, nor through a link, nor outside of a repository', async () => {
    using world = readyWorld();
    const before = treeOf(world.repo);

    const { code, stderr } = await world.cli(['init']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'Writing a config file is done only after asking, and nobody is there to ask.\nRun it again with: --yes\n',
    });
    expect(treeOf(world.repo)).toEqual(before);

    symlinkSync(join(world.root, 'elsewhere.json'), join(world.repo, FILE));
    expect(await world.cli(['init', '--yes'])).toMatchObject({ code: 0 });
    expect(() => readFileSync(join(world.root, 'elsewhere.json'))).toThrow('ENOENT');

    rmSync(join(world.repo, FILE));
    rmSync(join(world.repo, '.git'), { recursive: true });
    expect((await refusal(world, ['init', '--yes'])).code).toBe(3);
  });

  it.runIf(HAS_TERMINAL)('asks on a terminal', async () => {
    using world = readyWorld();
    using terminal = inTerminal(world, ['init']);
    await terminal.until('Write .refine-plan.json?');
    terminal.type('\r');

    expect(await terminal.ended()).toMatchObject({ code: 0, isCursorVisible: true });
    expect(terminal.shown()).toContain('Nothing was written.');
    expect(() => world.read(FILE)).toThrow('ENOENT');
  });
});
