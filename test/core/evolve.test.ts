import { describe, expect, it } from 'vitest';
import { FixRecords } from '../../src/core/contested/fix-records.ts';
import { replay } from '../../src/core/evolve-all.ts';
import { Fact } from '../../src/core/fact.ts';
import { Lineage } from '../../src/core/ledger/lineage.ts';
import { nextCallId, type Run } from '../../src/core/run.ts';
import {
  called,
  callFinished,
  callStarted,
  editsRead,
  failedCall,
  finding,
  HOME,
  opened,
  runOf,
  settings,
  started,
} from './facts.ts';
import { NAMES, POSITIONS } from './positions.ts';
import {
  applied,
  closed,
  commitFailed,
  committed,
  drift,
  ended,
  fitting,
  looked,
  resolved,
  sent,
} from './rounds.ts';

describe('the facts of a journal', () => {
  it.each(NAMES)('are what the schema of the journal takes, up to where a run is to %s', (name) => {
    expect(POSITIONS[name].map((fact) => Fact.parse(structuredClone(fact)))).toEqual(POSITIONS[name]);
  });

  it('make no run before there is a first one', () => {
    expect(replay('id', [])).toBeUndefined();
    expect(replay('id', [opened(1)])).toBeUndefined();
  });

  it('make the same run however often they are replayed', () => {
    const facts = [...POSITIONS['commit what a hook wrote']];

    expect(runOf(facts)).toEqual(runOf(structuredClone(facts)));
  });

  it('are never changed', () => {
    const freeze = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      Object.freeze(value);
      Object.values(value).forEach(freeze);
    };
    const facts = NAMES.flatMap((name) => [POSITIONS[name]]);
    facts.forEach(freeze);

    for (const all of facts) expect(() => runOf(all)).not.toThrow();
  });
});

describe('a new run', () => {
  it('is what its first fact says', () => {
    const run = runOf([started()]);

    expect({ ...run, ledger: [...run.ledger] }).toEqual({
      id: 'foo-20260101T000000Z',
      kind: 'refine',
      started: started(),
      settings: settings(),
      position: { at: 'opening' },
      rounds: [],
      ledger: [],
      lineage: Lineage.author,
      fixes: { records: FixRecords.none, states: [] },
      frozen: [],
      grown: 0,
      grownBeside: 0,
      placedIn: 'plan-0',
      expected: { sha256: 'plan-0', repo: HOME },
      disturbance: null,
      paused: null,
      draftDue: false,
      commits: [],
      lastLook: null,
      calibration: null,
      decisions: [],
      spent: { calls: 0, ms: 0, tokens: null, waitedMs: 0 },
    });
  });
});

describe('what a run has spent', () => {
  const TOKENS = { input: 100, cached: 80, output: 10 };

  function spent(...facts: readonly Fact[]): Run['spent'] {
    return runOf([started(), opened(1), ...facts]).spent;
  }

  it('counts a call when it starts, its time and tokens when it ends', () => {
    expect(spent(callStarted(1, 'review-1'))).toEqual({ calls: 1, ms: 0, tokens: null, waitedMs: 0 });
    expect(spent(...called(1, 'review-1', { tokens: TOKENS }))).toEqual({
      calls: 1,
      ms: 1000,
      tokens: TOKENS,
      waitedMs: 0,
    });
  });

  it('adds up, and takes calls without tokens for none', () => {
    const calls = [
      ...called(1, 'review-1', { tokens: TOKENS }),
      ...failedCall(1, 'review-2', 'timeout'),
      ...called(1, 'review-3', { tokens: TOKENS }),
    ];

    expect(spent(...calls)).toEqual({
      calls: 3,
      ms: 3000,
      tokens: { input: 200, cached: 160, output: 20 },
      waitedMs: 0,
    });
  });

  it('counts waiting apart', () => {
    expect(spent({ type: 'limit.waited', round: 1, until: '2026-01-01T10:00:00Z', waited_ms: 5000 })).toEqual(
      {
        calls: 0,
        ms: 0,
        tokens: null,
        waitedMs: 5000,
      },
    );
  });
});

describe('a round', () => {
  it('keeps what it was decided on', () => {
    const [round] = runOf([started(), ...resolved(1)]).rounds;

    expect(round).toMatchObject({
      number: 1,
      baseline: opened(1),
      looks: 1,
      review: { call: 'review-1' },
      stuck: null,
      edits: { result: 'fits' },
      drift: { ok: true },
      applied: { sha256_after: 'plan-1' },
      commit: { sha: 'head-1' },
      how: 'edited',
    });
    expect(round?.calls.map(({ started: { call }, finished }) => [call, finished?.outcome])).toEqual([
      ['review-1', 'ok'],
      ['fix-1', 'ok'],
    ]);
  });

  it('is unedited where its journal calls it declined', () => {
    const [round] = runOf([started(), ...sent(1), closed(1, 'declined')]).rounds;

    expect(round?.how).toBe('unedited');
  });

  it('numbers its calls by purpose, those that failed too', () => {
    const run = runOf([
      started(),
      opened(1),
      ...failedCall(1, 'review-1', 'timeout'),
      callStarted(1, 'review-2'),
      callFinished(1, 'review-2'),
    ]);

    expect([nextCallId(run, 'review'), nextCallId(run, 'second-look'), nextCallId(run, 'fix')]).toEqual([
      'review-3',
      'second-look-1',
      'fix-1',
    ]);
  });

  it('counts the second look', () => {
    expect(runOf(POSITIONS['look again']).rounds[0]?.looks).toBe(1);
    expect(runOf([...POSITIONS['look again'], callStarted(1, 'second-look-1')]).rounds[0]?.looks).toBe(2);
  });
});

describe('the bytes and the place a run expects', () => {
  function expected(...facts: (Fact | readonly Fact[])[]): Run['expected'] {
    return runOf([started(), ...facts.flat()]).expected;
  }

  it.each([
    ['at the start', [], 'plan-0', 'head-0'],
    ['while an edit is only proposed', fitting(1), 'plan-0', 'head-0'],
    ['once it is written', [...fitting(1), applied(1, ['F1'])], 'plan-1', 'head-0'],
    ['once it is committed', resolved(1), 'plan-1', 'head-1'],
    [
      'when a hook rewrote it and went through',
      [...fitting(1), applied(1, ['F1']), committed(1, { plan_sha256: 'formatted' })],
      'formatted',
      'head-1',
    ],
    [
      'when a hook rewrote it and failed',
      [...fitting(1), applied(1, ['F1']), commitFailed(1, { plan_sha256: 'formatted' })],
      'formatted',
      'head-0',
    ],
  ] as const)('%s', (_, facts, sha256, head) => {
    expect(expected(facts)).toEqual({ sha256, repo: { ...HOME, head } });
  });
});

describe('the end of a run', () => {
  it('says what is open and handed over, and what the last look parked', () => {
    const left = sent(1, ['F1', 'F2', 'F3'], {
      findings: ['F1', 'F2'],
      handed_over: [{ id: 'F3', because: 'stuck', why: '' }],
    });
    const fixed = [
      ...called(1, 'fix-1'),
      editsRead(1, 'fits'),
      drift(1, []),
      applied(1, ['F1']),
      committed(1),
      closed(1),
    ];
    const facts = [
      started({ max_rounds: 1 }),
      ...left,
      ...fixed,
      ...called(1, 'last-look-1'),
      looked(1, [finding('F4')]),
    ];

    expect(runOf(ended(facts)).position).toMatchObject({
      at: 'finished',
      outcome: { status: 'completed_cap', reason: 'cap', unresolved: ['F2', 'F3'], parked: ['F4'] },
      before: { at: 'looked' },
    });
  });
});
