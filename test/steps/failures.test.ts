import { describe, expect, it } from 'vitest';
import { FAILURE_KINDS, type FailureKind } from '../../src/core/failure.ts';
import { isPassing } from '../../src/core/policies/retry.ts';
import { PLAN } from '../rig/world.ts';
import { failing } from './answers.ts';
import { endOf, factsOf, lived, runOf, type Given, type World } from './world.ts';

/** A world in which every call of this name fails the same way. */
function failingAt(name: string, kind: FailureKind, given: Given = {}): Given {
  const tries = [1, 2, 3, 4, 5, 6].map((n) => [`${name}-${n}`, () => failing(kind)] as const);
  return { ...given, answers: Object.fromEntries(tries) };
}

/** The calls of this name that a failure is worth. */
function tries(name: string, kind: FailureKind): string[] {
  return isPassing(kind) ? [`${name}-1`, `${name}-2`] : [`${name}-1`];
}

/** What is not there is the fault of the place. */
function exitOf(kind: FailureKind, otherwise: number): number {
  return kind === 'missing' || kind === 'too-old' ? 3 : otherwise;
}

function statuses(world: World): string[] {
  return [...runOf(world).ledger.values()].map(({ status }) => status);
}

const ARBITER: Given = { settings: { arbiter: 'cmd:arbiter', arbiter_from_round: 1 } };
const FROZEN: Given = { settings: { strategy: 'frozen', arbiter: 'cmd:arbiter' } };

describe.each(FAILURE_KINDS)('a failure, %s,', (kind) => {
  it('of the reviewer is no review, and no round', async () => {
    const world = await lived(failingAt('1/review', kind));

    expect(world.calls).toEqual(tries('1/review', kind));
    expect(endOf(world)).toEqual(['aborted_codex_error', null, exitOf(kind, 4)]);
    expect(factsOf(world, 'run.finished')[0]).toMatchObject({ rounds: 0, unresolved: [] });
    expect([factsOf(world, 'review.parsed'), statuses(world)]).toEqual([[], []]);
  });

  it('of the implementer leaves the plan as it was, and the findings open', async () => {
    const world = await lived(failingAt('1/fix', kind));

    expect(world.calls).toEqual(['1/review-1', ...tries('1/fix', kind)]);
    expect(endOf(world)).toEqual(['aborted_implementer_error', null, exitOf(kind, 6)]);
    expect(world.disk.plan).toBe(PLAN);
    expect(factsOf(world, 'edits.read')).toEqual([]);
    expect(statuses(world)).toEqual(['open', 'open', 'filtered']);
  });

  it('of the arbiter rules nothing out', async () => {
    const world = await lived(failingAt('1/arbitrate', kind, ARBITER));

    const [first] = factsOf(world, 'arbitration.read');
    expect(world.calls.slice(0, 4)).toEqual(
      ['1/review-1', ...tries('1/arbitrate', kind), '1/fix-1', '2/review-1'].slice(0, 4),
    );
    expect(first).toMatchObject({ call: null, problem: 'It went wrong.' });
    expect(factsOf(world, 'findings.accepted')[0]?.findings).toEqual(['F1', 'F2']);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });

  it('of the verifier closes nothing', async () => {
    const world = await lived(failingAt('2/verify', kind, FROZEN));

    expect(world.calls.slice(world.calls.indexOf('1/fix-1') + 1)).toEqual(tries('2/verify', kind));
    expect(endOf(world)).toEqual(['aborted_codex_error', null, exitOf(kind, 4)]);
    expect(factsOf(world, 'verification.read')).toEqual([]);
    expect(statuses(world)).toEqual(['addressed', 'addressed', 'filtered']);
  });

  it('of the last look is reported, and the fix called unreviewed', async () => {
    const world = await lived(failingAt('1/last-look', kind, { settings: { max_rounds: 1 } }));

    expect(world.calls.slice(2)).toEqual(tries('1/last-look', kind));
    expect(endOf(world)).toEqual(['completed_cap', 'cap', 1]);
    expect(factsOf(world, 'last-look.taken')).toMatchObject([{ problem: 'It went wrong.', findings: [] }]);
  });

  it('of every hunt is no round either', async () => {
    const world = await lived(failingAt('1/hunt', kind, FROZEN));

    const each = [1, 2, 3].flatMap((n) => (isPassing(kind) ? [n, n + 3] : [n]));
    expect(world.calls).toEqual(each.toSorted((a, b) => a - b).map((n) => `1/hunt-${n}`));
    expect(endOf(world)).toEqual(['aborted_codex_error', null, exitOf(kind, 4)]);
    expect(factsOf(world, 'review.parsed')).toEqual([]);
  });
});

describe('a usage limit', () => {
  const LIMIT = { settings: { wait_for_limit_ms: 3_600_000 } };

  it('that is met again after it was waited for is not waited for again', async () => {
    const answers = {
      '1/review-1': () => failing('usage-limit', 60_000),
      '1/review-2': () => failing('usage-limit', 60_000),
    };
    const world = await lived({ ...LIMIT, answers });

    expect(world.calls).toEqual(['1/review-1', '1/review-2']);
    expect(factsOf(world, 'limit.waited')).toHaveLength(1);
    expect(endOf(world)).toEqual(['aborted_codex_error', null, 4]);
  });

  it('of several that look at once is waited for until the last one has reset', async () => {
    const world = await lived({
      settings: { ...LIMIT.settings, strategy: 'frozen', arbiter: 'cmd:arbiter' },
      answers: {
        '1/hunt-1': () => failing('usage-limit', 60_000),
        '1/hunt-2': () => failing('usage-limit', 90_000),
      },
    });

    expect(factsOf(world, 'limit.waited').map(({ waited_ms: ms }) => ms)).toEqual([90_000]);
    expect(endOf(world)).toEqual(['completed_verified', null, 0]);
  });

  it('of one is no other try for another that failed beside it', async () => {
    const world = await lived({
      settings: { ...LIMIT.settings, strategy: 'frozen', arbiter: 'cmd:arbiter' },
      answers: { '1/hunt-1': () => failing('usage-limit', 60_000), '1/hunt-2': () => failing('auth') },
    });

    expect(world.calls.slice(0, 5)).toEqual([
      '1/hunt-1',
      '1/hunt-2',
      '1/hunt-3',
      '1/hunt-4',
      '1/arbitrate-1',
    ]);
  });
});
