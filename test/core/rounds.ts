import type { Fact, FactOf } from '../../src/core/fact.ts';
import { nextStep } from '../../src/core/next-step.ts';
import type { Finding } from '../../src/core/finding.ts';
import { stopCard } from '../../src/core/stop-card.ts';
import { accepted, called, editsRead, finding, HOME, reviewed, runOf } from './facts.ts';

/* Facts from the edits of a round to its end, and whole rounds. */

export function drift(
  round: number,
  lost: readonly string[],
  rest: Partial<FactOf<'drift.checked'>> = {},
): FactOf<'drift.checked'> {
  return {
    type: 'drift.checked',
    round,
    of: 'edits',
    ok: lost.length === 0,
    lost: [...lost],
    markers_before: 1,
    markers_after: 1,
    handed_over: [],
    edits: [],
    sha256: `plan-${round}`,
    candidate: null,
    ...rest,
  };
}

export function applied(
  round: number,
  findings: readonly string[],
  rest: Partial<FactOf<'edits.applied'>> = {},
): FactOf<'edits.applied'> {
  return {
    type: 'edits.applied',
    round,
    sha256_before: `plan-${round - 1}`,
    sha256_after: `plan-${round}`,
    growth: 0,
    findings: [...findings],
    reverted: [],
    edits: [],
    changes: [],
    state_before: `state-${round - 1}`,
    state_after: `state-${round}`,
    hunks: [],
    moves: [],
    ...rest,
  };
}

export function committed(
  round: number,
  rest: Partial<FactOf<'commit.created'>> = {},
): FactOf<'commit.created'> {
  return {
    type: 'commit.created',
    round,
    kind: 'round',
    sha: `head-${round}`,
    plan_sha256: `plan-${round}`,
    repo: { ...HOME, head: `head-${round}` },
    extra_paths: [],
    recognised: false,
    ...rest,
  };
}

export function skipped(round: number, kind: 'draft' | 'round'): FactOf<'commit.skipped'> {
  return { type: 'commit.skipped', round, kind, why: 'same-as-head' };
}

export function commitFailed(
  round: number,
  rest: Partial<FactOf<'commit.failed'>> = {},
): FactOf<'commit.failed'> {
  return {
    type: 'commit.failed',
    round,
    kind: 'round',
    output: 'error: hook declined',
    plan_sha256: `plan-${round}`,
    ...rest,
  };
}

export function closed(
  round: number,
  how: FactOf<'round.finished'>['how'] = 'edited',
): FactOf<'round.finished'> {
  return { type: 'round.finished', round, how };
}

export function decided(question: string, answer: string, about: readonly string[] = []): FactOf<'decision'> {
  return {
    type: 'decision',
    round: 1,
    question,
    about: [...about],
    options: [],
    answer,
    by: 'policy',
    reason: 'why',
    flag: `--on-${question}`,
  };
}

export function planChanged(
  when: FactOf<'plan.changed'>['when'],
  rest: Partial<FactOf<'plan.changed'>> = {},
): FactOf<'plan.changed'> {
  return { type: 'plan.changed', round: 1, expected: 'plan-0', found: 'theirs', when, ...rest };
}

export function repoChanged(rest: Partial<FactOf<'repo.changed'>> = {}): FactOf<'repo.changed'> {
  const to = { ...HOME, branch: 'topic' };
  return { type: 'repo.changed', round: 1, what: 'branch', from: HOME, to, when: 'during-call', ...rest };
}

export function looked(
  round: number,
  findings: readonly Finding[] = [],
  problem: string | null = null,
): FactOf<'last-look.taken'> {
  const call = problem === null ? 'last-look-1' : null;
  return { type: 'last-look.taken', round, call, problem, findings: [...findings] };
}

/** The facts, and the end that the run comes to after them, as the steps would write it. */
export function ended(facts: readonly Fact[]): readonly Fact[] {
  const step = nextStep(runOf(facts));
  if (step.do !== 'finish') throw new Error(`The run goes on: ${step.do}.`);
  return [
    ...facts,
    {
      type: 'run.finished',
      ...step.outcome,
      rounds: 1,
      calls: 1,
      tokens: null,
      commits: [],
      card: stopCard(runOf(facts)),
    },
  ];
}

/** A round up to the point where its edits fit and lose nothing. */
export function fitting(round: number, ids: readonly string[] = ['F1']): readonly Fact[] {
  return [...sent(round, ids), ...called(round, 'fix-1'), editsRead(round, 'fits'), drift(round, [])];
}

/** A round up to what is sent to the implementer. */
export function sent(
  round: number,
  ids: readonly string[] = ['F1'],
  rest: Partial<FactOf<'findings.accepted'>> = {},
): readonly Fact[] {
  return [
    ...reviewed(
      round,
      ids.map((id) => finding(id)),
    ),
    accepted(round, ids, rest),
  ];
}

/** A whole round that resolved its findings and committed. */
export function resolved(round: number, ids: readonly string[] = ['F1']): readonly Fact[] {
  return [...fitting(round, ids), applied(round, ids), committed(round), closed(round)];
}

/** What was read of the arbiter's answer: by default that it rules so. */
export function arbitrationRead(
  round: number,
  rulings: FactOf<'arbitration.read'>['rulings'],
  rest: Partial<FactOf<'arbitration.read'>> = {},
): FactOf<'arbitration.read'> {
  return {
    type: 'arbitration.read',
    round,
    call: 'arbitrate-1',
    result: 'ruled',
    problem: null,
    rulings,
    stacked: [],
    ...rest,
  };
}

/** What was read of a verifier's answer: by default these checks, and nothing else that it noticed. */
export function verificationRead(
  round: number,
  checks: FactOf<'verification.read'>['checks'],
  rest: Partial<FactOf<'verification.read'>> = {},
): FactOf<'verification.read'> {
  return {
    type: 'verification.read',
    round,
    call: 'verify-1',
    result: 'read',
    problem: null,
    checks,
    findings: [],
    ...rest,
  };
}
