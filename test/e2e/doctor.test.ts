import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended, readyWorld, type World } from '../rig/world.ts';
import { treeOf, untilCalled } from './support.ts';

const NAME = 'docs/plans/import.md';

describe.concurrent('doctor', { timeout: 60_000 }, () => {
  it('finds nothing missing, and where everything is', async () => {
    using world = readyWorld();

    const { code, stdout } = await world.cli(['doctor']);

    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.slice(0, 17).trim())).toEqual([
      '✓ node',
      '✓ git',
      '✓ repository',
      '✓ identity',
      '✓ config',
      '✓ state',
      '✓ lock',
      '✓ agents',
      '✓ codex',
      '✓ codex login',
      '✓ codex sandbox',
      '',
    ]);
    expect(treeOf(world.repo)).toHaveLength(3);
    expect(world.calls()).toEqual([]);
  });

  it('names every gap, and what to do about it', async () => {
    using world = readyWorld();
    world.git('config', '--unset', 'user.email');
    world.git('config', 'user.useConfigOnly', 'true');
    world.write('.git/MERGE_HEAD', world.git('rev-parse', 'HEAD'));
    codexThatSays(world, 'case "$1" in --version) echo codex-cli 0.169.0;; *) exit 1;; esac');

    const { code, stdout } = await world.cli(['doctor'], { env: { LANG: 'C' } });
    const json = JSON.parse((await world.cli(['doctor', '--json'])).stdout);

    expect(code).toBe(1);
    expect(stdout).toContain('NO  repository     There is an unfinished merge in this repository.\n');
    expect(stdout).toContain(' of a commit.\n                   Tell it with: git config user.name');
    expect(stdout).toContain(
      'NO  codex login    not logged in\n                   Run: codex login (or set CODEX_API_KEY)\n',
    );
    expect(stdout).toContain('NO  codex sandbox  cannot be set up\n');
    expect(json).toMatchObject({ ok: false });
  });

  it('has nothing to say of a place whose configuration it cannot read', async () => {
    using world = readyWorld();
    world.write('.refine-plan.json', '{"maxRounds": 0}');

    expect(await world.cli(['doctor'])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^✗ configuration/),
    });
  });

  it('names the config file in force, and the plan that is being refined', async () => {
    using world = readyWorld();
    world.write('.refine-plan.json', '{"maxRounds": 3}');
    const go = join(world.root, 'go');
    const end = ended(world.start([NAME], { env: { WORLD_HOLD_REVIEWER: go } }));
    await untilCalled(world, 1, end);

    const { code, stdout } = await world.cli(['doctor']);
    writeFileSync(go, '');
    await end;

    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ config +\.refine-plan\.json\n/);
    expect(stdout).toMatch(
      /✓ lock +docs\/plans\/import\.md is being refined by run import-\S+ \(process \d+ on /,
    );
  });
});

describe.concurrent('doctor --live', { timeout: 60_000 }, () => {
  it('calls each agent once, and says what that cost', async () => {
    using world = readyWorld();

    const { code, stdout } = await world.cli(['doctor', '--live']);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /✓ codex live +answers as asked \(1 call, 1050 tokens, \d+s\)\nThe live check made 1 call: 1050 tokens\.\n$/,
    );
    expect(world.calls()).toMatchObject([{ role: 'reviewer' }]);
    expect(treeOf(world.repo)).toHaveLength(3);
  });

  it.for([
    [
      'an agent that is not logged in',
      { WORLD_FAIL_REVIEWER: '401 Unauthorized: login required' },
      'Run: codex login (or set CODEX_API_KEY)',
    ],
    [
      'an answer in another form',
      { WORLD_ANSWER_REVIEWER: 'Hello.' },
      'Name another model or agent with: --reviewer and --implementer',
    ],
    [
      'silence',
      { WORLD_HOLD_REVIEWER: '/nowhere', REFINE_PLAN_TIMEOUT: '1s' },
      'See whether the network lets it through, then run again: refine-plan doctor --live',
    ],
  ] as const)('says what to do about %s', async ([, env, fix]) => {
    using world = readyWorld();

    const { code, stdout } = await world.cli(['doctor', '--live', '--json'], { env });

    const { ok, checks } = JSON.parse(stdout);
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    expect(checks.at(-1)).toMatchObject({ name: 'codex live', ok: false, fix, calls: 1 });
  });

  it('calls a shell command as a run would', async () => {
    using world = readyWorld();
    const answer = '{"verdict":"approve","summary":"","findings":[]}';
    const agents = ['--reviewer', `cmd:echo '${answer}'`, '--implementer', `cmd:echo '${answer}'`];

    const { code, stdout } = await world.cli(['doctor', '--live', ...agents]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ cmd live +answers as asked \(1 call, tokens not told, \d+s\)\n/);
    expect(stdout).toMatch(/\nThe live check made 1 call: tokens not told\.\n$/);
  });
});

function codexThatSays(world: World, script: string): void {
  const path = join(world.root, 'bin', 'codex');
  rmSync(path);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}
