import { describe, expect, it } from 'vitest';
import {
  commitQuestion,
  designQuestion,
  dirtyQuestion,
  disturbanceQuestion,
  divergenceQuestion,
  driftQuestion,
  resumeQuestion,
  stuckQuestion,
} from '../../src/core/questions.ts';
import type { Disturbance } from '../../src/core/run.ts';
import {
  accepted,
  editsRead,
  finding,
  HOME,
  opened,
  parsed,
  reviewed,
  runOf,
  settings,
  started,
} from './facts.ts';
import { applied, closed, commitFailed, committed, drift, planChanged, repoChanged } from './rounds.ts';

const RUN = runOf([
  started(),
  ...reviewed(1, [finding('F1', { title: 'No bound' }), finding('F2', { title: '' })]),
]);

describe('an interrupted run', () => {
  it.each([
    ['before its first round; it would go on with round 1', []],
    ['in round 1; it would go on with round 1', [opened(1)]],
    ['in round 1; it would go on with round 2', [opened(1), closed(1)]],
  ])('is told as one %s', (told, facts) => {
    expect(resumeQuestion(runOf([started(), ...facts]))).toEqual({
      name: 'resume',
      about: ['foo-20260101T000000Z'],
      options: ['resume', 'fresh', 'fail'],
      fallback: 'resume',
      attempt: 1,
      why: `Run foo-20260101T000000Z of docs/plans/foo.md was interrupted ${told}.`,
    });
  });
});

it.each([
  ['modified', 'a.md has changes that are not committed.'],
  ['untracked', 'a.md is not in git yet.'],
  ['partly-staged', 'a.md is staged in one version and edited in another.'],
] as const)('a plan that is %s is asked about in words', (dirty, why) => {
  expect(dirtyQuestion('a.md', dirty)).toEqual({
    name: 'dirty',
    about: ['a.md'],
    options: ['baseline', 'fail'],
    fallback: 'baseline',
    attempt: 1,
    why,
  });
});

describe('findings that are raised again', () => {
  it('are named, with whether they had been gone', () => {
    const stuck = [
      { id: 'F1', isRegression: true },
      { id: 'F2', isRegression: false },
      { id: 'F9', isRegression: false },
    ];

    expect(stuckQuestion(RUN, stuck)).toMatchObject({
      about: ['F1', 'F2', 'F9'],
      options: ['retry', 'terminate', 'continue', 'expand'],
      fallback: 'retry',
      why: '3 findings were fixed before and are raised again: F1 (back again) No bound; F2; F9.',
    });
    expect(stuckQuestion(RUN, stuck.slice(1, 2)).why).toBe(
      '1 finding was fixed before and is raised again: F2.',
    );
  });

  it('are given up where nothing keeps the loop from feeding on its fixes', () => {
    const policies = { ...settings().policies, divergence: 'continue' } as const;

    expect(stuckQuestion(runOf([started({ policies })]), [])).toMatchObject({ fallback: 'terminate' });
  });
});

it('findings that ask for another design are named', () => {
  expect(designQuestion(RUN, ['F1', 'F2'])).toMatchObject({
    name: 'design',
    about: ['F1', 'F2'],
    fallback: 'handoff',
    why: '2 findings ask for a change of design: F1 No bound; F2.',
  });
  expect(designQuestion(RUN, ['F9']).why).toBe('1 finding asks for a change of design: F9.');
});

it('a title that goes on and on is asked about by its beginning', () => {
  const title = `No bound ${'and on '.repeat(5000)}`;
  const run = runOf([started(), ...reviewed(1, [finding('F1', { title })])]);

  const asked = [designQuestion(run, ['F1']), stuckQuestion(run, [{ id: 'F1', isRegression: false }])];

  for (const { why } of asked) expect(why).toMatch(/: F1 No bound and on [and on]{1900,1990}…\.$/);
});

it.each([
  [1, 'of 1 fix, 1 finding came.'],
  [2, 'of 2 fixes, 2 findings came.'],
])('a loop that feeds on its %i fixes is told in counts', (times, counts) => {
  const ids = ['F1', 'F2'].slice(0, times);
  const induced = ids.map((id) => finding(`${id}0`, { generation: 1, parent: id }));
  const facts = [
    ...reviewed(
      1,
      ids.map((id) => finding(id)),
    ),
    accepted(1, ids),
    editsRead(1, 'fits'),
    applied(1, ids),
    closed(1),
    opened(2),
    parsed(2, induced),
  ];

  expect(divergenceQuestion(runOf([started(), ...facts]))).toMatchObject({
    name: 'divergence',
    about: [],
    why: `The loop feeds on its own fixes: ${counts}`,
  });
});

describe('text that would be lost', () => {
  it.each([
    [drift(1, ['A']), 'The edit would lose 1 load-bearing string: A.'],
    [drift(1, ['A', 'B']), 'The edit would lose 2 load-bearing strings: A, B.'],
    [drift(1, [], { markers_after: 0 }), 'The edit would lose a **load-bearing** mark.'],
    [
      drift(1, ['A'], { markers_after: 0, of: 'hook' }),
      'What a commit hook, or somebody else meanwhile, made of the plan would lose 1 load-bearing string: A, and a **load-bearing** mark.',
    ],
  ])('is named (%#)', (lost, why) => {
    expect(driftQuestion(lost, true)).toMatchObject({
      name: 'drift',
      about: lost.lost,
      options: ['revert', 'abort', 'accept'],
      fallback: 'revert',
      why,
    });
  });

  it('cannot be taken back where it is there already', () => {
    expect(driftQuestion(drift(1, ['A']), false)).toMatchObject({
      options: ['abort', 'accept'],
      fallback: 'abort',
    });
  });
});

it.each([
  ['error: hook declined', 'error: hook declined.'],
  [' said. \n', 'said.'],
  ['really?', 'really?'],
  ['no!', 'no!'],
  ['(end)', '(end)'],
  ['two. lines\nof it', 'two. lines\nof it.'],
  ['', '(nothing)'],
])('git is quoted when it refuses a commit: %j', (output, said) => {
  expect(commitQuestion(commitFailed(1, { output }), 2)).toEqual({
    name: 'commit_failure',
    about: [],
    options: ['abort', 'retry'],
    fallback: 'abort',
    attempt: 2,
    why: `The commit failed. Git says: ${said}`,
  });
});

describe('a change from elsewhere', () => {
  const asked = (change: Disturbance, facts: Parameters<typeof runOf>[0] = [started()]): unknown =>
    disturbanceQuestion(runOf(facts), change);

  it.each([
    [{ found: null }, 'is gone'],
    [{ unfit: 'blank' }, 'was emptied'],
    [{ unfit: 'binary' }, 'has a NUL byte in it now, and is no text any more'],
    [{ unfit: 'not-utf8' }, 'is no UTF-8 text any more'],
    [{ unfit: 'too-large' }, 'is larger than 10485760 bytes now'],
  ] as const)('that leaves no plan ends the run: %j', (rest, said) => {
    expect(asked(planChanged('between-rounds', rest))).toEqual({
      name: 'external_edit',
      about: ['docs/plans/foo.md'],
      options: ['abort'],
      fallback: 'abort',
      attempt: 1,
      why: `docs/plans/foo.md ${said}.`,
    });
  });

  it.each([
    ['during-call', ' during the round', 'abort'],
    ['before-write', ' during the round', 'abort'],
    ['between-rounds', '', 'take'],
    ['on-resume', '', 'take'],
  ] as const)('%s of the plan is told, and taken only between rounds', (when, during, fallback) => {
    expect(asked(planChanged(when))).toMatchObject({
      options: ['abort', 'take'],
      fallback,
      why: `docs/plans/foo.md was edited by someone else${during}.`,
    });
  });

  it('that comes of committing a draft ends the run, or drafts would have no end', () => {
    const draft = [started(), committed(0, { kind: 'draft' })];
    const again = planChanged('between-rounds');

    expect(asked(again, draft)).toMatchObject({
      options: ['abort'],
      why: 'docs/plans/foo.md was changed again while it was committed as a draft, as by a hook that does not stage what it writes.',
    });
    expect(asked(planChanged('on-resume'), draft)).toMatchObject({ fallback: 'take' });
    expect(asked(again, [...draft, opened(1), closed(1)])).toMatchObject({ fallback: 'take' });
    expect(asked(again, [started(), opened(1), committed(1)])).toMatchObject({ fallback: 'take' });
  });

  it.each([
    [{}, 'the branch is topic, it was main'],
    [
      { from: { ...HOME, branch: null }, to: { ...HOME, branch: null } },
      'the branch is detached, it was detached',
    ],
    [{ what: 'head' }, 'the history was rewritten under the run'],
    [{ what: 'operation', to: { ...HOME, operation: 'rebase' } }, 'a rebase is under way'],
    [{ what: 'operation' }, 'a git operation is under way'],
  ] as const)('of the repository is told: %j', (rest, said) => {
    const change = repoChanged(rest);

    expect(asked(change)).toMatchObject({
      name: 'repo_change',
      about: [change.what],
      fallback: 'abort',
      why: `The repository changed: ${said}.`,
    });
  });
});
