import { describe, expect, it } from 'vitest';
import { rulingsFor } from './agents.ts';
import { edits, failing, review } from './answers.ts';
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

    expect(hunted?.looks.map(({ findings }) => findings)).toEqual([
      ['F1', 'F2', 'F3'],
      ['F1', 'F2', 'F3'],
    ]);
    const prompts = ['hunt-1', 'hunt-2'].map((call) => world.disk.files.get(`round-01/prompt-${call}.md`));
    expect(prompts[0]).not.toBe(prompts[1]);
  });

  it('hunts a third time where the first two have little in common', async () => {
    const world = await lived({ ...FROZEN, answers: { '1/hunt-2': nothing } });

    expect(world.calls.slice(0, 4)).toEqual(['1/hunt-1', '1/hunt-2', '1/hunt-3', '1/arbitrate-1']);
  });

  it('ends at once where neither hunts nor audit raise anything', async () => {
    const world = await lived({
      ...FROZEN,
      answers: { '1/hunt-1': nothing, '1/hunt-2': nothing, '2/audit-1': nothing },
    });

    expect(world.calls).toEqual(['1/hunt-1', '1/hunt-2', '2/audit-1']);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
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
      answers: { '1/fix-1': useless, '2/fix-1': useless, '4/audit-1': nothing, '3/audit-1': nothing },
    });

    expect(endOf(world)).toEqual(['completed_cap', 'stuck', 1]);
    expect(leftOf(world)['F1']).toContain('Not fixed, twice');
  });

  it('goes on with the hunt that came to something where another did not', async () => {
    const world = await lived({
      ...FROZEN,
      answers: { '1/hunt-2': () => 'no JSON', '1/hunt-3': () => 'no JSON' },
    });

    expect(factsOf(world, 'review.parsed')[0]?.looks).toMatchObject([
      { verdict: 'needs-attention' },
      { verdict: null, problem: 'The answer is not the JSON object that was asked for.' },
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

/** Claims that have no word in common. */
const CLAIMS = [
  ['rows vanish', 'Customers without mail never arrive.'],
  ['clocks differ', 'Midnight falls twice each autumn.'],
  ['locks deadlock', 'Two workers wait for one another.'],
  ['secrets leak', 'Passwords stand in plain logs.'],
  ['disk fills', 'Nothing ever deletes old dumps.'],
  ['encoding breaks', 'Umlauts become question marks.'],
  ['order matters', 'Children precede their parents.'],
  ['retries flood', 'Every timeout doubles load.'],
  ['index missing', 'Lookups scan whole tables.'],
  ['rollback impossible', 'Dropped columns cannot return.'],
  ['owner unknown', 'Nobody answers pages.'],
  ['tests pass always', 'Assertions compare constants.'],
  ['limits absent', 'Files may exceed memory.'],
  ['names collide', 'Tenants share identifiers.'],
  ['caches lie', 'Stale entries outlive updates.'],
  ['currency lost', 'Euros sum with dollars.'],
] as const;

function claim(index: number): {
  severity: 'high';
  title: string;
  body: string;
  recommendation: string;
  confidence: number;
} {
  const [title, body] = CLAIMS[index] ?? CLAIMS[0];
  return { severity: 'high', title, body, recommendation: 'Say it otherwise.', confidence: 0.9 };
}

const CHAIN_PLAN = '# Import\n\n1. Reach state 0 of the import.\n2. Tell everybody.\n';

/** Each fix writes the text that the next finding is about. */
function chain(length: number): NonNullable<Given['defects']> {
  return Array.from({ length }, (_, index) => ({
    ...claim(index),
    quote: `state ${index} of the import`,
    fix: { old_text: `state ${index} of the import`, new_text: `state ${index + 1} of the import` },
  }));
}
describe('fixes that breed findings', () => {
  it('are taken back in the second generation, and what they were for is left to the user', async () => {
    const world = await lived({ plan: CHAIN_PLAN, defects: chain(9) });

    expect(factsOf(world, 'findings.accepted').map(({ findings, reverts }) => [findings, reverts])).toEqual([
      [['F1'], []],
      [['F2'], []],
      [[], [{ finding: 'F2', because: ['F3'] }]],
    ]);
    expect(world.disk.plan).toContain('state 1 of the import');
    expect(Object.keys(leftOf(world))).toEqual(['F2']);
    expect(endOf(world)).toEqual(['completed_cap', 'stuck', 1]);
  });

  it('know whose text each finding is about', async () => {
    const world = await lived({ plan: CHAIN_PLAN, defects: chain(9) });
    const [card] = factsOf(world, 'run.finished').map((fact) => fact.card);

    expect(card).toMatchObject({ author: [1, 0, 0, 0], fixes: [0, 1, 1, 0], reverted: 1 });
  });

  /** Many places, each of whose fixes brings another defect in. */
  function many(width: number): { plan: string; defects: NonNullable<Given['defects']> } {
    const places = Array.from({ length: width }, (_, place) => `step ${place} begins in state A${place}`);
    const defects = Array.from({ length: width }, (_, place) =>
      ['A', 'B'].map((state, at) => ({
        ...claim(place * 2 + at),
        quote: `begins in state ${state}${place}`,
        fix: {
          old_text: `begins in state ${state}${place}`,
          new_text: `begins in state ${at === 0 ? `B${place}` : `C${place}, for good`}`,
        },
      })),
    ).flat();
    return { plan: `# Import\n\n${places.map((text) => `- ${text}\n`).join('')}`, defects };
  }

  it('are noticed: unattended, hunting stops, and what is open is verified', async () => {
    const world = await lived(many(8));

    expect(factsOf(world, 'decision')).toMatchObject([
      { question: 'divergence', answer: 'verify', by: 'policy' },
    ]);
    expect(factsOf(world, 'round.started').map(({ mode }) => mode)).toEqual(['review', 'review', 'verify']);
    expect(endOf(world)).toEqual(['completed_verified', null, 0]);
  });

  it('end the run where that was asked for', async () => {
    const world = await lived({ ...many(8), policies: { divergence: 'stop' } });

    expect(endOf(world)).toEqual(['completed_cap', 'divergence', 1]);
  });

  it('are gone on with where that was asked for', async () => {
    const world = await lived({ ...many(8), policies: { divergence: 'continue' } });

    expect(factsOf(world, 'round.started').map(({ mode }) => mode)).toEqual(['review', 'review', 'review']);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('that go to and fro are one decision, and the place is left alone', async () => {
    const [a, b] = [
      'the import runs before the export every night',
      'the export runs before the import every night',
    ];
    const world = await lived({
      plan: `# Import\n\n1. Plan: ${a}.\n2. Tell everybody.\n`,
      defects: [
        { ...claim(0), quote: a, fix: { old_text: a, new_text: b } },
        { ...claim(1), quote: b, fix: { old_text: b, new_text: a } },
      ],
    });

    expect(endOf(world)).toEqual(['completed_cap', 'contested', 1]);
    expect(Object.keys(leftOf(world))).toEqual(['F1', 'F2']);
    expect(leftOf(world)['F1']).toContain(a);
    expect(leftOf(world)['F1']).toContain(b);
    expect(world.disk.plan).toContain(b);
  });
});

describe('the loop as it was before there was a watch on it', () => {
  const AS_IT_WAS: Given = {
    settings: { arbiter: null },
    policies: { divergence: 'continue', design: 'ignore' },
  };

  /** What that loop does with a chain of findings, each in the text of the fix before: fix, and look again, to the cap. */
  it.each([3, 7])('fixes whatever is raised until nothing is, or the cap: %d findings', async (length) => {
    const world = await lived({
      ...AS_IT_WAS,
      settings: { ...AS_IT_WAS.settings, max_rounds: 6 },
      plan: CHAIN_PLAN,
      defects: chain(length),
    });
    const rounds = Math.min(length, 6);
    const fixed = Array.from({ length: rounds }, (_, index) => [
      `${index + 1}/review-1`,
      `${index + 1}/fix-1`,
    ]).flat();

    expect(world.calls).toEqual(
      length < 6 ? [...fixed, `${length + 1}/review-1`] : [...fixed, '6/last-look-1'],
    );
    expect(endOf(world)).toEqual(length < 6 ? ['completed_clean', null, 0] : ['completed_cap', 'cap', 1]);
    expect(world.disk.plan).toContain(`state ${rounds} of the import`);
  });

  it('fixes a matter of design like any other', async () => {
    const [first] = chain(1);
    const design: Answer = () =>
      review('needs-attention', {
        ...first,
        file: 'x',
        line_start: 3,
        line_end: 3,
        fix_kind: 'design',
        fix: undefined,
      });

    const world = await lived({
      ...AS_IT_WAS,
      plan: CHAIN_PLAN,
      defects: chain(1),
      answers: { '1/review-1': design },
    });

    expect(world.calls).toEqual(['1/review-1', '1/fix-1', '2/review-1']);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('applies a fix of any size', async () => {
    const [first] = chain(1);
    const long: Answer = () =>
      edits({
        findings: ['F1'],
        old_text: 'state 0 of the import',
        new_text: 'a state of rest. '.repeat(500),
      });

    const world = await lived({
      ...AS_IT_WAS,
      plan: CHAIN_PLAN,
      defects: first ? [first] : [],
      answers: { '1/fix-1': long },
    });

    expect(world.calls).toEqual(['1/review-1', '1/fix-1', '2/review-1']);
  });
});

describe('a person who confirms', () => {
  const CONFIRM: Given = { settings: { confirm: true } };

  it('drops a finding, which is left to them, and tells the implementer about another', async () => {
    const world = await lived({
      ...CONFIRM,
      triage: () => ({
        by: 'user',
        dropped: [{ id: 'F1', reason: 'We want it so.' }],
        notes: [{ id: 'F2', note: 'Use the outbox.' }],
      }),
    });

    expect(factsOf(world, 'findings.accepted')[0]?.findings).toEqual(['F2']);
    expect(leftOf(world)['F1']).toBe('We want it so.');
    expect(world.disk.files.get('round-01/prompt-fix-1.md')).toContain('The user says: Use the outbox.');
  });

  it('sees the diff, and what they do not want is not written', async () => {
    const diffs: string[] = [];
    const world = await lived({
      ...CONFIRM,
      approve: (diff) => {
        diffs.push(diff);
        return { by: 'user', applied: false };
      },
    });

    expect(diffs[0]).toContain('-2. Insert each customer; retry until it works.');
    expect(factsOf(world, 'edits.applied')).toEqual([]);
    expect(endOf(world)).toEqual(['completed_cap', 'declined', 1]);
    expect(world.disk.files.get('round-01/rejected.md')).toContain('You did not want it.');
  });

  it('is nobody where nobody is there', async () => {
    expect(endOf(await lived(CONFIRM))).toEqual(endOf(await lived()));
  });
});

describe('a calibration', () => {
  const PLAN = `# Import

## Steps

1. First copy the table \`customers\` before anything else.
2. Then run the import in batches of 500.
3. Then delete the old rows, all batches of 500 at a time.

## Errors

- If a row fails, write it to the file \`failed.csv\` and go on.
- Retry each batch 3 times, unless the table \`customers\` is locked.

## Rollback

- Restore the table \`customers\` from the copy.

## Acceptance

- Every row of \`failed.csv\` is explained, and the count of \`customers\` must be the same.
`;

  it('counts what is found of the defects that were planted in a copy, and touches nothing', async () => {
    const world = await lived({
      plan: PLAN,
      settings: { calibrate: true },
      answers: { '1/calibrate-1': nothing, '1/review-1': nothing },
    });
    const [scored] = factsOf(world, 'calibration.scored');
    const prompt = world.disk.files.get('round-01/prompt-calibrate-1.md') ?? '';

    expect(world.calls).toEqual(['1/calibrate-1', '1/review-1']);
    expect(scored?.found).toBe(0);
    expect(scored?.seeded).toBeGreaterThanOrEqual(3);
    expect(scored?.recall?.low).toBeLessThan(0.2);
    expect(prompt).not.toBe(world.disk.files.get('round-01/prompt-review-1.md'));
    expect(world.disk.plan).toBe(PLAN);
    expect(runOf(world).ledger.size).toBe(0);
  });

  it('that comes to nothing is no reason to stop', async () => {
    const world = await lived({
      plan: PLAN,
      settings: { calibrate: true },
      answers: { '1/calibrate-1': () => failing('auth'), '1/review-1': nothing },
    });

    expect(factsOf(world, 'calibration.scored')).toMatchObject([{ problem: 'It went wrong.', recall: null }]);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });
});
