import { replay } from '../../src/core/evolve-all.ts';
import type { Fact, FactOf, Purpose, RepoState } from '../../src/core/fact.ts';
import type { Failure, FailureKind } from '../../src/core/failure.ts';
import type { Finding } from '../../src/core/finding.ts';
import { nextStep } from '../../src/core/next-step.ts';
import type { Outcome } from '../../src/core/fact.ts';
import type { Run } from '../../src/core/run.ts';
import type { Settings } from '../../src/core/settings.ts';
import type { Step } from '../../src/core/step.ts';

/* Facts with everything filled in that a test does not care about. */

export const HOME: RepoState = { head: 'head-0', branch: 'main', operation: null };

const SETTINGS: Settings = {
  max_rounds: 20,
  confidence_floor: 0.3,
  reviewer: 'codex',
  further_reviewers: [],
  implementer: 'claude',
  verifier: 'codex',
  arbiter: null,
  arbiter_from_round: 4,
  strategy: 'rounds',
  calibrate: false,
  confirm: false,
  edit_mode: 'patch',
  agent_config: 'isolated',
  timeout_ms: 0,
  idle_timeout_ms: null,
  wait_for_limit_ms: 0,
  max_calls: null,
  max_minutes: null,
  max_tokens: null,
  commit: true,
  commit_trailers: [],
  git_timeout_ms: 0,
  policies: {
    resume: null,
    dirty: null,
    stuck: null,
    drift: null,
    commit_failure: null,
    design: null,
    divergence: null,
    external_edit: null,
    repo_change: null,
  },
};

export function settings(given: Partial<Settings> = {}): Settings {
  return { ...SETTINGS, ...given };
}

/** The first fact of a run of `docs/plans/foo.md`, whose bytes are `plan-0`. */
export function started(
  given: Partial<Settings> = {},
  rest: Partial<FactOf<'run.started'>> = {},
): FactOf<'run.started'> {
  return {
    type: 'run.started',
    format: 1,
    tool_version: '0.0.0',
    kind: 'refine',
    plan: { path: '/repo/docs/plans/foo.md', relative: 'docs/plans/foo.md', slug: 'foo' },
    repo: { root: '/repo', state: HOME },
    sha256: 'plan-0',
    bytes: 100,
    dirty: 'clean',
    settings: settings(given),
    prompts: {},
    ...rest,
  };
}

export function resumed(rest: Partial<FactOf<'run.resumed'>> = {}): FactOf<'run.resumed'> {
  return {
    type: 'run.resumed',
    tool_version: '0.0.0',
    settings: SETTINGS,
    changed: [],
    reopened: false,
    sha256: 'plan-0',
    repo: HOME,
    moved: null,
    ...rest,
  };
}

/** The run that these facts make. */
export function runOf(facts: Iterable<Fact>): Run {
  const run = replay('foo-20260101T000000Z', facts);
  if (!run) throw new Error('A run begins with run.started.');
  return run;
}

/** What comes next after these facts. */
export function after(...facts: readonly (Fact | readonly Fact[])[]): Step {
  return nextStep(runOf(facts.flat()));
}

/** How the run ends after these facts; undefined where it goes on. */
export function endingAfter(...facts: readonly (Fact | readonly Fact[])[]): unknown {
  const step = after(...facts);
  return step.do === 'finish' ? ending(step.outcome) : undefined;
}

function ending({ status, reason, exit_code: code }: Outcome): unknown {
  return reason === null ? [status, code] : [status, reason, code];
}

export function opened(
  round: number,
  sha256 = `plan-${round - 1}`,
  mode: FactOf<'round.started'>['mode'] = 'review',
): FactOf<'round.started'> {
  return {
    type: 'round.started',
    round,
    mode,
    sha256,
    lines: 10,
    sentinels: [{ text: 'RETRY_MAX', line: 3 }],
    marker_lines: 1,
  };
}

type CallName = `${Purpose}-${number}`;

export function callStarted(round: number, call: CallName, seat = 0): FactOf<'call.started'> {
  return {
    type: 'call.started',
    ...about(round, call, seat),
    model: null,
    effort: null,
    prompt: 'prompt',
    prompt_sha256: 'p',
  };
}

function about(
  round: number,
  call: CallName,
  seat = 0,
): Pick<FactOf<'call.started'>, 'call' | 'round' | 'role' | 'purpose' | 'agent' | 'seat'> {
  const purpose = call.replace(/-\d+$/, '') as Purpose; // by the type of the name
  return { call, round, role: ROLES[purpose] ?? 'reviewer', purpose, agent: 'codex', seat };
}

const ROLES: Partial<Record<Purpose, FactOf<'call.started'>['role']>> = {
  fix: 'implementer',
  arbitrate: 'arbiter',
  verify: 'verifier',
  'last-look': 'verifier',
};

export function callFinished(
  round: number,
  call: CallName,
  rest: Partial<FactOf<'call.finished'>> = {},
): FactOf<'call.finished'> {
  return {
    type: 'call.finished',
    ...about(round, call),
    outcome: rest.failure ? 'failed' : 'ok',
    failure: null,
    model: null,
    version: null,
    tokens: null,
    tool_uses: 0,
    duration_ms: 1000,
    answer: rest.failure ? null : 'answer',
    log: 'log',
    discarded: [],
    ...rest,
  };
}

/** A call that was answered. */
export function called(
  round: number,
  call: CallName,
  rest: Partial<FactOf<'call.finished'>> = {},
): readonly Fact[] {
  return [callStarted(round, call), callFinished(round, call, rest)];
}

/** A call that failed before there was an answer. */
export function failedCall(
  round: number,
  call: CallName,
  kind: FailureKind,
  rest: Partial<Failure> = {},
): readonly Fact[] {
  return called(round, call, { failure: failure(kind, rest) });
}

export function failure(kind: FailureKind, rest: Partial<Failure> = {}): Failure {
  return { kind, message: `It failed: ${kind}.`, resets_at: null, resets_in_ms: null, ...rest };
}

export function finding(id: string, rest: Partial<Finding> = {}): Finding {
  return {
    id,
    severity: 'high',
    title: `title of ${id}`,
    body: '',
    file: 'docs/plans/foo.md',
    confidence: 0.9,
    recommendation: '',
    instance: '',
    kind: 'other',
    materialization: 1,
    materialization_reason: '',
    cause: '',
    fix_kind: 'guard',
    coerced: [],
    anchor: { how: 'lines', lines: { start: 5, end: 5 }, quote: null, section: [] },
    gate: 'actionable',
    generation: 0,
    parent: null,
    ...rest,
  };
}

export function parsed(
  round: number,
  findings: readonly Finding[],
  rest: Partial<FactOf<'review.parsed'>> = {},
): FactOf<'review.parsed'> {
  return {
    type: 'review.parsed',
    round,
    call: 'review-1',
    rung: 'json',
    verdict: findings.length > 0 ? 'needs-attention' : 'approve',
    summary: '',
    counts: { critical: 0, high: 0, medium: 0, low: 0 },
    filtered: 0,
    void: 0,
    settled: 0,
    findings: [...findings],
    looks: [{ call: 'review-1', verdict: 'approve', problem: null, findings: findings.map(({ id }) => id) }],
    ...rest,
  };
}

export function unreadable(round: number, call: CallName): FactOf<'review.unreadable'> {
  return { type: 'review.unreadable', round, call, problem: 'It is empty.', excerpt: '' };
}

/** A round up to its parsed review. */
export function reviewed(
  round: number,
  findings: readonly Finding[],
  rest: Partial<FactOf<'review.parsed'>> = {},
): readonly Fact[] {
  return [opened(round), ...called(round, 'review-1'), parsed(round, findings, rest)];
}

export function accepted(
  round: number,
  findings: readonly string[],
  rest: Partial<FactOf<'findings.accepted'>> = {},
): FactOf<'findings.accepted'> {
  return {
    type: 'findings.accepted',
    round,
    findings: [...findings],
    expanded: [],
    design: [],
    guard: [],
    handed_over: [],
    reverts: [],
    ...rest,
  };
}

export function editsRead(
  round: number,
  result: FactOf<'edits.read'>['result'],
  rest: Partial<FactOf<'edits.read'>> = {},
): FactOf<'edits.read'> {
  return {
    type: 'edits.read',
    round,
    call: 'fix-1',
    result,
    problem: result === 'fits' ? null : `The edits are ${result}.`,
    summary: '',
    edits: [],
    declined: [],
    skipped: [],
    outside: [],
    handed_over: [],
    frozen: [],
    sha256: `plan-${round}`,
    candidate: 'candidate.md',
    ...rest,
  };
}
