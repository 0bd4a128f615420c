import { describe, expect, it } from 'vitest';
import { replay } from '../../src/core/evolve.ts';
import { Fact } from '../../src/core/fact.ts';
import type { Entry } from '../../src/core/ledger/entry.ts';
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
  parsed,
  reviewed,
  runOf,
  settings,
  started,
} from './facts.ts';
import { NAMES, POSITIONS } from './positions.ts';
import { applied, closed, commitFailed, committed, decided, drift, ended, fitting, looked, resolved, sent } from './rounds.ts';

/** What the ledger says of a finding. */
function entry(id: string, ...facts: (Fact | readonly Fact[])[]): Entry | undefined {
  return runOf([started(), ...facts.flat()]).ledger.get(id);
}

/** Every finding with what became of it. */
function statuses(...facts: (Fact | readonly Fact[])[]): Record<string, string> {
  const { ledger } = runOf([started(), ...facts.flat()]);
  return Object.fromEntries([...ledger].map(([id, { status }]) => [id, status]));
}

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
    expect(runOf([started()])).toEqual({
      id: 'foo-20260101T000000Z',
      kind: 'refine',
      started: started(),
      settings: settings(),
      position: { at: 'opening' },
      rounds: [],
      ledger: new Map(),
      expected: { sha256: 'plan-0', repo: HOME },
      disturbance: null,
      paused: null,
      draftDue: false,
      commits: [],
      lastLook: null,
      decisions: [],
      spent: { calls: 0, ms: 0, tokens: null, waitedMs: 0 },
    });
  });
});

describe('a finding', () => {
  it('is new when it is raised, and open when it is actionable', () => {
    const raised = finding('F1');

    expect(entry('F1', reviewed(1, [raised]))).toEqual({
      finding: raised,
      status: 'open',
      handedOver: null,
      raised: [1],
      sent: [],
      addressedIn: null,
      waived: false,
    });
  });

  it.each([
    ['actionable', 'open'],
    ['filtered', 'filtered'],
    ['void', 'void'],
    ['settled', 'handed-over'],
  ] as const)('that is %s is %s', (gate, status) => {
    expect(statuses(reviewed(1, [finding('F1', { gate })]))).toEqual({ F1: status });
  });

  it('is addressed once the edit for it is written, not before', () => {
    expect(statuses(fitting(1))).toEqual({ F1: 'open' });
    expect(entry('F1', fitting(1), applied(1, ['F1']))).toMatchObject({ status: 'addressed', sent: [1], addressedIn: 1 });
  });

  it('stays open where the edits left it out', () => {
    expect(statuses(fitting(1, ['F1', 'F2']), applied(1, ['F2']))).toEqual({ F1: 'open', F2: 'addressed' });
  });

  it('is open again when it is raised again, and has its history', () => {
    expect(entry('F1', resolved(1), reviewed(2, [finding('F1', { title: 'in other words' })]))).toMatchObject({
      status: 'open',
      finding: { title: 'in other words' },
      raised: [1, 2],
      sent: [1],
      addressedIn: 1,
    });
  });

  it('has lapsed when it was open and a later review does not raise it', () => {
    expect(statuses(sent(1), closed(1, 'dropped'), reviewed(2, [finding('F2')]))).toEqual({ F1: 'lapsed', F2: 'open' });
    expect(statuses(resolved(1), reviewed(2, []))).toEqual({ F1: 'addressed' });
  });

  it('is raised once in a round, though two looks raise it', () => {
    const twice = [...reviewed(1, [finding('F1', { gate: 'void' })]), ...called(1, 'second-look-1'), parsed(1, [finding('F1')])];

    expect(entry('F1', twice)).toMatchObject({ status: 'open', raised: [1] });
  });

  it('moves with the text, whatever became of it', () => {
    const hunks = applied(1, ['F1'], { hunks: [[1, 0, 1, 3]] });
    const both = [...fitting(1), ...[parsed(1, [finding('F2', { gate: 'filtered' })])], hunks];

    expect(entry('F1', both)?.finding.anchor.lines).toEqual({ start: 8, end: 8 });
    expect(entry('F2', both)?.finding.anchor.lines).toEqual({ start: 8, end: 8 });
  });

  it('stays at its lines where the texts were too different to be compared', () => {
    expect(entry('F1', fitting(1), applied(1, ['F1'], { hunks: null }))?.finding.anchor.lines).toEqual({ start: 5, end: 5 });
  });

  it('is waived when the user said to go on with it', () => {
    const answer = decided('stuck', 'continue', ['F1']);

    expect(entry('F1', resolved(1), reviewed(2, [finding('F1')]), answer)).toMatchObject({ waived: true });
    expect(entry('F1', resolved(1), reviewed(2, [finding('F1')]), decided('stuck', 'expand', ['F1']))).toMatchObject({ waived: false });
  });
});

describe('a finding that is left to the user', () => {
  const STUCK = { id: 'F1', because: 'stuck', why: 'It came back.' } as const;
  const LEFT = [...sent(1, ['F1', 'F2'], { findings: ['F2'], handed_over: [STUCK] }), closed(1)];

  it('is so from when the others were accepted', () => {
    expect(entry('F1', LEFT)).toMatchObject({ status: 'handed-over', handedOver: { because: 'stuck' }, sent: [] });
  });

  it.each(['settled', 'filtered', 'void'] as const)('stays so, with the reason, when it is raised again: %s', (gate) => {
    expect(entry('F1', LEFT, reviewed(2, [finding('F1', { gate })]))).toMatchObject({
      status: 'handed-over',
      handedOver: { because: 'stuck', why: 'It came back.' },
      raised: [1, 2],
    });
  });

  it('stays so when it is not raised again', () => {
    expect(statuses(LEFT, reviewed(2, []))).toMatchObject({ F1: 'handed-over' });
  });

  it('is one that was declined, with the reason, or passed over without one', () => {
    const read = editsRead(1, 'fits', { declined: [{ finding: 'F1', reason: 'On purpose.' }], skipped: ['F2'] });
    const facts = [...sent(1, ['F1', 'F2', 'F3']), ...called(1, 'fix-1'), read];

    expect(entry('F1', facts)?.handedOver).toEqual({ because: 'declined', why: 'On purpose.' });
    expect(entry('F2', facts)?.handedOver).toEqual({ because: 'declined', why: 'The implementer passed it over without a reason.' });
    expect(statuses(facts)).toEqual({ F1: 'handed-over', F2: 'handed-over', F3: 'open' });
  });

  it('is not any more when a second try addressed it after all', () => {
    const first = [editsRead(1, 'fits', { declined: [{ finding: 'F1', reason: 'No.' }] }), drift(1, ['RETRY_MAX']), decided('drift', 'revert')];
    const second = [...called(1, 'fix-2'), editsRead(1, 'fits'), drift(1, []), applied(1, ['F1', 'F2'])];

    expect(entry('F1', sent(1, ['F1', 'F2']), called(1, 'fix-1'), first, second)).toMatchObject({ status: 'addressed', handedOver: null });
  });
});

describe('what a run has spent', () => {
  const TOKENS = { input: 100, cached: 80, output: 10 };

  function spent(...facts: readonly Fact[]): Run['spent'] {
    return runOf([started(), opened(1), ...facts]).spent;
  }

  it('counts a call when it starts, its time and tokens when it ends', () => {
    expect(spent(callStarted(1, 'review-1'))).toEqual({ calls: 1, ms: 0, tokens: null, waitedMs: 0 });
    expect(spent(...called(1, 'review-1', { tokens: TOKENS }))).toEqual({ calls: 1, ms: 1000, tokens: TOKENS, waitedMs: 0 });
  });

  it('adds up, and takes calls without tokens for none', () => {
    const calls = [...called(1, 'review-1', { tokens: TOKENS }), ...failedCall(1, 'review-2', 'timeout'), ...called(1, 'review-3', { tokens: TOKENS })];

    expect(spent(...calls)).toEqual({ calls: 3, ms: 3000, tokens: { input: 200, cached: 160, output: 20 }, waitedMs: 0 });
  });

  it('counts waiting apart', () => {
    expect(spent({ type: 'limit.waited', round: 1, until: '2026-01-01T10:00:00Z', waited_ms: 5000 })).toEqual({
      calls: 0,
      ms: 0,
      tokens: null,
      waitedMs: 5000,
    });
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

  it('numbers its calls by purpose, those that failed too', () => {
    const run = runOf([started(), opened(1), ...failedCall(1, 'review-1', 'timeout'), callStarted(1, 'review-2'), callFinished(1, 'review-2')]);

    expect([nextCallId(run, 'review'), nextCallId(run, 'second-look'), nextCallId(run, 'fix')]).toEqual(['review-3', 'second-look-1', 'fix-1']);
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
    ['when a hook rewrote it and went through', [...fitting(1), applied(1, ['F1']), committed(1, { plan_sha256: 'formatted' })], 'formatted', 'head-1'],
    ['when a hook rewrote it and failed', [...fitting(1), applied(1, ['F1']), commitFailed(1, { plan_sha256: 'formatted' })], 'formatted', 'head-0'],
  ] as const)('%s', (_, facts, sha256, head) => {
    expect(expected(facts)).toEqual({ sha256, repo: { ...HOME, head } });
  });
});

describe('the end of a run', () => {
  it('says what is open and handed over, and what the last look parked', () => {
    const left = sent(1, ['F1', 'F2', 'F3'], { findings: ['F1', 'F2'], handed_over: [{ id: 'F3', because: 'stuck', why: '' }] });
    const fixed = [...called(1, 'fix-1'), editsRead(1, 'fits'), drift(1, []), applied(1, ['F1']), committed(1), closed(1)];
    const facts = [started({ max_rounds: 1 }), ...left, ...fixed, ...called(1, 'last-look-1'), looked(1, [finding('F4')])];

    expect(runOf(ended(facts)).position).toMatchObject({
      at: 'finished',
      outcome: { status: 'completed_cap', reason: 'cap', unresolved: ['F2', 'F3'], parked: ['F4'] },
      before: { at: 'looked' },
    });
  });
});
