import { array, assert, asyncProperty, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFECTS } from '../rig/world.ts';
import type { Defect } from './agents.ts';
import { edits, failing, review } from './answers.ts';
import { chain, CHAIN_PLAN, claim } from './chains.ts';
import { failsAt, type Power } from './power.ts';
import { history, live, lived, openWorld, type Given, type World } from './world.ts';

/*
 * The property the architecture rests on: wherever the power fails, the resumed run has the same history, nothing is
 * committed twice, and no finished call is made twice.
 */

const [RETRY, MAILS, TITLE, FAILURES] = DEFECTS;
if (!RETRY || !MAILS || !TITLE || !FAILURES) throw new Error('The rig knows other defects.');

/** Every fix of it leaves the words that the reviewer quotes. */
const STUCK: Defect = {
  ...MAILS,
  fix: { old_text: '3. Send a mail to each customer.', new_text: '3. Now: Send a mail to each customer.' },
};

/** Its first fix loses a load-bearing string. */
const LOSING: Defect = {
  severity: 'high',
  title: 'the join is not unique',
  body: 'Two customers share an id.',
  quote: 'the column `external_id` joins both systems',
  recommendation: 'Make the id unique.',
  confidence: 0.9,
  fix: {
    old_text: 'the column `external_id` joins both systems',
    new_text: 'two unique columns join both systems',
  },
  safeFix: {
    old_text: 'the column `external_id` joins both systems',
    new_text: 'the unique column `external_id` is what both systems are joined by',
  },
};
const { safeFix: _, ...ALWAYS_LOSING } = LOSING;

/** Raised with the third finding of the chain. */
const LATER: Defect = {
  ...claim(12),
  quote: 'Tell everybody.',
  after: 'the import, or',
  fix: { old_text: 'Tell everybody.', new_text: 'Tell those who asked.' },
};
const ALWAYS_LOSING_STATE: Defect = {
  ...claim(11),
  quote: '# Import',
  after: 'the import, or',
  fix: { old_text: '`state 2` of', new_text: 'no state of' },
};

/** Its second fix is load-bearing. */
const MARKED_CHAIN: readonly Defect[] = chain(3).map((defect, at) => {
  const fix = {
    old_text: 'state 1 of the import',
    new_text: '**Load-bearing:** `state 2` of the import, or none',
  };
  if (at === 1) return { ...defect, fix };
  return at === 2 ? { ...defect, quote: '`state 2` of the import' } : defect;
});

const SCENARIOS: readonly (Given & { readonly name: string })[] = [
  { name: 'three rounds, edits as data' },
  { name: 'three rounds, in place', settings: { edit_mode: 'in-place' } },
  { name: 'without commits', settings: { commit: false } },
  { name: 'uncommitted changes at the start', committed: 'An older plan.\n' },
  { name: 'one finding stuck, another not', defects: [RETRY, STUCK, FAILURES] },
  { name: 'all findings stuck', defects: [STUCK] },
  {
    name: 'stuck, and told to expand',
    defects: [STUCK],
    policies: { stuck: 'expand' },
    settings: { max_rounds: 4 },
  },
  { name: 'drift, reverted', defects: [RETRY, LOSING] },
  { name: 'drift, reverted, in place', defects: [RETRY, LOSING], settings: { edit_mode: 'in-place' } },
  { name: 'drift twice: the losing edit is dropped', defects: [RETRY, ALWAYS_LOSING] },
  { name: 'drift twice, nothing left', defects: [ALWAYS_LOSING] },
  { name: 'drift, accepted', defects: [LOSING], policies: { drift: 'accept' } },
  { name: 'drift, aborted', defects: [LOSING], policies: { drift: 'abort' } },
  { name: 'a fix taken back', plan: CHAIN_PLAN, defects: chain(3), settings: { commit: false } },
  {
    name: 'a fix taken back in place, beside another',
    plan: CHAIN_PLAN,
    defects: [...chain(3), { ...LATER, after: 'state 2' }],
    settings: { edit_mode: 'in-place', commit: false },
  },
  {
    name: 'a fix that cannot be taken back, and twice an edit that loses a string',
    plan: CHAIN_PLAN,
    defects: [...MARKED_CHAIN, LATER, ALWAYS_LOSING_STATE],
    settings: { commit: false },
  },
  {
    name: 'a hook that puts lines on top',
    plan: CHAIN_PLAN,
    defects: chain(1),
    settings: { max_rounds: 1 },
    hook: heading,
  },
  { name: 'the cap, and a last look', settings: { max_rounds: 1 } },
  { name: 'a budget that ends with a last look', settings: { max_calls: 3 } },
  { name: 'a hook that rewrites and succeeds', hook: formatter(false) },
  { name: 'a hook that always refuses', hook: (plan) => ({ plan, fails: true }) },
  {
    name: 'an answer that cannot be read, and one after it that can',
    answers: { '1/review-1': () => 'Looks fine to me.' },
  },
  {
    name: 'two answers that cannot be read, and a finding in prose',
    answers: {
      '1/review-1': () => 'high: it never ends, see `docs/plans/import.md:6`',
      '1/review-2': () => 'As I said.',
      '1/fix-1': () =>
        edits({ findings: ['F1'], old_text: 'works.', new_text: 'works, three times at most.' }),
    },
  },
  {
    name: 'a disconnect, and a usage limit that is waited for',
    settings: { wait_for_limit_ms: 60_000 },
    answers: {
      '1/review-1': () => failing('disconnected'),
      '1/fix-1': () => failing('usage-limit', 30_000),
    },
  },
  { name: 'a reviewer that cannot be reached', answers: { '2/review-1': () => failing('auth') } },
  { name: 'an edit sent back', answers: { '1/fix-1': () => edits(), '1/fix-2': () => 'Done!' } },
  { name: 'an edit that does nothing, twice', answers: { '1/fix-1': same, '1/fix-2': same } },
  {
    name: 'a disagreement that takes a second look',
    answers: {
      '1/review-1': () => review('needs-attention'),
    },
  },
];

describe.each(SCENARIOS)('$name', (given) => {
  it('survives a power cut after every fact, and before every fact is written', async () => {
    for (const edge of ['after', 'before'] as const) {
      const cuts = await cutEverywhere(given, ({ kind, edge: at }) => kind === 'fact' && at === edge);

      expect(cuts).toBeGreaterThan(10);
    }
  });

  it('survives a power cut before and after every effect', async () => {
    const cuts = await cutEverywhere(given, ({ kind }) => kind === 'effect');

    expect(cuts).toBeGreaterThan(10);
  });

  it('survives one power cut after another', async () => {
    const whole = await lived(given);

    await assert(
      asyncProperty(array(nat({ max: 60 }), { maxLength: 8 }), async (cuts) => {
        const world = openWorld(given);
        for (const cut of cuts)
          await live(
            world,
            failsAt(cut, ({ kind }) => kind !== 'hook'),
          );
        await live(world);

        expect(outcomeOf(world)).toEqual(outcomeOf(whole));
      }),
      { numRuns: 25, seed: 1 },
    );
  });
});

/** Cuts the power at the first such moment, in another world at the second, and so on until a run gets through; counts. */
async function cutEverywhere(given: Given, moments: Power): Promise<number> {
  const whole = await lived(given);
  for (let n = 0; ; n += 1) {
    const world = openWorld(given);
    if ((await live(world, failsAt(n, moments))) !== 'cut') return n;
    await live(world);

    expect(outcomeOf(world), `cut number ${n}`).toEqual(outcomeOf(whole));
  }
}

function outcomeOf(world: World): object {
  const { disk, repeated } = world;
  return { history: history(world), plan: disk.plan, commits: disk.commits, files: disk.files, repeated };
}

function formatter(fails: boolean): NonNullable<Given['hook']> {
  return (plan) => ({ plan: plan.replace(/ +$/gm, '').replace(/\.\n\nDone/, '.\n\n---\n\nDone'), fails });
}

function heading(plan: string): ReturnType<NonNullable<Given['hook']>> {
  return { plan: plan.startsWith('Owner') ? plan : `Owner: Ann\n\n${plan}`, fails: false };
}

function same(): string {
  return edits({ findings: ['F1', 'F2'], old_text: 'Done when', new_text: 'Done when' });
}
