import type { Fact } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import { accepted, called, closed, reviewed, roundStarted } from '../ui/told-run.ts';
import { arbitrated, ruling, verified } from '../ui/told-judgements.ts';
import { applied, commit, decision, drift, editsRead, hashOf, PATH, type Taint } from './whole-facts.ts';
import type { Known } from './whole-findings.ts';
import { digest, type Versions } from './whole-versions.ts';

export type Found = (id: Known, change?: Partial<Finding>) => Finding;

export function firstRound(versions: Versions, taint: Taint, found: Found): Fact[] {
  const [start, first] = [versions.start, versions.first];
  const fit = editsRead(1, 'fix-2', first, taint);
  return [
    { ...roundStarted(1, ['event_id', 'signature']), ...hashOf(start) },
    ...called(1, 'review-1', {
      failure: 'The connection was closed before the answer was whole.',
      ms: 12_000,
    }),
    ...called(1, 'review-2', { model: 'gpt-5.5', ms: 214_000 }),
    {
      ...reviewed(1, ...(['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8'] as const).map((id) => found(id))),
      call: 'review-2',
      looks: [
        {
          call: 'review-2',
          verdict: 'needs-attention',
          problem: null,
          findings: ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8'],
        },
      ],
    },
    decision(
      1,
      'design',
      'handoff',
      'flag',
      'One finding asks for a change of design: F3 two deliveries of one event can cross.',
      ['F3'],
    ),
    {
      ...accepted(1, 'F1', 'F2', 'F7', 'F8'),
      handed_over: [
        {
          id: 'F3',
          because: 'design',
          why: taint('Only another order of delivery would resolve it; the plan decided for none.'),
        },
      ],
    },
    ...called(1, 'fix-1', { model: 'claude-fable-5', ms: 61_000 }),
    {
      ...fit,
      call: 'fix-1',
      result: 'unfit',
      problem: taint('The old_text of edit 2 occurs twice in the plan.'),
      declined: [],
      sha256: null,
      candidate: null,
    },
    ...called(1, 'fix-2', { model: 'claude-fable-5', ms: 58_000, discarded: ['notes.txt'] }),
    {
      ...fit,
      declined: [
        {
          finding: 'F7',
          reason: taint('The queue already keeps a week of events; the plan says so in its second section.'),
        },
      ],
    },
    drift(1, first),
    applied(1, start, first, [
      ['F1', 'retries'],
      ['F2', 'secret'],
      ['F8', 'timeout'],
    ]),
    commit(1, first, '3fa9c21d'),
    { type: 'round.finished', round: 1, how: 'edited' },
  ];
}

export function secondRound(versions: Versions, taint: Taint, found: Found): Fact[] {
  const { elsewhere, second, hooked } = versions;
  const ids = ['F9', 'F10', 'F11', 'F12', 'F13', 'F14'] as const;
  return [
    {
      type: 'plan.changed',
      round: 1,
      expected: digest(versions.first),
      found: digest(elsewhere),
      when: 'between-rounds',
    },
    decision(1, 'external_edit', 'take', 'policy', `${PATH} was edited by someone else.`, [PATH]),
    { ...roundStarted(2, ['event_id', 'signature']), ...hashOf(elsewhere) },
    ...called(2, 'review-1', { model: 'gpt-5.5', ms: 187_000 }),
    reviewed(2, ...ids.map((id) => found(id))),
    ...called(2, 'arbitrate-1', { model: 'claude-fable-5', ms: 44_000 }),
    arbitrated(
      2,
      {},
      {
        rulings: [
          ruling('F9', 'actionable', {
            severity: 'high',
            reason: taint('A receiver that is down for a day loses events for good.'),
          }),
          ruling('F10', 'actionable', { severity: 'medium', reason: '' }),
          ruling('F11', 'unlikely', {
            reason: taint('Both regions would have to lose their clocks in the same minute.'),
          }),
          ruling('F12', 'advisory', {
            reason: taint('The dashboard is wanted, and nothing breaks without it.'),
          }),
          ruling('F13', 'prose', { reason: taint('No behaviour would differ.') }),
          ruling('F14', 'actionable', { same_as: 'F9', reason: '' }),
        ],
      },
    ),
    accepted(2, 'F9', 'F10'),
    ...called(2, 'fix-1', { model: 'claude-fable-5', ms: 72_000 }),
    {
      ...editsRead(2, 'fix-1', second, taint),
      outside: [
        {
          findings: ['F10'],
          lines: { start: 3, end: 3 },
          excerpt: taint('Owner: payments and platform, on call'),
          why: 'It lies outside of what its findings are about.',
        },
      ],
    },
    { ...drift(2, second), ok: false, lost: ['event_id'], markers_after: 0 },
    decision(2, 'drift', 'revert', 'policy', 'The edit would lose 1 load-bearing string: event_id.', [
      'event_id',
    ]),
    ...called(2, 'fix-2', { model: 'claude-fable-5', ms: 49_000 }),
    editsRead(2, 'fix-2', second, taint),
    drift(2, second),
    applied(2, elsewhere, second, [
      ['F9', 'parking'],
      ['F10', 'limit'],
    ]),
    commit(2, hooked, '8c41d07e', ['docs/plans/toc.md']),
    { ...drift(2, hooked), of: 'hook' },
    { type: 'round.finished', round: 2, how: 'edited' },
  ];
}

export function thirdRound({ hooked, third }: Versions, taint: Taint, found: Found): Fact[] {
  const ids = ['F2', 'F15', 'F16', 'F17', 'F18', 'F19'] as const;
  return [
    { ...roundStarted(3, ['event_id', 'signature']), ...hashOf(hooked) },
    ...called(3, 'review-1', { model: 'gpt-5.5', ms: 201_000 }),
    reviewed(3, ...ids.map((id) => found(id))),
    ...called(3, 'arbitrate-1', { model: 'claude-fable-5', ms: 38_000 }),
    { ...arbitrated(3, {}), result: 'void', call: 'arbitrate-1', problem: 'It refutes everything, twice.' },
    decision(
      3,
      'stuck',
      'terminate',
      'policy',
      'One finding was fixed before and is raised again: F2 (back again) the secret ends up in the log.',
      ['F2'],
    ),
    {
      type: 'findings.confirmed',
      round: 3,
      by: 'user',
      dropped: [{ id: 'F17', reason: 'We drop the old endpoint next week.' }],
      notes: [{ id: 'F15', note: 'Keep it to one sentence.' }],
    },
    {
      ...accepted(3, 'F15', 'F16'),
      expanded: ['F15'],
      handed_over: [
        { id: 'F2', because: 'stuck', why: 'It was fixed in round 1 and is raised again.' },
        { id: 'F17', because: 'dropped', why: 'We drop the old endpoint next week.' },
        {
          id: 'F18',
          because: 'contested',
          why: `It asks to take back a fix.\nRound 1, for F8: ${JSON.stringify(taint('Wait for an answer.'))} became ${JSON.stringify('Wait ten seconds for an answer.')}.`,
        },
        { id: 'F19', because: 'growth', why: 'Its fix would add more text than a round may add.' },
      ],
    },
    ...called(3, 'fix-1', { model: 'claude-fable-5', ms: 55_000 }),
    editsRead(3, 'fix-1', third, taint),
    drift(3, third),
    applied(3, hooked, third, [
      ['F15', 'jitter'],
      ['F16', 'order'],
    ]),
    commit(3, third, '51be9a30'),
    { type: 'round.finished', round: 3, how: 'edited' },
  ];
}

/** A look at what is open and at the last fix: some of it is closed, and one fix is taken back. */
export function fourthRound({ third, fourth }: Versions, taint: Taint, found: Found): Fact[] {
  const checks = verified(
    4,
    { F1: true, F8: true, F15: true, F16: false },
    found('F20'),
    found('F21', { gate: 'parked' }),
  );
  const why: Readonly<Record<string, string>> = {
    F1: 'Five tries are the end of it; the event is parked then.',
    F15: 'Tries of different receivers no longer fall together.',
    F16: 'The header is sent, and the receiver is not told to look at it.',
  };
  return [
    decision(
      4,
      'divergence',
      'verify',
      'user',
      'The loop feeds on its own fixes: of 7 fixes, 4 findings came.',
      [],
    ),
    { ...roundStarted(4, ['event_id', 'signature'], 'verify'), ...hashOf(third) },
    ...called(4, 'verify-1', { model: 'gpt-5.5', ms: 133_000 }),
    { ...checks, checks: checks.checks.map((check) => ({ ...check, why: taint(why[check.id] ?? '') })) },
    {
      ...accepted(4),
      handed_over: [
        { id: 'F16', because: 'not-fixed', why: 'Two fixes did not close it.' },
        { id: 'F9', because: 'regenerates', why: 'Its fix created F20, and was taken back.' },
      ],
      reverts: [{ finding: 'F9', because: ['F20'] }],
    },
    editsRead(4, '', fourth, taint),
    drift(4, fourth),
    { ...applied(4, third, fourth, [['F9', 'unparking']]), reverted: ['F9'] },
    {
      type: 'commit.failed',
      round: 4,
      kind: 'round',
      output: 'fatal: unable to write new index file',
      plan_sha256: digest(fourth),
    },
    decision(
      4,
      'commit_failure',
      'retry',
      'flag',
      'The commit failed. Git says: fatal: unable to write new index file.',
      [],
    ),
    commit(4, fourth, 'e07f3b12'),
    { type: 'round.finished', round: 4, how: 'edited' },
  ];
}

export function fifthRound({ fourth }: Versions, found: Found): Fact[] {
  return [
    { ...roundStarted(5, ['event_id', 'signature'], 'audit'), ...hashOf(fourth) },
    ...called(5, 'audit-1', { model: 'gpt-5.5', ms: 178_000 }),
    {
      ...reviewed(5, found('F22')),
      call: 'audit-1',
      looks: [{ call: 'audit-1', verdict: 'needs-attention', problem: null, findings: ['F22'] }],
    },
    closed(5),
    ...called(5, 'last-look-1', { model: 'gpt-5.5', ms: 92_000 }),
    { type: 'last-look.taken', round: 5, call: 'last-look-1', problem: null, findings: [found('F23')] },
  ];
}
