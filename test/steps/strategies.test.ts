import { describe, expect, it } from 'vitest';
import { rulingsFor } from './agents.ts';
import { edits, review } from './answers.ts';
import { endOf, factsOf, leftOf, lived, runOf, type Answer, type Given } from './world.ts';

const FROZEN: Given = { settings: { strategy: 'frozen', arbiter: 'cmd:arbiter' } };
const ARBITER: Given = { settings: { arbiter: 'cmd:arbiter', arbiter_from_round: 1 } };

const nothing: Answer = () => review('approve');

function refuted(change: object): Answer {
  return (call) => rulingsFor(call, change);
}

describe('the frozen strategy', () => {
  it('hunts on frozen bytes, fixes, verifies, and looks once more at the end', async () => {
    const world = await lived(FROZEN);

    expect(world.calls).toEqual([
      '1/hunt-1',
      '1/hunt-2',
      '1/hunt-3',
      '1/arbitrate-1',
      '1/fix-1',
      '2/verify-1',
      '3/audit-1',
      '3/arbitrate-1',
      '3/fix-1',
      '4/verify-1',
    ]);
    expect(endOf(world)).toEqual(['completed_verified', null, 0]);
    expect(factsOf(world, 'round.started').map(({ mode }) => mode)).toEqual([
      'hunt',
      'verify',
      'audit',
      'verify',
    ]);
    expect([...runOf(world).ledger.values()].map(({ status }) => status)).toEqual([
      'closed',
      'closed',
      'filtered',
      'closed',
    ]);
  });

  it('hunts with different lenses, and raises what several see once', async () => {
    const world = await lived(FROZEN);
    const [hunted] = factsOf(world, 'review.parsed');

    const all = ['F1', 'F2', 'F3'];
    expect(hunted?.looks.map(({ findings }) => findings)).toEqual([all, all, all]);
    const prompts = [1, 2, 3].map((hunt) => world.disk.files.get(`round-01/prompt-hunt-${hunt}.md`));
    expect(new Set(prompts).size).toBe(3);
  });

  it('fixes what the verifier left open together with what the audit raises', async () => {
    const useless: Answer = () =>
      edits({
        findings: ['F1', 'F2'],
        old_text: 'retry until it works',
        new_text: 'retry until it works, really',
      });

    const world = await lived({ ...FROZEN, answers: { '1/fix-1': useless, '3/audit-1': nothing } });

    expect(world.calls.slice(4)).toEqual(['1/fix-1', '2/verify-1', '3/audit-1', '3/fix-1', '4/verify-1']);
    expect(factsOf(world, 'findings.accepted').map(({ findings }) => findings)).toEqual([
      ['F1', 'F2'],
      ['F1', 'F2'],
    ]);
  });

  it('ends at once where neither hunts nor audit raise anything', async () => {
    const world = await lived({
      ...FROZEN,
      answers: { '1/hunt-1': nothing, '1/hunt-2': nothing, '1/hunt-3': nothing, '2/audit-1': nothing },
    });

    expect(world.calls).toEqual(['1/hunt-1', '1/hunt-2', '1/hunt-3', '2/audit-1']);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  const INVENTED = {
    severity: 'high',
    title: 'invented',
    body: 'b',
    quote: 'no such words in this plan',
    confidence: 0.9,
  };
  const RARE = { ...INVENTED, title: 'rare', quote: 'Send a mail to each customer.', materialization: 0.1 };

  it.each([
    ['alone', [INVENTED]],
    ['beside what will hardly happen', [INVENTED, RARE]],
  ])('audits the plan where all hunts cite what is not in it %s', async (_, found) => {
    const inventing: Answer = () => review('approve', ...found);
    const hunts = { '1/hunt-1': inventing, '1/hunt-2': inventing, '1/hunt-3': inventing };

    const seen = await lived({ ...FROZEN, answers: { ...hunts, '2/audit-1': nothing } });
    const unseen = await lived({
      ...FROZEN,
      answers: { ...hunts, '2/audit-1': inventing, '2/second-look-1': inventing },
    });

    expect(seen.calls.slice(3)).toEqual(['2/audit-1']);
    expect(endOf(seen)).toEqual(['completed_clean', null, 0]);
    expect(unseen.calls.slice(3)).toEqual(['2/audit-1', '2/second-look-1']);
    expect(endOf(unseen)).toEqual(['completed_cap', 'void', 1]);
  });

  it('is not verified where the audit cites only what is not in the plan', async () => {
    const inventing: Answer = () => review('approve', INVENTED, RARE);

    const world = await lived({
      ...FROZEN,
      answers: { '3/audit-1': inventing, '3/second-look-1': inventing },
    });

    expect(factsOf(world, 'verification.read')[0]?.checks.every(({ closed }) => closed)).toBe(true);
    expect(endOf(world)).toEqual(['completed_cap', 'void', 1]);
  });

  it('hands over what is not fixed twice, with both reasons', async () => {
    const useless: Answer = () =>
      edits({
        findings: ['F1', 'F2'],
        old_text: 'retry until it works',
        new_text: 'retry until it works, really',
      });

    const world = await lived({
      ...FROZEN,
      answers: { '1/fix-1': useless, '3/audit-1': nothing, '3/fix-1': useless },
    });

    expect(endOf(world)).toEqual(['completed_cap', 'stuck', 1]);
    expect(leftOf(world)['F1']).toContain('Not fixed, twice');
  });

  it('goes on with the hunt that came to something where another did not', async () => {
    const world = await lived({
      ...FROZEN,
      answers: { '1/hunt-2': () => 'no JSON', '1/hunt-4': () => 'no JSON' },
    });

    expect(factsOf(world, 'review.parsed')[0]?.looks).toMatchObject([
      { verdict: 'needs-attention', problem: null },
      { verdict: null, problem: 'The answer is not the JSON object that was asked for.' },
      { verdict: 'needs-attention', problem: null },
    ]);
    expect(endOf(world)).toEqual(['completed_verified', null, 0]);
  });
});

describe('an arbiter', () => {
  it('sees the findings of a round from the one on that is set', async () => {
    const late = await lived({ settings: { arbiter: 'cmd:arbiter', arbiter_from_round: 2 } });

    expect(late.calls.filter((call) => call.includes('arbitrate'))).toEqual(['2/arbitrate-1']);
  });

  it('rules out: the run converges, and nothing is edited', async () => {
    const world = await lived({ ...ARBITER, answers: { '1/arbitrate-1': refuted({ consequence: 'none' }) } });

    expect(world.calls).toEqual(['1/review-1', '1/arbitrate-1']);
    expect(endOf(world)).toEqual(['completed_converged', null, 0]);
    expect(factsOf(world, 'edits.applied')).toEqual([]);
  });

  it('that says nothing of use leaves everything as it was', async () => {
    const mute: Answer = () => 'I cannot say.';

    const world = await lived({ ...ARBITER, answers: { '1/arbitrate-1': mute, '1/arbitrate-2': mute } });

    expect(factsOf(world, 'arbitration.read').map(({ result }) => result)).toEqual([
      'unreadable',
      'unreadable',
      'void',
      'ruled',
    ]);
    expect(factsOf(world, 'findings.accepted')[0]?.findings).toEqual(['F1', 'F2']);
  });

  it('makes a matter of design of a finding: it is left to the user', async () => {
    const world = await lived({
      ...ARBITER,
      answers: { '1/arbitrate-1': refuted({ fix_kind: 'design', cause: 'Retries.' }) },
    });

    expect(endOf(world)).toEqual(['completed_design_handoff', null, 1]);
    expect(world.calls).toEqual(['1/review-1', '1/arbitrate-1']);
  });

  it.each(['apply', 'guard', 'ignore'] as const)(
    'whose design finding goes to the implementer: %s',
    async (design) => {
      const answers = { '1/arbitrate-1': refuted({ fix_kind: 'design' }), '2/arbitrate-1': refuted({}) };

      const world = await lived({ ...ARBITER, policies: { design }, answers });

      expect(factsOf(world, 'findings.accepted')[0]).toMatchObject({
        findings: ['F1', 'F2'],
        design: design === 'apply' ? ['F1', 'F2'] : [],
        guard: design === 'guard' ? ['F1', 'F2'] : [],
      });
    },
  );
});

describe('several reviewers', () => {
  it('look at the same bytes side by side, and what either of them raises counts', async () => {
    const world = await lived({
      settings: { further_reviewers: ['cmd:other'] },
      answers: { '1/review-2': nothing },
    });

    expect(world.calls.slice(0, 3)).toEqual(['1/review-1', '1/review-2', '1/fix-1']);
    expect(factsOf(world, 'findings.accepted')[0]?.findings).toEqual(['F1', 'F2']);
  });
});
