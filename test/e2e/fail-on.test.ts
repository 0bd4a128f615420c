import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readyWorld } from '../rig/world.ts';
import { briefWorld } from './support.ts';

const NAME = 'docs/plans/import.md';

describe.concurrent('a review with a threshold', () => {
  it.for([
    ['critical', 1],
    ['low', 1],
    ['none', 0],
  ] as const)(
    'fails on a plan with a critical and a medium defect from %s on with %i',
    async ([from, code]) => {
      using world = readyWorld();

      const reviewed = await world.cli(['review', NAME, '--fail-on', from]);

      expect(reviewed).toMatchObject({ code, stdout: expect.stringContaining('│ F2 │ medium ') });
      expect(reviewed.stderr).toContain('═══ The review raised 2 findings to act on ═══');
    },
  );

  it('passes, and says why in the report, where no finding is as severe as was asked', async () => {
    using world = briefWorld();
    const gate = { REFINE_PLAN_FAIL_ON: 'high' };

    const passed = await world.cli(['review', NAME, '--json'], { env: gate });
    const failed = await world.cli(['review', NAME, '--json', '--fail-on', 'medium'], { env: gate });
    const { code, stdout } = await world.cli(['report', NAME, '--format', 'json']);

    expect({ passed: passed.code, failed: failed.code }).toEqual({ passed: 0, failed: 1 });
    expect(JSON.parse(passed.stdout)).toEqual(JSON.parse(failed.stdout));
    expect(world.facts(world.runs()[0])).toMatchObject({
      length: world.facts().length,
      [world.facts().length - 1]: {
        type: 'run.finished',
        status: 'completed_cap',
        exit_code: 0,
        message: 'The review raised findings to act on; none of them is high or worse (--fail-on high).',
        unresolved: ['F1'],
      },
    });
    expect({ code, status: JSON.parse(stdout).status }).toEqual({ code: 0, status: 'completed_cap' });
  });

  it('fails where all that was to be acted on cites text that is not in the plan', async () => {
    using world = briefWorld();
    const cited = {
      severity: 'medium',
      title: 'no owner',
      body: 'b',
      confidence: 0.9,
      quote: 'Nobody owns it.',
    };
    const rare = { ...cited, quote: 'Insert each customer; retry until it works.', materialization: 0.1 };
    const answer = { verdict: 'approve', summary: 'Seen.', findings: [cited, rare], next_steps: [] };
    writeFileSync(join(world.root, 'answer'), JSON.stringify(answer));
    const args = ['review', NAME, '--reviewer', `cmd:cat ${join(world.root, 'answer')}`];

    const { code, stderr } = await world.cli(args);
    const github = await world.cli(['report', NAME, '--format', 'github']);
    const junit = await world.cli(['report', NAME, '--format', 'junit']);
    const passed = await world.cli([...args, '--fail-on', 'high']);

    expect({ code, passed: passed.code }).toEqual({ code: 1, passed: 0 });
    expect(stderr).toContain(
      '═══ The review cites text that is not in the plan, and raised nothing else to act on ═══',
    );
    expect(github.stdout).toContain('::error title=refine-plan::'); // nothing else of it can be pointed at
    expect(junit.stdout).toContain('<error message=');
    expect(stderr).toContain(`Next     Ask again, or another reviewer: refine-plan review ${NAME}`);
  });
});
