import { describe, expect, it } from 'vitest';
import { PLAN } from '../rig/world.ts';
import { edits, failing, review } from './answers.ts';
import { endOf, factsOf, lived, type Answer, type World } from './world.ts';

const NOISE = {
  severity: 'high',
  title: 'noise',
  body: 'b',
  file: 'f',
  line_start: 1,
  line_end: 1,
  confidence: 0.1,
  recommendation: 'r',
};
const SOLID = { ...NOISE, title: 'solid', confidence: 0.3 };
const INVENTED = { ...SOLID, title: 'invented', quote: 'no such words in this plan' };
const RARE = {
  ...SOLID,
  title: 'the mail is sent twice where the clock is set back',
  quote: 'Send a mail to each customer.',
  materialization: 0.1,
};
const nothing: Answer = () => review('approve');
const disagreeing: Answer = () => review('needs-attention');

describe('a review', () => {
  it('that approves and raises nothing ends the run', async () => {
    const world = await lived({ answers: { '1/review-1': nothing } });

    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
    expect([world.calls, world.disk.plan]).toEqual([['1/review-1'], PLAN]);
  });

  it('is judged after the filter: what is below the floor is recorded, not acted on', async () => {
    const world = await lived({ answers: { '1/review-1': () => review('approve', NOISE) } });

    expect(factsOf(world, 'review.parsed')[0]).toMatchObject({
      filtered: 1,
      findings: [{ gate: 'filtered' }],
    });
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('that approves with actionable findings is decided by the findings', async () => {
    const declined: Answer = () =>
      edits({ findings: ['F1'], old_text: 'Read the file line by line', new_text: 'Read the file by lines' });

    const world = await lived({
      answers: { '1/review-1': () => review('approve', SOLID), '1/fix-1': declined, '2/review-1': nothing },
    });

    expect(world.calls).toEqual(['1/review-1', '1/fix-1', '2/review-1']);
  });

  it('that asks for attention and raises nothing is looked at again, and ends clean with the disagreement said', async () => {
    const world = await lived({ answers: { '1/review-1': disagreeing, '1/second-look-1': disagreeing } });

    expect(world.calls).toEqual(['1/review-1', '1/second-look-1']);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
    expect(factsOf(world, 'run.finished')[0]?.message).toContain('asked for attention');
  });

  it('that only cites what is not in the plan is looked at again, and is no verdict', async () => {
    const inventing: Answer = () => review('needs-attention', INVENTED);

    const world = await lived({ answers: { '1/review-1': inventing, '1/second-look-1': inventing } });

    expect(endOf(world)).toEqual(['completed_cap', 'void', 1]);
  });

  it('that cites what is not in the plan, beside what will hardly happen, is no verdict either', async () => {
    const inventing: Answer = () => review('approve', INVENTED, RARE);

    const world = await lived({ answers: { '1/review-1': inventing, '1/second-look-1': inventing } });

    expect(factsOf(world, 'review.parsed')[0]?.findings.map(({ gate }) => gate)).toEqual([
      'void',
      'unlikely',
    ]);
    expect(world.calls).toEqual(['1/review-1', '1/second-look-1']);
    expect(endOf(world)).toEqual(['completed_cap', 'void', 1]);
  });

  it('that cites what is not in the plan is no look at the last fix', async () => {
    const inventing: Answer = () => review('approve', INVENTED, RARE);

    const world = await lived({ answers: { '2/review-1': inventing, '2/second-look-1': inventing } });

    expect(endOf(world)).toEqual(['completed_cap', 'void', 1]);
    expect(factsOf(world, 'run.finished')[0]?.card).toMatchObject({
      addressed: 2,
      closed: 0,
      not_checked: [
        'The last fix was not looked at.',
        'Findings that were fixed count as addressed: no later review saw them, and nobody verified them.',
      ],
    });
  });

  it('that is replaced by a second look leaves only what that raised', async () => {
    const world = await lived({ settings: { max_rounds: 1 }, answers: { '1/review-1': disagreeing } });

    expect(factsOf(world, 'review.parsed').map(({ call, findings }) => [call, findings.length])).toEqual([
      ['review-1', 0],
      ['second-look-1', 3],
    ]);
    expect(world.disk.files.get('round-01/findings.txt')).toBe(
      world.disk.files.get('round-01/answer-second-look-1.txt'),
    );
  });
});

describe('an answer that is no review', () => {
  it('is asked for once more with the error quoted', async () => {
    const world = await lived({ answers: { '1/review-1': () => 'Looks fine.', '1/review-2': nothing } });

    expect(world.disk.files.get('round-01/prompt-review-2.md')).toContain(
      'The answer is not the JSON object that was asked for.',
    );
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('twice ends the run with the beginning of it', async () => {
    const world = await lived({
      answers: { '1/review-1': () => 'Fine.', '1/review-2': () => '\u001b[2JStill fine.' },
    });

    expect(endOf(world)).toEqual(['aborted_malformed_output', null, 5]);
    expect(factsOf(world, 'run.finished')[0]?.message).toContain('It begins: Still fine.');
  });

  it('but names findings in prose raises them, marked as degraded, and does not approve later', async () => {
    const prose = 'Overall good.\n- **High**: it never ends, `docs/plans/import.md:6`\n';

    const world = await lived({
      answers: {
        '1/review-1': () => prose,
        '1/review-2': () => 'As I said.',
        '1/fix-1': () =>
          edits({ findings: ['F1'], old_text: 'it works', new_text: 'it works, twice at most' }),
        '2/review-1': nothing,
      },
    });

    const [parsed] = factsOf(world, 'review.parsed');
    expect(parsed).toMatchObject({ rung: 'prose', findings: [{ confidence: 0.5, coerced: ['degraded'] }] });
    expect(world.disk.files.get('round-01/findings.txt')).toBe(prose);
    expect(world.disk.files.get('round-01/parse-warning.txt')).toContain('1 finding came of it');
  });
});

describe('an answer that is no review, where the budget covers no other', () => {
  const prose = '- **High**: it never ends, `docs/plans/import.md:6`\n';

  it('raises what it names in prose', async () => {
    const world = await lived({ settings: { max_calls: 1 }, answers: { '1/review-1': () => prose } });

    expect(factsOf(world, 'review.parsed')).toMatchObject([{ rung: 'prose', findings: [{ id: 'F1' }] }]);
    expect(endOf(world)).toEqual(['completed_cap', 'budget', 1]);
  });

  it('raises it beside the others, of several that look at the same bytes', async () => {
    const world = await lived({
      settings: { max_calls: 3, further_reviewers: ['cmd:other'] },
      answers: { '1/review-1': () => 'Fine.', '1/review-2': () => prose, '1/review-3': nothing },
    });

    expect(factsOf(world, 'review.parsed')).toMatchObject([{ call: 'review-3+review-2', rung: 'prose' }]);
  });

  it('ends the run for what it is, and says why it is not asked for again', async () => {
    const world = await lived({ settings: { max_calls: 1 }, answers: { '1/review-1': () => 'Fine.' } });

    expect(endOf(world)).toEqual(['aborted_malformed_output', null, 5]);
    expect(factsOf(world, 'run.finished')[0]?.message).toBe(
      'The answer is not the JSON object that was asked for. The budget does not cover asking again. It begins: Fine.',
    );
  });
});

describe('a call that fails', () => {
  it('is made once more after a disconnect', async () => {
    const world = await lived({
      answers: { '1/review-1': () => failing('disconnected'), '1/review-2': nothing },
    });

    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it.each(['auth', 'unknown-model', 'usage-limit'] as const)('is not made again after %s', async (kind) => {
    const world = await lived({ answers: { '1/review-1': () => failing(kind, 30_000) } });

    expect(endOf(world)).toEqual(['aborted_codex_error', null, 4]);
    expect(world.calls).toEqual(['1/review-1']);
  });

  it('for a usage limit is made again when that has reset, if the user is willing to wait', async () => {
    const world = await lived({
      settings: { wait_for_limit_ms: 60_000 },
      answers: { '1/review-1': () => failing('usage-limit', 30_000), '1/review-2': nothing },
    });

    expect(factsOf(world, 'limit.waited').map(({ waited_ms }) => waited_ms)).toEqual([30_000]);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('because the program is missing is the fault of the place', async () => {
    const world = await lived({ answers: { '1/fix-1': () => failing('missing') } });

    expect(endOf(world)).toEqual(['aborted_implementer_error', null, 3]);
  });

  it('is no round and no approval', async () => {
    const world = await lived({ answers: { '1/review-1': () => failing('crashed') } });

    expect(factsOf(world, 'review.parsed')).toEqual([]);
    expect(endOf(world)).toEqual(['aborted_codex_error', null, 4]);
  });
});

describe('the last look', () => {
  it('is taken after the last permitted fix, reported and not acted on', async () => {
    const world = await lived({ settings: { max_rounds: 1 } });

    expect(world.calls).toEqual(['1/review-1', '1/fix-1', '1/last-look-1']);
    expect(promptOf(world, 'last-look-1')).toContain('+2. Insert each customer; retry three times');
    expect(factsOf(world, 'run.finished')[0]).toMatchObject({
      status: 'completed_cap',
      reason: 'cap',
      parked: ['F4'],
    });
    expect(world.disk.files.get('round-01/parked.txt')).toContain('F4 high docs/plans/import.md:6');
  });

  it('changes no status by what it says', async () => {
    const world = await lived({ settings: { max_rounds: 1 }, answers: { '1/last-look-1': nothing } });

    expect(endOf(world)).toEqual(['completed_cap', 'cap', 1]);
  });

  it.each<[string, Answer, string]>([
    ['fails', () => failing('auth'), 'It went wrong.'],
    ['cannot be read', () => 'Fine.', 'The answer is not the JSON object that was asked for.'],
  ])('that %s leaves the last fix unreviewed, and says so', async (_, answer, problem) => {
    const world = await lived({ settings: { max_rounds: 1 }, answers: { '1/last-look-1': answer } });

    expect(factsOf(world, 'last-look.taken')[0]?.problem).toBe(problem);
    expect(endOf(world)).toEqual(['completed_cap', 'cap', 1]);
  });

  it('is left out where the last round did not edit', async () => {
    const world = await lived({ settings: { max_rounds: 3 } });

    expect(world.calls.filter((call) => call.includes('last-look'))).toEqual([]);
  });
});

it('takes the baseline and the sentinels from the bytes before anyone edits', async () => {
  const world = await lived({ settings: { max_rounds: 1 } });

  expect(world.disk.files.get('round-01/plan.md')).toBe(PLAN);
  expect(factsOf(world, 'round.started')[0]).toMatchObject({
    lines: 9,
    sentinels: [{ text: 'external_id', line: 3 }],
    marker_lines: 1,
  });
});

it('sends the implementer neither the summary of the review nor what was filtered', async () => {
  const world = await lived({ settings: { max_rounds: 1 } });

  const prompt = promptOf(world, 'fix-1');
  expect(prompt).toContain('F1 (critical) at docs/plans/import.md:6-6: retry bound missing');
  expect(prompt).not.toContain('Seen.');
  expect(prompt).not.toContain('the title is short');
});

it('asks every reviewer the same, whatever happened before', async () => {
  const unchanged: Answer = () => review('needs-attention', INVENTED);

  const world = await lived({ answers: { '1/review-1': unchanged, '1/second-look-1': unchanged } });

  expect(promptOf(world, 'second-look-1')).toBe(promptOf(world, 'review-1'));
});

function promptOf({ disk }: World, call: string): string | undefined {
  return disk.files.get(`round-01/prompt-${call}.md`);
}
