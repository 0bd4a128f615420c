import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended, PLAN, readyWorld } from '../rig/world.ts';
import { briefWorld, pathWithOnly, scrub, treeOf, untilCalled } from './support.ts';

const NAME = 'docs/plans/import.md';

describe.concurrent('review', () => {
  it('prints a table on stdout, edits nothing and commits nothing', async () => {
    using world = readyWorld();
    world.write(NAME, `${PLAN}\nA line that is not committed.\n`);
    const before = world.git('status', '--porcelain', '--branch');

    const { code, stdout, stderr } = await world.cli(['review', NAME]);

    expect(code).toBe(1);
    expect(stdout).toBe(`\
┌────┬──────────┬────────────┬────────────────────────┬──────────────────────────────────────┐
│ Id │ Severity │ Confidence │ Place                  │ Finding                              │
├────┼──────────┼────────────┼────────────────────────┼──────────────────────────────────────┤
│ F1 │ critical │ 0.90       │ docs/plans/import.md:6 │ retry bound missing                  │
│ F2 │ medium   │ 0.60       │ docs/plans/import.md:7 │ mails go out twice after a restart   │
│ F3 │ (low)    │ 0.10       │ docs/plans/import.md:1 │ the title is short [below the floor] │
└────┴──────────┴────────────┴────────────────────────┴──────────────────────────────────────┘
`);
    expect(scrub(stderr, world)).toBe(`\
─ Round 1 starting (<clock>) ──── codex review (~2-5 min)
─ Round 1 done (0s) ──── 2 findings: 1C 0H 1M 0L ↓1 · top: docs/plans/import.md:6 retry bound missing

═══ The review raised 2 findings to act on ═══
Plan     docs/plans/import.md
State    docs/plans/.refine-plan-against-codex/import-<time>
Cost     1k tokens, 0s
Next     Harden it with: refine-plan docs/plans/import.md
`);
    expect(world.git('status', '--porcelain', '--branch')).toBe(before);
    expect(world.calls()).toHaveLength(1);
  });

  it('is content with a plan that nothing is raised on, and needs no repository', async () => {
    using world = readyWorld();
    world.defects([]);
    rmSync(join(world.repo, '.git'), { recursive: true });

    const { code, stdout, stderr } = await world.cli(['review', NAME, '--quiet']);

    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'The review raised nothing.\n',
      stderr: '═══ The review raised nothing actionable ═══\n',
    });
  });

  it.each([['there is no git'], ['git will not answer']])('needs no git: %s', async (why) => {
    using world = readyWorld();
    world.defects([]);
    const own = `${join(world.root, 'bin')}:${pathWithOnly(world, 'node', 'sh')}`;
    if (why === 'git will not answer') world.write('.git/config', '[');
    const env = why === 'there is no git' ? { PATH: own } : {};
    const options = { env };

    const reviewed = await world.cli(['review', NAME, '--quiet'], options);
    const listed = await world.cli(['sentinels', NAME], options);
    const runs = await world.cli(['list', '--json'], options);
    const refused = await world.cli([NAME], options);

    expect(reviewed).toMatchObject({ code: 0, stdout: 'The review raised nothing.\n' });
    expect(listed.code).toBe(0);
    expect(JSON.parse(runs.stdout)).toHaveLength(1);
    expect(refused.code).toBe(3);
  });

  it('is listed outside of any repository too, from above and from beside the plan', async () => {
    using world = readyWorld();
    rmSync(join(world.repo, '.git'), { recursive: true });
    await world.cli(['review', NAME]);

    const above = await world.cli(['list', '--json']);
    const beside = await world.cli(['list', '--json'], { cwd: join(world.repo, 'docs/plans') });

    expect(JSON.parse(above.stdout)).toMatchObject([{ kind: 'review', plan: join(world.repo, NAME) }]);
    expect(beside.stdout).toBe(above.stdout);
  });

  it.for([
    ['fails', { WORLD_FAIL_REVIEWER: 'Quota exceeded.' }, 4, 'aborted_codex_error', 'Quota exceeded.'],
    ['is unreadable', { WORLD_ANSWER_REVIEWER: '' }, 5, 'aborted_malformed_output', 'The answer is empty.'],
  ] as const)('is no verdict where the reviewer %s', async ([, env, code, status, message]) => {
    using world = readyWorld();

    const plain = await world.cli(['review', NAME], { env });
    const json = await world.cli(['review', NAME, '--json'], { env });

    expect({ code: plain.code, stdout: plain.stdout }).toEqual({ code, stdout: '' });
    expect(plain.stderr).toContain(message);
    expect({ code: json.code, stderr: json.stderr }).toEqual({ code, stderr: '' });
    expect(JSON.parse(json.stdout)).toEqual({
      error: { code: status, message, hint: `See: refine-plan report ${NAME}` },
    });
  });

  it('counts whatever becomes of the branch meanwhile', async () => {
    using world = briefWorld();
    const go = join(world.root, 'go');
    const end = ended(world.start(['review', NAME], { env: { WORLD_HOLD_REVIEWER: go } }));
    await untilCalled(world, 1, end);
    world.git('checkout', '-q', '-b', 'other');
    writeFileSync(go, '');

    expect(await end).toMatchObject({ code: 1, stdout: expect.stringContaining('F1') });
  });

  it('does not count where the reviewer changed the plan', async () => {
    using world = readyWorld();
    const reviewer = `cmd:echo >> "$REFINE_PLAN_PLAN"; echo '{"verdict":"approve","summary":"","findings":[]}'`;

    const { code, stdout, stderr } = await world.cli(['review', NAME, '--reviewer', reviewer]);
    const json = await world.cli(['review', NAME, '--reviewer', reviewer, '--json']);

    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /What was reviewed has changed under the review, so its answer does not count\.\nState +\S+\nNext +refine-plan review docs\/plans\/import\.md\n$/,
    );
    expect(json).toMatchObject({ code: 3, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'external_edit' } });
  });
});

describe.concurrent('what is known of runs', () => {
  it('is told by status, list, findings, report and sentinels', async () => {
    using world = readyWorld();
    await world.cli([NAME]);
    const [dir = ''] = world.runs();
    const tell = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await world.cli(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return scrub(stdout, world);
    };

    expect(await tell('status')).toMatch(
      /^Plan hardened across 3 rounds: the last review raised nothing actionable\.\nRun +import-<time>\nPlan +docs\/plans\/import\.md\nState +\S+\nLast +run\.finished at <ts>\nNext +Read the commits, then build the plan\.\n$/,
    );
    expect(await tell('list')).toMatch(
      /│ import-<time> +│ refine │ completed_clean │ 3 +│ docs\/plans\/import\.md │/,
    );
    expect((await tell('findings', NAME)).replace(/:\d+ mails/, ':N mails')).toBe(`\
F1 critical docs/plans/import.md:6 retry bound missing
   raised in 1 round (1); an edit of round 1 addresses it
F2 medium docs/plans/import.md:N mails go out twice after a restart
   raised in 1 round (1); an edit of round 1 addresses it
F3 low docs/plans/import.md:1 the title is short
   raised in 3 rounds (1, 2, 3); below the confidence floor (0.1)
F4 high docs/plans/import.md:6 nobody reads the file of failures
   about text that the fix of F1 wrote; raised in 1 round (2); an edit of round 2 addresses it
`);
    expect(await tell('sentinels', NAME)).toBe('    3  external_id\n1 string near 1 marked line.\n');
    const report = await tell('report', basename(dir));
    expect(await tell('report', '--format', 'text', '--output', 'report.txt')).toBe('');
    expect(scrub(world.read('report.txt'), world)).toBe(report);
    expect(report).toContain('│ Round 2 implementer │ 1 addressed ');
  });

  it('is told to scripts as JSON', async () => {
    using world = readyWorld();
    await world.cli([NAME]);
    const tell = async (...args: string[]): Promise<unknown> => JSON.parse((await world.cli(args)).stdout);

    expect(await tell('status', '--json')).toMatchObject({
      status: 'completed_clean',
      exit_code: 0,
      running: false,
      rounds: [{ addressed: ['F1', 'F2'] }, { addressed: ['F4'] }, { addressed: [], how: 'reviewed' }],
    });
    expect(await tell('list', '--json')).toMatchObject([
      { kind: 'refine', status: 'completed_clean', round: 3 },
    ]);
    expect(await tell('findings', '--json')).toMatchObject([
      { id: 'F1', status: 'addressed', addressed_in: 1 },
      { id: 'F2', status: 'addressed', addressed_in: 1 },
      { id: 'F3', status: 'filtered', raised_in: [1, 2, 3] },
      { id: 'F4', status: 'addressed', addressed_in: 2 },
    ]);
    expect(await tell('report', '--format', 'json')).toMatchObject({ calls: 5, tokens: { input: 5000 } });
    expect(await tell('sentinels', NAME, '--json')).toEqual({
      marker_lines: 1,
      sentinels: [{ text: 'external_id', line: 3 }],
    });
  });

  it('is found where it is kept, and the next command says where that is', async () => {
    using world = briefWorld();
    const root = ['--state-root', '../my state'];

    const { stderr } = await world.cli([NAME, '--max-rounds', '1', ...root]);
    const status = await world.cli(['status', NAME, ...root]);
    const list = await world.cli(['list', '--json', ...root]);

    const next = `Next     See what is open with: refine-plan findings ${NAME} --state-root '../my state'\n`;
    expect(stderr.endsWith(next)).toBe(true);
    expect(status.stdout.endsWith(next)).toBe(true);
    expect(JSON.parse(list.stdout)).toMatchObject([{ status: 'completed_cap' }]);
    expect(await world.cli(['findings', NAME, ...root])).toMatchObject({ code: 0 });
    expect(world.runs()).toEqual([]);
  });

  it('is found from elsewhere, and the next command says where it is', async () => {
    using world = briefWorld();
    const elsewhere = { cwd: world.root };

    const { stderr } = await world.cli(['-C', 'repo', NAME, '--max-rounds', '1'], elsewhere);
    const status = await world.cli(['-C', 'repo', 'status'], elsewhere);
    const next = /refine-plan (findings .*)\n$/.exec(stderr)?.[1]?.split(' ') ?? [];
    const followed = await world.cli(next, elsewhere);

    expect(next).toEqual(['findings', NAME, '-C', 'repo']);
    expect(status.stdout).toContain(`refine-plan findings ${NAME} -C repo\n`);
    expect(followed).toMatchObject({ code: 0, stdout: expect.stringContaining('F1') });
  });

  it.each(['notes/import.txt', 'plans/PLAN'])('is found whatever the plan is called: %s', async (name) => {
    using world = readyWorld(name);
    world.defects([]);
    await world.cli([name]);

    expect(JSON.parse((await world.cli(['list', '--json'])).stdout)).toHaveLength(1);
    expect(await world.cli(['status'])).toMatchObject({ code: 0 });
  });

  it('is nothing where there was no run', async () => {
    using world = readyWorld();

    expect(await world.cli(['list'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('There is no run'),
    });
    for (const command of ['status', 'findings', 'report'])
      expect(await world.cli([command, NAME])).toMatchObject({
        code: 2,
        stderr: `There is no run of ${NAME}.\nSee every run of this repository with: refine-plan list\n`,
      });
  });

  it('cannot be written just anywhere, nor in any format', async () => {
    using world = briefWorld();
    await world.cli([NAME]);

    expect(await world.cli(['report', '--output', 'no/report.txt'])).toMatchObject({
      code: 3,
      stderr:
        'no/report.txt cannot be written: no such file or directory.\nName another file with --output, or leave it out.\n',
    });
    expect(await world.cli(['report', '--format', 'pdf'])).toMatchObject({
      code: 2,
      stderr:
        '--format: "pdf" is not allowed; it takes text, markdown, html, json, sarif, junit, github.\nTry: --format text\n',
    });
  });
});

describe.concurrent('demo', () => {
  it('runs the whole loop in a place of its own, whatever is set', async () => {
    using world = readyWorld();
    const before = treeOf(world.repo);
    const env = {
      REFINE_PLAN_MAX_ROUNDS: '1',
      CODEX_TIMEOUT: 'nonsense',
      GIT_DIR: '/nowhere',
      TMPDIR: world.root,
    };

    const { code, stdout, stderr } = await world.cli(['demo'], { env });

    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('Plan hardened across 3 rounds: the last review raised nothing actionable');
    expect(stderr).toContain('is not in git yet. Unattended: baseline (--on-dirty decides).');
    expect(stderr).toMatch(/\nInterrupted\. .*\n(?:.*\n)*─ Round 2 resumed /);
    expect(stderr.match(/^ {2}[0-9a-f]{7} docs\(plans\): .*$/gm)).toHaveLength(3);
    expect(readFileSync(/\nReport {3}(\S+)\n/.exec(stderr)?.[1] ?? '', 'utf8')).toMatch(/^<!doctype html>/i);
    expect(stderr).toMatch(/\nLook at what it did: git -C \S+ log -p --stat\n$/);
    expect(treeOf(world.repo)).toEqual(before);
    expect(world.calls()).toEqual([]);
  });
});
