import { describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import type { Work } from '../../src/core/run.ts';
import { accepted, called, editsRead, finding, opened, reviewed, runOf, started } from './facts.ts';
import { POSITIONS } from './positions.ts';
import { applied, commitFailed, committed, decided, drift, fitting, resolved } from './rounds.ts';

const EDIT = { findings: ['F1'], lines: { start: 5, end: 5 } };
const BOTH = { findings: ['F1', 'F2'], lines: { start: 7, end: 7 } };

/** What the implementer is asked for where nothing else is said. */
const WORK: Work = { findings: ['F1', 'F2'], expanded: [], design: [], guard: [], reverts: [], sentBack: [] };

/** A round whose implementer has answered. */
function answered(rest: Partial<FactOf<'findings.accepted'>> = {}): readonly Fact[] {
  const found = ['F1', 'F2', 'F3'].map((id) => finding(id));
  return [started(), ...reviewed(1, found), accepted(1, ['F1', 'F2'], rest), ...called(1, 'fix-1')];
}

function left(facts: readonly Fact[]): unknown[] {
  return [...runOf(facts).ledger.values()].flatMap(({ finding: { id }, handedOver }) =>
    handedOver ? [[id, handedOver.because, handedOver.why]] : [],
  );
}

describe('an answer that fits', () => {
  it('is a proposal that is checked next', () => {
    const placed = editsRead(1, 'fits', { edits: [EDIT] });

    expect(runOf([...answered(), placed]).position).toEqual({
      at: 'checking',
      work: WORK,
      proposal: { sha256: 'plan-1', candidate: 'candidate.md', placed, reverts: [] },
    });
  });

  it.each([
    [
      'all that were asked for, where the journal does not say',
      undefined,
      [{ finding: 'F1', because: ['F2', 'F3'], along: [] }],
    ],
    [
      'those it is said to be without',
      [{ finding: 'F1', because: ['F2'], along: ['F9'] }],
      [{ finding: 'F1', because: ['F2'], along: ['F9'] }],
    ],
  ])('takes back %s', (_, reverts, taken) => {
    const asked = answered({ findings: [], reverts: [{ finding: 'F1', because: ['F2', 'F3'] }] });
    const run = runOf([...asked, editsRead(1, 'fits', reverts ? { reverts } : {})]);

    expect(run.position).toMatchObject({ at: 'checking', proposal: { reverts: taken } });
  });

  it('freezes the places it names, beside those that are frozen', () => {
    const [first, second] = [
      { start: 8, end: 9 },
      { start: 2, end: 3 },
    ];
    const fits = editsRead(1, 'fits', { frozen: [first] });
    const again = editsRead(1, 'fits', { frozen: [second] });

    expect(runOf([...answered(), fits]).frozen).toEqual([first]);
    expect(
      runOf([...answered(), fits, drift(1, ['x']), decided('drift', 'revert'), ...called(1, 'fix-2'), again])
        .frozen,
    ).toEqual([first, second]);
  });

  it('names no text where its journal names none', () => {
    const run = runOf([...answered(), editsRead(1, 'fits', { sha256: null, candidate: null })]);

    expect(run.position).toMatchObject({ proposal: { sha256: '', candidate: '' } });
  });
});

describe('an answer that does not fit', () => {
  it.each([
    ['An edit is missing.', 'An edit is missing.'],
    [null, ''],
  ])('is refused with the problem it has: %s', (problem, told) => {
    const run = runOf([...answered(), editsRead(1, 'unfit', { problem })]);

    expect(run.position).toEqual({ at: 'refused', work: WORK, cause: 'unfit', problem: told });
  });

  it('leaves to the user what it declined or passed over, and what code found against it says why', () => {
    const facts = [
      ...answered(),
      editsRead(1, 'declined', {
        declined: [{ finding: 'F1', reason: 'It is right.' }],
        skipped: ['F2', 'F3'],
        handed_over: [
          { id: 'F2', because: 'contested', why: 'Two fixes differ.' },
          { id: 'F1', because: 'growth', why: 'It is too long.' },
        ],
      }),
    ];

    expect(left(facts)).toEqual([
      ['F1', 'growth', 'It is too long.'],
      ['F2', 'contested', 'Two fixes differ.'],
      ['F3', 'declined', 'The implementer passed it over without a reason.'],
    ]);
    expect(runOf(facts).position).toEqual({ at: 'closing', how: 'unedited' });
  });

  it('leaves no edit missing where no finding was to be fixed', () => {
    const asked = answered({ findings: [], reverts: [{ finding: 'F1', because: ['F2'] }] });

    expect(runOf([...asked, editsRead(1, 'unedited')]).position).toEqual({ at: 'closing', how: 'reviewed' });
  });
});

describe('a check of the new text', () => {
  const placed = editsRead(1, 'fits', { edits: [EDIT] });
  const FITS = [...answered(), placed];
  const REVERTS = [{ finding: 'F3', because: ['F2'], along: [] }];

  const { edits: _, ...CHECKED } = drift(1, []);

  it.each<[string, Partial<FactOf<'drift.checked'>>, object]>([
    ['as it was read', {}, { sha256: 'plan-1', candidate: 'candidate.md', placed, reverts: [] }],
    [
      'in the part of it that loses nothing',
      { sha256: 'part', candidate: 'part.md', edits: [BOTH], reverts: REVERTS },
      { sha256: 'part', candidate: 'part.md', placed: { edits: [BOTH] }, reverts: REVERTS },
    ],
  ])('lets it be written %s', (_, rest, proposal) => {
    expect(runOf([...FITS, { ...CHECKED, ...rest }]).position).toEqual({ at: 'writing', proposal });
  });

  it('leaves nothing to write where only the plan as it was loses nothing', () => {
    expect(runOf([...FITS, drift(1, [], { sha256: 'plan-0' })]).position).toEqual({
      at: 'closing',
      how: 'unedited',
    });
  });
});

describe('edits that a person saw', () => {
  const seen = (isApplied: boolean): Fact => ({
    type: 'edits.confirmed',
    round: 1,
    by: 'user',
    applied: isApplied,
  });
  const WRITING = [
    ...answered({ reverts: [{ finding: 'F3', because: ['F4'] }] }),
    editsRead(1, 'fits'),
    drift(1, [], { edits: [EDIT, BOTH] }),
  ];

  it('are written where they are wanted', () => {
    const run = runOf([...WRITING, seen(true)]);

    expect(run.position.at).toBe('writing');
    expect(run.rounds[0]?.seen).toEqual(seen(true));
    expect(left([...WRITING, seen(true)])).toEqual([]);
  });

  it('are dropped where they are not, and so is the fix that was to be taken back', () => {
    const why = 'The fix for it kept creating defects (F4), and was not taken back: you did not want that.';

    expect(left([...WRITING, seen(false)])).toEqual([
      ['F1', 'dropped', 'You did not want its edit.'],
      ['F2', 'dropped', 'You did not want its edit.'],
      ['F3', 'dropped', why],
    ]);
    expect(runOf([...WRITING, seen(false)])).toMatchObject({
      position: { at: 'closing', how: 'unedited' },
      rounds: [{ seen: { applied: false } }],
    });
  });

  it('are not dropped once they are written', () => {
    const written = [...WRITING, applied(1, ['F1'])];

    expect(runOf([...written, seen(false)]).position).toEqual(runOf(written).position);
  });
});

describe('a commit', () => {
  const APPLIED = POSITIONS.commit;

  it('is remembered in its order', () => {
    expect(runOf([started(), ...resolved(1), ...resolved(2)]).commits).toEqual([committed(1), committed(2)]);
  });

  it('of a draft is not checked for what a hook made of it: nothing was reviewed yet', () => {
    const draft = committed(0, { kind: 'draft', plan_sha256: 'formatted' });
    const run = runOf([...POSITIONS['commit a draft'], draft]);

    expect(run).toMatchObject({
      position: { at: 'between' },
      draftDue: false,
      placedIn: 'plan-0',
      expected: { sha256: 'formatted' },
    });
  });

  it('of a round leaves a draft due that was', () => {
    const due = decided('dirty', 'baseline');

    expect(runOf([started(), due, ...fitting(1), applied(1, ['F1']), committed(1)]).draftDue).toBe(true);
  });

  it('that failed before the next try is counted, with the bytes that it was of', () => {
    const run = runOf([...APPLIED, commitFailed(1), commitFailed(1, { plan_sha256: 'formatted' })]);

    expect(run.position).toEqual({
      at: 'committing',
      kind: 'round',
      checked: 'plan-1',
      failed: commitFailed(1, { plan_sha256: 'formatted' }),
      attempts: 2,
      hasTriedFound: false,
      foundOnResume: null,
    });
  });
});

describe('a fact that comes where it has nothing to say', () => {
  const BEGUN = [started(), opened(1)];

  it.each<[string, Fact]>([
    ['an answer', editsRead(1, 'fits', { frozen: [{ start: 1, end: 2 }] })],
    ['a check of edits', drift(1, [])],
    ['a check of what a hook left', drift(1, [], { of: 'hook' })],
  ])('changes nothing: %s', (_, fact) => {
    expect(runOf([...BEGUN, fact])).toStrictEqual(runOf(BEGUN));
  });
});
