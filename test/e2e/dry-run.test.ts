import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLAN, readyWorld } from '../rig/world.ts';
import { treeOf } from './support.ts';

const NAME = 'docs/plans/import.md';

describe.concurrent('--dry-run', () => {
  it('shows settings, commands and prompts, without secrets, and writes nothing', async () => {
    using world = readyWorld();
    world.write(NAME, `${PLAN}\nThe key is sk-abcdefghijklmnop1234, the password hunter2hunter2.\n`);
    const before = treeOf(world.repo);

    const { code, stdout, stderr } = await world.cli([NAME, '--dry-run', '--max-rounds', '3'], {
      env: { DB_PASSWORD: 'hunter2hunter2' },
    });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('  maxRounds = 3   (flag)\n');
    expect(stdout).toContain('  implementer = codex   (REFINE_PLAN_IMPLEMENTER)\n');
    expect(stdout).toMatch(/\n {2}reviewer: codex\n {4}codex exec --json .* --sandbox read-only /);
    expect(stdout).toMatch(
      /\n {2}implementer: codex\n {4}codex exec .*\n {2}verifier: codex\n {4}codex exec /,
    );
    expect(stdout).toContain('\n11| The key is [redacted], the password [redacted].\n');
    expect(treeOf(world.repo)).toEqual(before);
    expect(world.calls()).toEqual([]);
  });

  it('looks for no implementer where only a review is asked for', async () => {
    using world = readyWorld();

    const { code } = await world.cli(['review', NAME, '--dry-run', '--implementer', 'claude'], {
      env: { PATH: `${join(world.root, 'bin')}:/usr/bin:/bin` },
    });

    expect(code).toBe(0);
  });

  it('shows the prompt of every role, with what only a call can tell in angle brackets', async () => {
    using world = readyWorld();

    const { stdout } = await world.cli([NAME, '--dry-run']);

    const [, review = '', arbitrate = '', fix = '', delta = ''] = stdout.split(/^The prompt of the \w+\n\n/m);
    expect(review).toMatch(/^Review one .*\n=====[0-9a-f]{16}=====\n1\| # Import customers\n/s);
    expect(arbitrate).toMatch(/^Judge claims .*\n<what is to be judged: .*\n1\| # Import customers\n/s);
    expect(fix).toContain(`\n   - \`external_id\`\n`);
    expect(fix).toContain(`\n<the findings that the fix is for: `);
    expect(fix).toContain(`\n${PLAN}`);
    expect(delta).toMatch(
      /^Check the last edit .*\n<the findings .*\n<the fix, .*\n<the plan after the fix, /s,
    );
    expect(stdout).not.toMatch(/\{\{|\}\}/);
  });

  it('shows every reviewer, and what a frozen run asks of them and of the verifier', async () => {
    using world = readyWorld();
    const args = ['--dry-run', '--strategy', 'frozen', '--reviewer', 'codex', '--reviewer', 'codex:o3'];

    const { stdout } = await world.cli([NAME, ...args, '--arbiter', 'off']);
    const json = await world.cli([NAME, ...args, '--json']);

    expect(stdout).toMatch(/\n {2}reviewer: codex\n.*\n {2}reviewer-2: codex:o3\n.* -m o3 /);
    expect(stdout).not.toContain('  arbiter:');
    expect(stdout.match(/^The prompt of the \w+$/gm)).toEqual([
      'The prompt of the reviewer',
      'The prompt of the implementer',
      'The prompt of the verifier',
    ]);
    expect(stdout).toContain('\n<what this hunt is to look hardest at: one of the lenses>\n');
    expect(stdout).toContain('\nVerify one change of an implementation plan');
    expect(Object.keys(JSON.parse(json.stdout).agents)).toEqual([
      'reviewer',
      'reviewer-2',
      'arbiter',
      'implementer',
      'verifier',
    ]);
  });

  it('shows the prompt of the edit mode that would be used', async () => {
    using world = readyWorld();

    const { stdout } = await world.cli([NAME, '--dry-run', '--implementer', 'cmd:fix']);

    expect(stdout).toContain('  implementer: cmd:fix\n    sh -c fix\n');
    expect(stdout).toContain('\nThe prompt of the implementer\n\nResolve review findings');
    expect(stdout).toContain(`\nEdit the file \`${NAME}\` in your working directory`);
  });

  it('is one object with --json, without secrets either', async () => {
    using world = readyWorld();
    const password = 'hunter"2"hunter';
    world.write(NAME, `${PLAN}\nThe password is ${password}.\n`);

    const { code, stdout, stderr } = await world.cli([NAME, '--dry-run', '--json', '--max-rounds', '3'], {
      env: { DB_PASSWORD: password },
    });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const shown = JSON.parse(stdout);
    expect(shown).toMatchObject({
      settings: { maxRounds: { value: 3, origin: 'flag' }, onStuck: { value: null, origin: 'default' } },
      prompts: {},
      ignored: [],
      agents: {
        reviewer: { agent: 'codex', command: expect.stringMatching(/^codex exec --json /) },
        implementer: { agent: 'codex', prompt: expect.stringMatching(/^Resolve review findings/) },
        verifier: { agent: 'codex', prompt: expect.stringMatching(/^Check the last edit/) },
      },
      edit_mode: 'patch',
      plan: join(world.repo, NAME),
      state_root: join(world.repo, 'docs/plans/.refine-plan-against-codex'),
    });
    expect(shown.agents.reviewer.prompt).toContain('| The password is [redacted].\n');
  });

  it('has one agent where only a review is asked for', async () => {
    using world = readyWorld();

    const { stdout } = await world.cli(['review', NAME, '--dry-run', '--json']);

    expect(Object.keys(JSON.parse(stdout).agents)).toEqual(['reviewer']);
  });

  it('lets nothing of the plan act on the terminal', async () => {
    using world = readyWorld();
    world.write(NAME, `${PLAN}\n\u001b]0;owned\u0007Fine.\u202e\n`);

    const { stdout } = await world.cli([NAME, '--dry-run']);

    expect(stdout).toContain('\n11| Fine.\n');
    expect(stdout).not.toMatch(/owned|\u202e/);
  });
});
