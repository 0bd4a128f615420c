import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATUSES } from '../../src/core/fact.ts';
import { digest } from '../../src/store/plan-file.ts';
import { DEFECTS, ended, PLAN, readyWorld, type World } from '../rig/world.ts';
import { manifestOf, readFindings, resumableRun, statusOf, stuckIn, summaryOf } from './skill-reader.ts';

/* The skill's own reader, as `skill-reader.ts` has it, on run directories that the built program made. */

const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

describe('a run of three rounds', () => {
  let world: World;
  beforeAll(async () => {
    world = readyWorld();
    await world.cli(['docs/plans/import.md']);
  });
  afterAll(() => world[Symbol.dispose]());

  it('has the manifest that the skill writes, field for field', async () => {
    using named = readyWorld('docs/plans/20260101-import.md');
    await named.cli(['docs/plans/20260101-import.md']);
    const dir = newestRun(named);

    expect(manifestOf(dir)).toMatchObject({
      schema_version: 1,
      plan_path: join(named.repo, 'docs/plans/20260101-import.md'),
      plan_slug: 'import',
      run_id: expect.stringMatching(/^import-\d{8}T\d{6}Z$/),
      started_at: expect.stringMatching(UTC),
      ended_at: expect.stringMatching(UTC),
      initial_plan_sha256: digest(PLAN),
      status: 'completed_clean',
      current_round: 3,
      rounds: [
        { round: 1, ...phase('codex'), ...phase('implementer') },
        { round: 2, ...phase('codex'), ...phase('implementer') },
        { round: 3, ...phase('codex') },
      ],
    });
    expect(dir.endsWith(manifestOf(dir).run_id)).toBe(true);
    expect(manifestOf(dir).rounds[2]).not.toHaveProperty('implementer_started_at');
  });

  it('has its status read', async () => {
    const files = ['findings.txt', 'implementer-summary.txt'];
    expect(statusOf(newestRun(world))).toMatchObject({
      slug: 'import',
      status: 'completed_clean',
      round: 3,
      codexSeconds: expect.any(Number),
      implementerSeconds: expect.any(Number),
      rounds: [
        { round: 1, codex: expect.any(Number), implementer: expect.any(Number), files },
        { round: 2, codex: expect.any(Number), implementer: expect.any(Number), files },
        { round: 3, codex: expect.any(Number), implementer: '?', files: ['findings.txt'] },
      ],
    });
  });

  it('has its findings and tokens counted', async () => {
    expect(summaryOf(newestRun(world)).map((row) => row.slice(0, 3))).toEqual([
      ['Round 1 codex', '1C 0H 1M 0L', '1k'],
      ['Round 1 implementer', '2/2 addr', '1k'],
      ['Round 2 codex', '0C 1H 0M 0L', '1k'],
      ['Round 2 implementer', '1/1 addr', '1k'],
      ['Round 3 codex', 'No find.', '1k'],
      ['Total', '', '5k'],
    ]);
  });

  it('has a line named twice, for two defects: stuck to the skill, and not to us', async () => {
    expect(stuckIn(newestRun(world))).toEqual([
      'STUCK docs/plans/import.md:6 rounds: 1,2 severity: critical,high',
    ]);
    expect(manifestOf(newestRun(world)).status).toBe('completed_clean');
  });

  it("keeps the reviewer's answer byte for byte, and the implementer's paragraph", async () => {
    const round = join(newestRun(world), 'round-01');

    expect(readFileSync(join(round, 'findings.txt'))).toEqual(
      readFileSync(join(round, 'answer-review-1.txt')),
    );
    expect(readFileSync(join(round, 'implementer-summary.txt'), 'utf8')).toMatch(
      /F1 at docs\/plans\/import\.md:6/,
    );
  });

  it('lies beside the plan, where git does not look', async () => {
    const root = join(world.repo, 'docs/plans/.refine-plan-against-codex');

    expect(readFileSync(join(root, '.gitignore'), 'utf8')).toBe('*\n');
    expect(world.git('status', '--porcelain', '--untracked-files=all')).toBe('');
  });

  it("lies in the state root that the skill's own variable names", async () => {
    using elsewhere = readyWorld();
    const root = join(elsewhere.root, 'state');
    await elsewhere.cli(['docs/plans/import.md'], { env: { REFINE_PLAN_STATE_ROOT: root } });

    const [run = ''] = readdirSync(root).filter((name) => name !== '.gitignore');
    expect(statusOf(join(root, run)).status).toBe('completed_clean');
  });
});

describe('a finding that comes back', () => {
  it('at the same line is stuck to the skill as well', async () => {
    using world = readyWorld();
    world.defects([{ ...DEFECT, fix: { old_text: '2. Insert', new_text: '2. At once: Insert' } }]);
    const { code } = await world.cli(['docs/plans/import.md', '--on-stuck', 'terminate']);
    const dir = newestRun(world);

    expect(code).toBe(1);
    expect(stuckIn(dir)).toEqual(['STUCK docs/plans/import.md:6 rounds: 1,2 severity: critical,critical']);
    expect(manifestOf(dir)).toMatchObject({ status: 'completed_cap', reason: 'stuck' });
  });

  it('below the floor is not', async () => {
    using world = readyWorld();
    world.defects([{ ...DEFECT, confidence: 0.2 }, ...DEFECTS.slice(1, 3)]);
    await world.cli(['docs/plans/import.md']);

    expect(stuckIn(newestRun(world))).toEqual([]);
  });
});

describe('a run that stops at the cap', () => {
  it("has the last look beside its last round, and its time among the reviewer's", async () => {
    using world = readyWorld();
    await world.cli(['docs/plans/import.md', '--max-rounds', '1']);
    const dir = newestRun(world);

    expect(statusOf(dir)).toMatchObject({ status: 'completed_cap', round: 1 });
    expect(summaryOf(dir).map((row) => row.slice(0, 3))).toEqual([
      ['Round 1 codex', '1C 0H 1M 0L', '2k'],
      ['Round 1 implementer', '2/2 addr', '1k'],
      ['Total', '', '3k'],
    ]);
    expect(readFileSync(join(dir, 'round-01/parked.txt'), 'utf8')).toContain(
      'nobody reads the file of failures',
    );
    expect(existsSync(join(dir, 'round-01/verify.txt'))).toBe(true);
  });
});

describe('a run with an arbiter', () => {
  it('has its phase beside the others, and its answer in the file the skill has it in', async () => {
    using world = readyWorld();
    await world.cli(['docs/plans/import.md', '--arbiter-from-round', '2']);
    const dir = newestRun(world);

    expect(manifestOf(dir).rounds).toMatchObject([
      { round: 1, ...phase('codex'), ...phase('implementer') },
      { round: 2, ...phase('codex'), ...phase('arbiter'), ...phase('implementer') },
      { round: 3, ...phase('codex') },
    ]);
    expect(manifestOf(dir).rounds[0]).not.toHaveProperty('arbiter_started_at');
    expect(statusOf(dir)).toMatchObject({
      arbiterSeconds: expect.any(Number),
      rounds: [{}, { files: ['findings.txt', 'arbiter.txt', 'implementer-summary.txt'] }, {}],
    });
    expect(summaryOf(dir).map((row) => row.slice(0, 3))).toEqual([
      ['Round 1 codex', '1C 0H 1M 0L', '1k'],
      ['Round 1 implementer', '2/2 addr', '1k'],
      ['Round 2 codex', '0C 1H 0M 0L', '1k'],
      ['Round 2 arbiter', '—', '1k'],
      ['Round 2 implementer', '1/1 addr', '1k'],
      ['Round 3 codex', 'No find.', '1k'],
      ['Total', '', '6k'],
    ]);
    expect(readFileSync(join(dir, 'round-02/arbiter.txt'))).toEqual(
      readFileSync(join(dir, 'round-02/answer-arbitrate-1.txt')),
    );
  });

  it('ends as converged where all that was raised is wording', async () => {
    using world = readyWorld();
    world.defects([{ ...DEFECT, ruling: { consequence: 'none' } }]);
    await world.cli(['docs/plans/import.md', '--arbiter-from-round', '1']);
    const dir = newestRun(world);

    expect(manifestOf(dir)).toMatchObject({
      status: 'completed_converged',
      card: { raised: 1, ruled_out: 1, actionable: 0 },
    });
    expect(summaryOf(dir)[1]?.slice(0, 2)).toEqual(['Round 1 arbiter', '—']);
  });
});

describe('a frozen run', () => {
  it("has hunts added up as the reviewer's, their union in findings.txt, and verifications as rounds of it", async () => {
    using world = readyWorld();
    world.defects([
      { ...DEFECT, lens: 1 },
      { ...(DEFECTS[1] ?? DEFECT), lens: 2 },
    ]);
    await world.cli(['docs/plans/import.md', '--strategy', 'frozen']);
    const dir = newestRun(world);

    expect(readFindings(dir, 1)).toMatchObject({
      state: 'needs-attention',
      findings: [{ line_start: 6 }, { line_start: 7 }],
    });
    expect(manifestOf(dir).rounds).toMatchObject([
      { round: 1, codex_tokens: 3150, ...phase('arbiter'), ...phase('implementer') },
      { round: 2, ...phase('codex') },
      { round: 3, ...phase('codex') },
    ]);
    expect(statusOf(dir)).toMatchObject({ status: 'completed_verified', round: 3 });
  });
});

describe('an answer that is no plain JSON', () => {
  it('but in one fence is read alike', async () => {
    using world = readyWorld();
    const answer = '```json\n{"verdict":"approve","summary":"","findings":[],"next_steps":[]}\n```';
    await world.cli(['docs/plans/import.md'], { env: { WORLD_ANSWER_REVIEWER: answer } });

    expect(readFindings(newestRun(world), 1)).toEqual({ state: 'approve', findings: [] });
    expect(summaryOf(newestRun(world))[0]?.[1]).toBe('No find.');
  });

  it('but prose with places is read alike, and warned of', async () => {
    using world = readyWorld();
    const answer = '- critical: it never ends, see `docs/plans/import.md:6`.';
    await world.cli(['docs/plans/import.md', '--max-rounds', '1'], {
      env: { WORLD_ANSWER_REVIEWER: answer },
    });
    const dir = newestRun(world);

    expect(summaryOf(dir)[0]?.[1]).toBe('1C 0H 0M 0L');
    expect(readFindings(dir, 1).findings).toEqual([
      { severity: 'critical', file: 'docs/plans/import.md', line_start: 6, confidence: 0.5 },
    ]);
    expect(existsSync(join(dir, 'round-01/parse-warning.txt'))).toBe(true);
  });

  it('at all is no round of findings: where the skill would read "nothing", we stop', async () => {
    using world = readyWorld();
    await world.cli(['docs/plans/import.md'], { env: { WORLD_ANSWER_REVIEWER: '   ' } });
    const dir = newestRun(world);

    expect(readFindings(dir, 1)).toEqual({ state: 'none', findings: [] });
    expect(statusOf(dir).status).toBe('aborted_malformed_output');
    expect(summaryOf(dir)[0]?.[1]).toBe('—');
  });
});

describe('a run to be resumed', () => {
  it('is found while it is in progress, and not once it has ended', async () => {
    using world = readyWorld();
    const [root, plan] = [
      join(world.repo, 'docs/plans/.refine-plan-against-codex'),
      join(world.repo, 'docs/plans/import.md'),
    ];
    await interrupt(world);
    const dir = newestRun(world);

    expect(resumableRun(root, plan)).toBe(dir);
    expect(statusOf(dir)).toMatchObject({
      status: 'in_progress',
      round: 1,
      ended: undefined,
      rounds: [{ codex: '?' }],
    });

    await world.cli(['resume', 'docs/plans/import.md']);

    expect(resumableRun(root, plan)).toBeUndefined();
  });

  it('is the one of this plan alone', async () => {
    using world = readyWorld();
    world.write('docs/plans/other.md', PLAN);
    await interrupt(world);

    const root = join(world.repo, 'docs/plans/.refine-plan-against-codex');
    expect(resumableRun(root, join(world.repo, 'docs/plans/other.md'))).toBeUndefined();
  });

  it('and superseded by a fresh one counts as drift, as the skill has it', async () => {
    using world = readyWorld();
    await interrupt(world);
    const [dead = ''] = world.runs();

    await world.cli(['docs/plans/import.md', '--on-resume', 'fresh']);

    expect(manifestOf(dead)).toMatchObject({ status: 'aborted_drift', reason: 'superseded' });
    expect(
      world
        .runs()
        .map((dir) => statusOf(dir).status)
        .toSorted(),
    ).toEqual(['aborted_drift', 'completed_clean']);
  });
});

it('ends with a status the skill has, but for the one it has no name for', () => {
  const skill = [
    'completed_clean',
    'completed_verified',
    'completed_converged',
    'completed_design_handoff',
    'completed_cap',
    'aborted_codex_error',
    'aborted_malformed_output',
    'aborted_drift',
    'aborted_implementer_noop',
    'aborted_commit_failed',
  ];

  expect(STATUSES.filter((status) => !skill.includes(status))).toEqual(['aborted_implementer_error']);
});

const DEFECT = DEFECTS[0] ?? raise('The rig knows no defects.');

function raise(message: string): never {
  throw new Error(message);
}

function newestRun(world: World): string {
  return world.runs().at(-1) ?? raise('There is no run.');
}

/** The five fields that the skill keeps of a phase. */
function phase(name: string): Record<string, unknown> {
  return {
    [`${name}_started_at`]: expect.stringMatching(UTC),
    [`${name}_ended_at`]: expect.stringMatching(UTC),
    [`${name}_elapsed_seconds`]: expect.any(Number),
    [`${name}_tokens`]: 1050,
    [`${name}_tool_uses`]: 0,
  };
}

/** Ends a run by a signal while its reviewer is at work. */
async function interrupt(world: World): Promise<void> {
  const gate = join(world.root, 'gate');
  const child = world.start(['docs/plans/import.md', '--json'], { env: { WORLD_HOLD_REVIEWER: gate } });
  child.stdout?.on('data', (lines: Buffer) => {
    if (lines.includes('"call.started"')) child.kill('SIGINT');
  });
  await ended(child);
  writeFileSync(gate, '');
}
