import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HAS_TERMINAL, inTerminal } from '../rig/terminal.ts';
import { ended, PLAN, readyWorld, type World } from '../rig/world.ts';
import { briefWorld, FIXED, interrupt, scrub, treeOf, untilCalled } from './support.ts';

const NAME = 'docs/plans/import.md';
const YES = '--yes';

/** One run, which fixed the plan in two rounds, serves all tests that take it from there: each finds it as the run left it. */
let [world, run, left]: [World, string, string] = [readyWorld(), '', ''];

beforeAll(async () => {
  await world.cli([NAME]);
  run = basename(world.runs()[0] ?? '');
  left = world.read(NAME);
  world.git('tag', 'left');
}, 120_000);

beforeEach(() => {
  world.git('reset', '-q', '--hard', 'left');
  rmSync(join(world.repo, '.git/hooks'), { recursive: true, force: true });
  for (const name of readdirSync(world.runs()[0] ?? ''))
    if (name.startsWith('plan.replaced')) rmSync(join(world.runs()[0] ?? '', name));
  for (const later of world.runs().slice(1)) rmSync(later, { recursive: true });
});

afterAll(() => world[Symbol.dispose]());

describe('diff', () => {
  it('is a patch from the plan before the run to the plan now, which git takes back', async () => {
    appendFileSync(join(world.repo, NAME), 'A line of somebody else.\n');
    const now = world.read(NAME);

    const { code, stdout, stderr } = await world.cli(['diff', run]);
    execFileSync('git', ['apply', '--reverse', '-'], { cwd: world.repo, env: world.env, input: stdout });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`\
--- a/docs/plans/import.md
+++ b/docs/plans/import.md
@@ -3,7 +3,8 @@
 **Load-bearing:** the column \`external_id\` joins both systems.
 
 1. Read the file line by line.
-2. Insert each customer; retry until it works.
-3. Send a mail to each customer.
+2. Insert each customer; retry three times, then write the line to a file of failures, which must be empty at the end.
+3. Send a mail to each customer whose \`mailed_at\` is empty, and set it.
 
 Done when all customers are there.
+A line of somebody else.
`);
    expect(now).not.toBe(PLAN);
    expect(world.read(NAME)).toBe(PLAN);
  });

  it('is of one round, or of the plan as the run left it, where that is asked for', async () => {
    writeFileSync(join(world.repo, NAME), 'Something else.\n');
    const changed = (patch: string): string[] => patch.split('\n').filter((line) => /^[-+][^-+]/.test(line));

    const second = await world.cli(['diff', '--round', '2']);
    const third = await world.cli(['diff', '--round', '3']);
    const whole = JSON.parse((await world.cli(['diff', NAME, '--as-left', '--json'])).stdout);

    expect(changed(second.stdout)).toEqual([
      '-2. Insert each customer; retry three times, then write the line to `failed.csv`.',
      '+2. Insert each customer; retry three times, then write the line to a file of failures, which must be empty at the end.',
    ]);
    expect(third).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'The plan is the same, byte for byte.\n',
    });
    expect(whole).toMatchObject({ run, plan: join(world.repo, NAME), round: null });
    writeFileSync(join(world.repo, NAME), PLAN);
    execFileSync('git', ['apply', '-'], { cwd: world.repo, env: world.env, input: whole.diff });
    expect(world.read(NAME)).toBe(left);
  });

  it('says what is wrong with a round that was not, and with a plan that is gone', async () => {
    rmSync(join(world.repo, NAME));

    expect(await world.cli(['diff', run, '--round', 'two'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^--round: "two" is not allowed; it takes the number of a round/),
    });
    expect(await world.cli(['diff', run, '--round', '4'])).toMatchObject({
      code: 2,
      stderr: `There is no round 4 in run ${run}: it has 3 rounds.\nSee them with: refine-plan report ${run}\n`,
    });
    expect(await world.cli(['diff', run])).toMatchObject({
      code: 3,
      stderr: `${NAME} is gone, or is no text file any more.\nWhat the run left is shown by: refine-plan diff ${run} --as-left\n`,
    });
  });

  it.runIf(HAS_TERMINAL)('is coloured on a terminal', async () => {
    using terminal = inTerminal(world, ['diff']);

    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(terminal.shown()).toContain('\u001b[31m-3. Send a mail to each customer.\u001b[39m');
    expect(terminal.shown()).toContain('\u001b[1m--- a/docs/plans/import.md\u001b[22m');
  });
});

describe('undo', () => {
  it('restores the bytes before the run in one commit of the plan alone', async () => {
    world.write('other.txt', 'staged\n');
    world.git('add', 'other.txt');

    const { code, stdout, stderr } = await world.cli(['undo', run, YES]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const sha = world.git('rev-parse', '--short=7', 'HEAD').trim();
    expect(scrub(stdout, world)).toBe(`\
${NAME} is as it was before run import-<time>.
Replaced docs/plans/.refine-plan-against-codex/import-<time>/plan.replaced-1.md keeps what was there
Commit   ${sha}; take it back with: git revert ${sha}
`);
    expect(world.read(NAME)).toBe(PLAN);
    expect(world.git('show', '--format=%B', '--name-only', 'HEAD')).toBe(`\
docs(plans): restore import to before its refinement

Takes back what run ${run} wrote.

Refine-Plan-Run: ${run}/undo-1


${NAME}
`);
    expect(world.git('status', '--porcelain')).toBe('A  other.txt\n');
    expect(readFileSync(join(world.runs()[0] ?? '', 'plan.replaced-1.md'), 'utf8')).toBe(left);
  });

  it('has nothing to do a second time, and restores again what was taken back', async () => {
    await world.cli(['undo', run, YES]);
    const head = world.git('rev-parse', 'HEAD');

    const again = await world.cli(['undo', run, YES]);
    world.git('revert', '--no-edit', 'HEAD');
    const third = JSON.parse((await world.cli(['undo', run, YES, '--json'])).stdout);

    expect(again).toMatchObject({
      code: 0,
      stdout: `Nothing of run ${run} is left in ${NAME}, so there is nothing to restore.\n`,
    });
    expect(world.git('rev-parse', 'HEAD~2')).toBe(head);
    expect(third).toMatchObject({ run, replaced: expect.stringMatching(/plan\.replaced-2\.md$/) });
    expect(third.commit).toBe(world.git('rev-parse', 'HEAD').trim());
    expect(world.read(NAME)).toBe(PLAN);
  });

  it('keeps what others changed since elsewhere in the plan', async () => {
    const more = '\nDone before the end of May.\n';
    appendFileSync(join(world.repo, NAME), more);
    world.git('commit', '-q', '-a', '-m', 'Say when');

    const { code, stdout } = await world.cli(['undo', run, YES]);

    expect(code).toBe(0);
    expect(stdout).toContain(`${NAME} is without the 2 fixes of run ${run}; what others wrote stays.\n`);
    expect(world.read(NAME)).toBe(PLAN + more);
    expect(world.git('show', '--format=', '--numstat', 'HEAD')).toBe(`2\t2\t${NAME}\n`);
  });

  it('keeps what others wrote between two rounds', async () => {
    using cut = readyWorld();
    const hook = cut.write('.git/hooks/post-commit', '#!/bin/sh\nkill -TERM $(ps -o ppid= -p $PPID)\n');
    execFileSync('chmod', ['+x', hook]);
    expect((await cut.cli([NAME])).code).toBe(143);
    rmSync(hook);
    const more = '\nDone before the end of May.\n';
    appendFileSync(join(cut.repo, NAME), more);
    expect(await cut.cli(['resume', NAME])).toMatchObject({ code: 0 });
    const found = cut.read(NAME);

    const { code } = await cut.cli(['undo', NAME, YES]);

    expect(code).toBe(0);
    expect(found).toContain('a file of failures');
    expect(cut.read(NAME)).toBe(PLAN + more);
  });

  it('refuses where others changed the same places, or did not commit, and changes nothing', async () => {
    const path = join(world.repo, NAME);
    writeFileSync(path, `${left}\nNot committed.\n`);
    const before = treeOf(world.repo);

    const dirty = await world.cli(['undo', run, YES]);

    expect(dirty).toMatchObject({ code: 3, stdout: '' });
    expect(dirty.stderr).toMatch(/has changes that are not committed.*\nCommit them first: git add docs/);
    expect(treeOf(world.repo)).toEqual(before);

    writeFileSync(path, left.replace('three times', 'five times'));
    world.git('commit', '-q', '-a', '-m', 'Five times');
    const head = world.git('rev-parse', 'HEAD');
    const changed = await world.cli(['undo', run, YES]);

    expect(changed).toMatchObject({ code: 3, stdout: '' });
    expect(changed.stderr).toMatch(
      /was changed since in the very places that run .*\nSee what the run did.*: refine-plan diff import-\S+ --as-left\n$/,
    );
    expect(world.git('rev-parse', 'HEAD')).toBe(head);
    expect(world.read(NAME)).toContain('five times');
  });

  it('does nothing unattended without being told to', async () => {
    const before = treeOf(world.repo);

    expect(await world.cli(['undo', run, '--json'])).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/"code":"not_confirmed".*--yes/),
    });
    expect(treeOf(world.repo)).toEqual(before);
  });

  it('leaves the plan as it was where the commit fails', async () => {
    world.write('.git/hooks/pre-commit', '#!/bin/sh\necho "No commits today." >&2\nexit 1\n');
    execFileSync('chmod', ['+x', join(world.repo, '.git/hooks/pre-commit')]);

    const { code, stderr } = await world.cli(['undo', run, YES]);

    expect(code).toBe(8);
    expect(stderr).toMatch(
      /^The plan was not restored, because the commit failed\. Git says: No commits today\./,
    );
    expect(world.read(NAME)).toBe(left);
    expect(world.git('status', '--porcelain')).toBe('');
  });

  it('puts back what a run without commits wrote, and commits nothing', async () => {
    using world = briefWorld();
    appendFileSync(join(world.repo, NAME), 'A draft.\n');
    const head = world.git('rev-parse', 'HEAD');
    await world.cli([NAME, '--no-commit']);
    expect(world.read(NAME)).toBe(`${FIXED}A draft.\n`);

    const { code } = await world.cli(['undo', NAME, YES]);

    expect(code).toBe(0);
    expect(world.read(NAME)).toBe(`${PLAN}A draft.\n`);
    expect(world.git('rev-parse', 'HEAD')).toBe(head);
  });

  it('takes no review, no run in progress, and no plan under an interrupted run', async () => {
    world.write(NAME, PLAN);
    world.git('commit', '-q', '-a', '-m', 'Back');
    await interrupt(world, [NAME], world.calls().length + 1);
    const open = basename(world.runs().at(-1) ?? '');

    for (const named of [run, open])
      expect(await world.cli(['undo', named, YES])).toMatchObject({
        code: 3,
        stderr: `Run ${open} of ${NAME} is still in progress.\nGo on with: refine-plan resume ${NAME} - or end it with: refine-plan abandon ${open}\n`,
      });
    await world.cli(['review', NAME]);
    const review = basename(world.runs().at(-1) ?? '');
    expect(await world.cli(['undo', review, YES])).toMatchObject({ code: 2 });
  });

  it.runIf(HAS_TERMINAL)('shows the change on a terminal, and does it only after a yes', async () => {
    using no = inTerminal(world, ['undo', run]);
    await no.until('Restore docs/plans/import.md like this?');
    no.type('\r');
    expect(await no.ended()).toMatchObject({ code: 0, isCursorVisible: true });
    expect(no.shown()).toContain('\u001b[32m+3. Send a mail to each customer.');
    expect(world.read(NAME)).toBe(left);

    using yes = inTerminal(world, ['undo', run]);
    await yes.until('Restore docs/plans/import.md like this?');
    yes.type('\u001b[A');
    yes.type('\r');
    expect(await yes.ended()).toMatchObject({ code: 0 });
    expect(world.read(NAME)).toBe(PLAN);
  });
});

describe('abandon', () => {
  it('ends an interrupted run for good, so that the next one starts afresh', async () => {
    using world = briefWorld();
    await interrupt(world, [NAME]);
    const run = basename(world.runs()[0] ?? '');

    const { code, stdout } = await world.cli(['abandon', run]);
    const status = JSON.parse((await world.cli(['status', '--json'])).stdout);
    const again = await world.cli(['abandon', run]);
    const resumed = await world.cli(['resume', NAME]);

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `Run ${run} is ended for good (aborted_drift, superseded).\nStart anew with: refine-plan ${NAME}\n`,
    });
    expect(status).toMatchObject({ status: 'aborted_drift', reason: 'superseded' });
    expect(world.facts().at(-1)).toMatchObject({ type: 'run.finished', message: 'You abandoned it.' });
    expect(JSON.parse(readFileSync(join(world.runs()[0] ?? '', 'manifest.json'), 'utf8'))).toMatchObject({
      status: 'aborted_drift',
      reason: 'superseded',
    });
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('has ended already') });
    expect(resumed).toMatchObject({ code: 2, stderr: expect.stringContaining('no interrupted run') });
  });

  it('leaves the commits of the run, which undo takes back', async () => {
    using cut = readyWorld();
    cut.write('.git/hooks/post-commit', '#!/bin/sh\nkill -TERM $(ps -o ppid= -p $PPID)\n');
    execFileSync('chmod', ['+x', join(cut.repo, '.git/hooks/post-commit')]);
    await cut.cli([NAME]);
    const open = basename(cut.runs()[0] ?? '');

    const abandoned = await cut.cli(['abandon', NAME]);
    rmSync(join(cut.repo, '.git/hooks/post-commit'));
    const undone = await cut.cli(['undo', open, YES]);

    expect(abandoned).toMatchObject({
      code: 0,
      stdout: `Run ${open} is ended for good (aborted_drift, superseded).\nWhat it wrote stands; take it back with: refine-plan undo ${open}\n`,
    });
    expect(undone).toMatchObject({ code: 0, stderr: '' });
    expect(cut.read(NAME)).toBe(PLAN);
  });

  it('is refused while the run is at work', async () => {
    using world = briefWorld();
    const go = join(world.root, 'go');
    const end = ended(world.start([NAME], { env: { WORLD_HOLD_REVIEWER: go } }));
    await untilCalled(world, 1, end);

    const { code, stderr } = await world.cli(['abandon', NAME]);
    writeFileSync(go, '');

    expect(code).toBe(3);
    expect(stderr).toContain(`${NAME} is being refined by run `);
    expect(await end).toMatchObject({ code: 0 });
  });
});
