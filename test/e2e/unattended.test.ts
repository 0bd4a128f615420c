import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended, PLAN, readyWorld, type Defect, type Ended, type World } from '../rig/world.ts';
import { briefWorld, untilCalled } from './support.ts';

const NAME = 'docs/plans/import.md';

/** Its fix leaves standing what it complains of. */
const SAME_AGAIN: Defect = {
  severity: 'high',
  title: 'nobody says what a line is',
  body: 'A field holds a line end.',
  quote: 'line by line',
  recommendation: 'Say it.',
  confidence: 0.9,
  fix: { old_text: 'line by line', new_text: 'line by line again' },
};

/** Its fix loses a load-bearing string. */
const LOSES: Defect = {
  severity: 'high',
  title: 'the key is not unique',
  body: 'Two systems use the same ids.',
  quote: 'joins both systems',
  recommendation: 'Name another column.',
  confidence: 0.9,
  fix: { old_text: 'the column `external_id` joins', new_text: 'the columns join' },
};

describe.concurrent('a finding is stuck', () => {
  it.for([
    [
      'fixed once more, then left to the user',
      [],
      'retry',
      'policy',
      'Unattended: retry (--on-stuck decides).',
      3,
    ],
    [
      'left to the user at once, as told',
      ['--on-stuck', 'terminate'],
      'terminate',
      'flag',
      'As --on-stuck says: terminate.',
      2,
    ],
  ] as const)('%s', async ([, flags, answer, by, line, rounds]) => {
    using world = readyWorld();
    world.defects([SAME_AGAIN]);

    const run = await world.cli([NAME, ...flags]);

    expect(run.code).toBe(1);
    expect(run.stderr).toContain(
      `! 1 finding was fixed before and is raised again: F1 nobody says what a line is. ${line}\n`,
    );
    expect(run.stderr).toContain(
      `═══ Stopped because findings keep coming back after ${rounds} rounds: 1 finding open ═══\n`,
    );
    expect(new Set(decisions(world))).toEqual(new Set([`stuck: ${answer} by ${by} (--on-stuck)`]));
    expect(world.facts().at(-1)).toMatchObject({
      status: 'completed_cap',
      reason: 'stuck',
      unresolved: ['F1'],
    });
  });

  it('goes on, and is not asked about again', async () => {
    using world = readyWorld();
    world.defects([SAME_AGAIN]);

    const { code } = await world.cli([NAME, '--on-stuck', 'continue', '--max-rounds', '4']);

    expect(code).toBe(1);
    expect(decisions(world)).toEqual(['stuck: continue by flag (--on-stuck)']);
    expect(world.facts().at(-1)).toMatchObject({ reason: 'cap', rounds: 4 });
  });

  it('goes on with a wider licence, for that round', async () => {
    using world = readyWorld();
    world.defects([SAME_AGAIN]);

    const { code } = await world.cli([NAME, '--on-stuck', 'expand', '--max-rounds', '3']);

    expect(code).toBe(1);
    expect(decisions(world)).toEqual(Array(2).fill('stuck: expand by flag (--on-stuck)'));
    expect(prompt(world, 1)).not.toContain('you may edit any block');
    expect(prompt(world, 2)).toContain('For F1 you may edit any block of the plan');
  });
});

describe.concurrent('a load-bearing string would be lost', () => {
  const WHY = '! The edit would lose 1 load-bearing string: external_id.';

  it('so the fix is asked for once more, and then given up', async () => {
    using world = readyWorld();
    world.defects([LOSES]);

    const { code, stderr } = await world.cli([NAME]);

    expect(code).toBe(7);
    expect(stderr).toContain(`${WHY} Unattended: revert (--on-drift decides).\n`);
    expect(stderr).toContain('═══ Stopped: load-bearing text would be lost ═══\n');
    expect(decisions(world)).toEqual(['drift: revert by policy (--on-drift)']);
    expect(world.calls().map(({ role }) => role)).toEqual(['reviewer', 'implementer', 'implementer']);
    expect(world.read(NAME)).toBe(PLAN);
  });

  it('only the edits that lose it are dropped where others are left', async () => {
    using world = readyWorld();
    world.defects([
      LOSES,
      { ...SAME_AGAIN, fix: { old_text: 'line by line', new_text: 'record by record' } },
    ]);

    const { code, stderr } = await world.cli([NAME]);

    expect(code).toBe(1);
    expect(stderr).toContain('! F1 is left to you: Its fix would lose external_id.\n');
    expect(world.read(NAME)).toBe(PLAN.replace('line by line', 'record by record'));
    expect(world.facts().at(-1)).toMatchObject({ status: 'completed_cap', unresolved: ['F1'] });
  });

  it('the run ends at once, as told', async () => {
    using world = readyWorld();
    world.defects([LOSES]);

    const { code, stderr } = await world.cli([NAME, '--on-drift', 'abort']);

    expect(code).toBe(7);
    expect(stderr).toContain(`${WHY} As --on-drift says: abort.\n`);
    expect(decisions(world)).toEqual(['drift: abort by flag (--on-drift)']);
    expect(world.calls()).toHaveLength(2);
  });

  it('and may go, as told', async () => {
    using world = readyWorld();
    world.defects([LOSES]);

    const { code, stderr } = await world.cli([NAME, '--on-drift', 'accept']);

    expect(code).toBe(0);
    expect(stderr).toContain(' · drift accepted (1 string lost) · ');
    expect(decisions(world)).toEqual(['drift: accept by flag (--on-drift)']);
    expect(world.read(NAME)).toContain('the columns join both systems');
  });
});

describe.concurrent('the plan was edited by someone else', () => {
  const EDITED = PLAN.replace('# Import customers', '# Import all customers');

  it('during a call: the run rests, and the edit stands', async () => {
    using world = briefWorld();

    const { code, stderr } = await whileReviewing(world, [], () => world.write(NAME, EDITED));

    expect(code).toBe(3);
    expect(stderr).toContain(
      `! ${NAME} was edited by someone else during the round. Unattended: abort (--on-external-edit decides).\n`,
    );
    expect(stderr).toMatch(
      /The run rests; nothing is lost\.\nState +\S+\nNext +refine-plan resume docs\/plans\/import\.md {3}\(or with --on-external-edit take\)\n$/,
    );
    expect(decisions(world)).toEqual(['external_edit: abort by policy (--on-external-edit)']);
    expect(world.read(NAME)).toBe(EDITED);

    const resumed = await world.cli(['resume']);

    expect(resumed.stderr).toContain(
      `! ${NAME} was edited by someone else. Unattended: take (--on-external-edit decides).\n`,
    );
    expect(resumed.code).toBe(0);
    expect(decisions(world)[1]).toBe('external_edit: take by policy (--on-external-edit)');
    expect(world.read(NAME)).toContain('# Import all customers');
  });

  it('during a call, and is taken as told: the next round reviews the new bytes', async () => {
    using world = briefWorld();

    const { code } = await whileReviewing(world, ['--on-external-edit', 'take'], () =>
      world.write(NAME, EDITED),
    );

    expect(code).toBe(0);
    expect(decisions(world)).toEqual(['external_edit: take by flag (--on-external-edit)']);
    expect(world.read(NAME)).toMatch(/^# Import all customers\n[\s\S]*`mailed_at`/);
    expect(world.git('status', '--porcelain')).toBe('');
  });

  it('before a resumption, which rests as told', async () => {
    using world = briefWorld();
    await whileReviewing(world, [], (kill) => kill());
    world.write(NAME, EDITED);

    const { code, stderr } = await world.cli(['resume', '--on-external-edit', 'abort']);

    expect(code).toBe(3);
    expect(stderr).toContain('As --on-external-edit says: abort.');
    expect(world.read(NAME)).toBe(EDITED);
  });

  it('and is gone: the run rests', async () => {
    using world = briefWorld();

    const { code, stderr } = await whileReviewing(world, ['--on-external-edit', 'take'], () =>
      world.git('rm', '-q', '--force', NAME),
    );

    expect(code).toBe(3);
    expect(stderr).toContain(`! ${NAME} is gone. Unattended: abort (--on-external-edit decides).\n`);
  });
});

describe.concurrent('the repository was changed by someone else', () => {
  it('another branch is checked out: the run rests', async () => {
    using world = briefWorld();

    const { code, stderr } = await whileReviewing(world, [], () => world.git('checkout', '-q', '-b', 'side'));

    expect(code).toBe(3);
    expect(stderr).toContain(
      '! The repository changed: the branch is side, it was main. Unattended: abort (--on-repo-change decides).\n',
    );
    expect(stderr).toContain('(or with --on-repo-change continue)\n');
    expect(decisions(world)).toEqual(['repo_change: abort by policy (--on-repo-change)']);
    expect(world.git('rev-list', '--count', 'side')).toBe('1\n');
  });

  it('another branch is checked out, and the run goes on there as told', async () => {
    using world = briefWorld();

    const { code } = await whileReviewing(world, ['--on-repo-change', 'continue'], () =>
      world.git('checkout', '-q', '-b', 'side'),
    );

    expect(code).toBe(0);
    expect(decisions(world)).toEqual(['repo_change: continue by flag (--on-repo-change)']);
    expect(world.git('rev-list', '--count', 'main..side')).toBe('1\n');
  });

  it('a rebase begins: the run rests, and goes on once it is over', async () => {
    using world = briefWorld();
    world.write('more.txt', '');
    world.git('add', '.');
    world.git('commit', '-q', '-m', 'More');
    const env = { ...world.env, GIT_SEQUENCE_EDITOR: 'sed -i 1ibreak' };

    const { code, stderr } = await whileReviewing(world, [], () =>
      execFileSync('git', ['rebase', '-q', '-i', 'HEAD~1'], { cwd: world.repo, env, stdio: 'ignore' }),
    );
    world.git('rebase', '--abort');
    const resumed = await world.cli(['resume']);

    expect(code).toBe(3);
    expect(stderr).toContain(
      '! The repository changed: a rebase is under way. Unattended: abort (--on-repo-change decides).\n',
    );
    expect(resumed.code).toBe(0);
  });
});

describe.concurrent('an interrupted run exists', () => {
  const WHY =
    /^! Run import-\S+ of docs\/plans\/import\.md was interrupted in round 1; it would go on with round 1\. /m;

  it('and is taken up', async () => {
    using world = briefWorld();
    await whileReviewing(world, [], (kill) => kill());

    const { code, stderr } = await world.cli([NAME]);

    expect(code).toBe(0);
    expect(stderr).toMatch(WHY);
    expect(stderr).toContain('Unattended: resume (--on-resume decides).\n');
    expect(decisions(world)).toEqual(['resume: resume by policy (--on-resume)']);
    expect(world.runs()).toHaveLength(1);
  });

  it('and is superseded, as told', async () => {
    using world = briefWorld();
    await whileReviewing(world, [], (kill) => kill());

    const { code } = await world.cli([NAME, '--on-resume', 'fresh']);

    const [first = '', second = ''] = world.runs();
    expect(code).toBe(0);
    expect(world.facts(first).at(-1)).toMatchObject({ status: 'aborted_drift', reason: 'superseded' });
    expect(decisions(world, second)).toEqual(['resume: fresh by flag (--on-resume)']);
  });

  it('and is taken up under other settings, which are recorded', async () => {
    using world = briefWorld();
    await whileReviewing(world, ['--on-stuck', 'expand'], (kill) => kill());

    const { code } = await world.cli(['resume', '--max-rounds', '1'], {
      env: { REFINE_PLAN_ON_STUCK: 'terminate' },
    });

    const resumed = world.facts().find(({ type }) => type === 'run.resumed');
    expect(code).toBe(1);
    expect(resumed).toMatchObject({
      changed: ['max-rounds'],
      settings: { max_rounds: 1, policies: { stuck: 'expand' } },
    });
    expect(world.facts().at(-1)).toMatchObject({ status: 'completed_cap', reason: 'cap', rounds: 1 });
  });

  it('nothing is done, as told', async () => {
    using world = briefWorld();
    await whileReviewing(world, [], (kill) => kill());
    const before = world.facts();

    const { code, stderr } = await world.cli([NAME, '--on-resume', 'fail']);

    expect(code).toBe(3);
    expect(stderr).toMatch(
      /was interrupted in round 1; it would go on with round 1\.\nGo on with: refine-plan resume docs\/plans\/import\.md\n$/,
    );
    expect(world.facts()).toEqual(before);
  });
});

it('nobody is asked without a terminal, even where asking was asked for', async () => {
  using world = briefWorld();
  world.write(NAME, `${PLAN}\nMore.\n`);

  const { code, stderr } = await world.cli([NAME, '--no-unattended'], { env: { CI: '' } });

  expect(code).toBe(0);
  expect(stderr).toContain('Unattended: baseline (--on-dirty decides).\n');
});

/** Runs while the first reviewer is held, and lets it go once something was done. */
async function whileReviewing(
  world: World,
  flags: readonly string[],
  act: (kill: () => void) => unknown,
): Promise<Ended> {
  const go = join(world.root, 'go');
  const child = world.start([NAME, ...flags], { env: { WORLD_HOLD_REVIEWER: go } });
  const end = ended(child);
  await untilCalled(world, 1, end);
  act(() => child.kill('SIGTERM'));
  if (!child.killed) writeFileSync(go, '');
  return end;
}

function decisions(world: World, dir?: string): string[] {
  return world
    .facts(dir)
    .filter(({ type }) => type === 'decision')
    .map(
      (fact) =>
        `${String(fact['question'])}: ${String(fact['answer'])} by ${String(fact['by'])} (${String(fact['flag'])})`,
    );
}

function prompt(world: World, round: number): string {
  return world.read(`${(world.runs()[0] ?? '').slice(world.repo.length)}/round-0${round}/prompt-fix-1.md`);
}
