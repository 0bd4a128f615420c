import { describe, expect, it } from 'vitest';
import { DEFECTS, PLAN } from '../rig/world.ts';
import { reviewOf, rulingsFor, type Defect } from '../steps/agents.ts';
import { declining, edits, failing, review } from '../steps/answers.ts';
import { failsAt } from '../steps/power.ts';
import { endOf, factsOf, live, lived, openWorld, type Answer, type Given } from '../steps/world.ts';
import { difference, replayed } from './replayed.ts';

/*
 * A replay under the settings of its recording decides what the run decided, whatever befell it: that is what makes a
 * replay under other settings worth looking at.
 */

const [RETRY, MAILS] = DEFECTS as [Defect, Defect]; // the rig has four

/** Every fix of it leaves the words that the reviewer quotes. */
const STUCK: Defect = {
  ...MAILS,
  fix: { old_text: 'Send a mail to each customer.', new_text: 'Now: Send a mail to each customer.' },
};
const LOSING: Defect = {
  severity: 'high',
  title: 'the join is not unique',
  body: 'Two customers share an id.',
  quote: 'the column `external_id` joins both systems',
  recommendation: 'Make the id unique.',
  confidence: 0.9,
  fix: { old_text: 'the column `external_id` joins', new_text: 'two unique columns join' },
};
const INVENTED = {
  title: 'invented',
  body: 'b',
  severity: 'high',
  confidence: 1,
  quote: 'no such words here',
};
const NOTE = '\nP.S. Ask Ann.\n';

const nothing: Answer = () => review('approve');
const inventing: Answer = () => review('needs-attention', INVENTED);
const same: Answer = () => edits({ findings: ['F1'], old_text: 'Done when', new_text: 'Done when' });
const refuting: Answer = (call) => rulingsFor(call, { consequence: 'none' });
const designing: Answer = (call) => rulingsFor(call, { fix_kind: 'design', cause: 'Retries.' });
const meanwhile: Answer = (call, disk) => {
  disk.plan = `${disk.plan ?? ''}${NOTE}`;
  return call.role === 'reviewer' ? reviewOf(PLAN, DEFECTS) : edits();
};
const switching: Answer = (_, disk) => {
  disk.branch = 'another';
  return reviewOf(PLAN, DEFECTS);
};

const FROZEN = { strategy: 'frozen', arbiter: 'cmd:arbiter' } as const;
const ARBITER = { arbiter: 'cmd:arbiter', arbiter_from_round: 1 } as const;

type Scenario = Given & { readonly name: string; readonly ends: string };

const SCENARIOS: readonly Scenario[] = [
  { name: 'three rounds', ends: 'completed_clean' },
  { name: 'in place', ends: 'completed_clean', settings: { edit_mode: 'in-place' } },
  { name: 'without commits', ends: 'completed_clean', settings: { commit: false } },
  { name: 'changes at the start', ends: 'completed_clean', committed: 'An older plan.\n' },
  {
    name: 'two reviewers',
    ends: 'completed_clean',
    settings: { further_reviewers: ['cmd:other'] },
    answers: { '1/review-2': nothing },
  },
  {
    name: 'a disagreement',
    ends: 'completed_clean',
    answers: { '1/review-1': () => review('needs-attention') },
  },
  {
    name: 'an answer that nobody can read',
    ends: 'completed_clean',
    answers: { '1/review-1': () => 'Fine.' },
  },
  {
    name: 'a limit that is waited for',
    ends: 'completed_clean',
    settings: { wait_for_limit_ms: 40_000 },
    answers: { '1/fix-1': () => failing('usage-limit', 30_000) },
  },
  { name: 'findings and edits that are gone over', ends: 'completed_clean', settings: { confirm: true } },
  { name: 'hunts, verifications, an audit', ends: 'completed_verified', settings: FROZEN },
  {
    name: 'hunts that overlap little',
    ends: 'completed_verified',
    settings: FROZEN,
    answers: { '1/hunt-2': nothing },
  },
  {
    name: 'an arbiter that rules all out',
    ends: 'completed_converged',
    settings: ARBITER,
    answers: { '1/arbitrate-1': refuting },
  },
  {
    name: 'an arbiter that says nothing of use',
    ends: 'completed_clean',
    settings: ARBITER,
    answers: { '1/arbitrate-1': () => 'Hm.', '1/arbitrate-2': () => 'Hm.' },
  },
  {
    name: 'a matter of design',
    ends: 'completed_design_handoff',
    settings: ARBITER,
    answers: { '1/arbitrate-1': designing },
  },
  { name: 'the cap', ends: 'completed_cap cap', settings: { max_rounds: 1 } },
  { name: 'a budget of calls', ends: 'completed_cap budget', settings: { max_calls: 3 } },
  { name: 'a budget of minutes', ends: 'completed_cap budget', settings: { max_minutes: 0.03 } },
  { name: 'a finding that is stuck', ends: 'completed_cap stuck', defects: [STUCK] },
  {
    name: 'a finding that is stuck, and expanded',
    ends: 'completed_cap cap',
    defects: [STUCK],
    policies: { stuck: 'expand' },
    settings: { max_rounds: 4 },
  },
  {
    name: 'all declined',
    ends: 'completed_cap declined',
    answers: { '1/fix-1': () => declining({ F1: 'By design.', F2: 'By design.' }) },
  },
  {
    name: 'only citations of nothing',
    ends: 'completed_cap void',
    answers: { '1/review-1': inventing, '1/second-look-1': inventing },
  },
  {
    name: 'a reviewer that fails',
    ends: 'aborted_codex_error',
    answers: { '2/review-1': () => failing('auth') },
  },
  {
    name: 'two answers that nobody can read',
    ends: 'aborted_malformed_output',
    answers: { '1/review-1': () => 'Fine.', '1/review-2': () => 'Fine.' },
  },
  { name: 'drift', ends: 'aborted_drift', defects: [LOSING] },
  {
    name: 'drift that is accepted',
    ends: 'completed_clean',
    defects: [LOSING],
    policies: { drift: 'accept' },
  },
  {
    name: 'a hook that loses a string',
    ends: 'aborted_drift',
    hook: (plan) => ({ plan: plan.replace('`external_id` ', ''), fails: false }),
  },
  {
    name: 'a hook that rewrites, and refuses',
    ends: 'completed_clean',
    hook: (plan) => ({
      plan: plan.replace(', and set it.', ', and set it at once.'),
      fails: !plan.includes('once'),
    }),
  },
  {
    name: 'no-ops',
    ends: 'aborted_implementer_noop',
    answers: { '1/fix-1': same, '1/fix-2': same },
  },
  {
    name: 'an implementer that fails',
    ends: 'aborted_implementer_error',
    answers: { '1/fix-1': () => failing('disconnected'), '1/fix-2': () => failing('disconnected') },
  },
  {
    name: 'a hook that refuses',
    ends: 'aborted_commit_failed',
    policies: { commit_failure: 'retry' },
    hook: (plan) => ({ plan, fails: true }),
  },
  { name: 'somebody at the plan', ends: 'in_progress', answers: { '1/fix-1': meanwhile } },
  {
    name: 'somebody at the plan, whose text is taken',
    ends: 'completed_clean',
    policies: { external_edit: 'take' },
    answers: { '1/review-1': meanwhile, '2/fix-1': meanwhile },
  },
  { name: 'another branch', ends: 'in_progress', answers: { '1/review-1': switching } },
  {
    name: 'another branch that is gone along with',
    ends: 'completed_clean',
    policies: { repo_change: 'continue' },
    answers: { '1/review-1': switching },
  },
];

function endText(world: Parameters<typeof endOf>[0]): string {
  const [status = 'in_progress', reason] = endOf(world);
  return [status, reason].filter(Boolean).join(' ');
}

describe.each(SCENARIOS)('$name', ({ name: _, ends, ...given }) => {
  it('is decided again as it was', async () => {
    const world = await lived(given);

    expect(endText(world)).toBe(ends);
    expect(difference(await replayed(world))).toBeNull();
  });

  it('is decided again as it was, wherever the power failed meanwhile', async () => {
    for (let cut = 0; ; cut += 5) {
      const world = openWorld(given);
      const first = await live(
        world,
        failsAt(cut, ({ kind, edge }) => kind === 'fact' && edge === 'after'),
      );
      if (first !== 'cut') break;
      await live(world);

      expect(difference(await replayed(world)), `cut number ${cut}`).toBeNull();
    }
  });
});

it('a run that was cut short is decided again as far as it came', async () => {
  for (let cut = 1; ; cut += 1) {
    const world = openWorld();
    const ended = await live(
      world,
      failsAt(cut, ({ kind, edge }) => kind === 'fact' && edge === 'after'),
    );
    if (ended !== 'cut') break;
    const { rounds, differs } = await replayed(world);

    expect([differs, rounds.flatMap((round) => round.differs)], `cut number ${cut}`).toEqual([false, []]);
  }
});

it('a plan that was edited before the run was resumed is taken again', async () => {
  const world = openWorld();
  await live(world, ({ kind }) => kind === 'fact' && world.disk.journal.at(-1)?.type === 'findings.accepted');
  world.disk.plan = `${PLAN}${NOTE}`;
  await live(world);

  expect(endText(world)).toBe('completed_clean');
  expect(difference(await replayed(world))).toBeNull();
});

it('a run that another one took over from ended there', async () => {
  const world = openWorld();
  await live(world, ({ kind }) => kind === 'fact' && world.disk.journal.at(-1)?.type === 'edits.read');
  const [finished] = factsOf(await lived(), 'run.finished');
  if (!finished) throw new Error('It did not end.');
  world.disk.journal.push({ ...finished, status: 'aborted_drift', reason: 'superseded', exit_code: 7 });

  const told = await replayed(world);

  expect(told.ending.replayed).toEqual({ status: 'aborted_drift', reason: 'superseded' });
  expect(difference(told)).toBeNull();
});

it('what the user had dismissed stays dismissed, whatever was dismissed since', async () => {
  const { title, body, quote, severity } = RETRY;
  const from = { run: 'before', finding: 'F1' };
  const why = { kind: 'other', instance: '', because: 'The database is never down.', at: '', from } as const;
  const dismissed = [{ title, body, quote, severity, section: [], ...why }];

  const world = await lived({ dismissed });

  expect(factsOf(world, 'review.parsed')[0]?.findings.map(({ gate }) => gate)).toEqual([
    'dismissed',
    'actionable',
    'filtered',
  ]);
  expect(difference(await replayed({ ...world, given: {} }))).toBeNull();
});
