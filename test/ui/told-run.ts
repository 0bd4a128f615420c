import { begin, evolve } from '../../src/core/evolve.ts';
import type { Fact, FactOf, Stamped } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { Run } from '../../src/core/run.ts';
import { countBySeverity } from '../../src/core/severity.ts';

/** A run by its facts: the run after each of them, as a listener would hear it. */
export function replayed(facts: readonly [FactOf<'run.started'>, ...Fact[]]): { fact: Stamped; run: Run }[] {
  const [started, ...others] = facts;
  const heard = [{ fact: stamp(started, 0), run: begin('import-20260504T140311Z', started) }];
  for (const [index, fact] of others.entries()) {
    const before = heard.at(-1)?.run;
    if (before) heard.push({ fact: stamp(fact, index + 1), run: evolve(before, fact) });
  }
  return heard;
}

/** The run that all these facts lead to. */
export function runOf(...facts: [FactOf<'run.started'>, ...Fact[]]): Run {
  const last = replayed(facts).at(-1);
  if (!last) throw new Error('There is no fact.');
  return last.run;
}

function stamp(fact: Fact, second: number): Stamped {
  return {
    v: 1,
    ts: new Date(Date.UTC(2026, 4, 4, 14, 3, 11 + second)).toISOString(),
    run: 'import-20260504T140311Z',
    ...fact,
  };
}

type Started = FactOf<'run.started'>;

export function started({
  settings,
  ...change
}: Partial<Omit<Started, 'settings'>> & { settings?: Partial<Started['settings']> } = {}): Started {
  return {
    type: 'run.started',
    format: 1,
    tool_version: '0.1.0',
    kind: 'refine',
    plan: { path: '/repo/docs/plans/foo.md', relative: 'docs/plans/foo.md', slug: 'foo' },
    repo: { root: '/repo', state: { head: '0123456789abcdef', branch: 'main', operation: null } },
    sha256: 'a',
    bytes: 100,
    dirty: 'clean',
    ...change,
    prompts: {},
    settings: {
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
      ...settings,
    },
  };
}

export function roundStarted(
  round: number,
  sentinels: readonly string[] = ['external_id'],
  mode: FactOf<'round.started'>['mode'] = 'review',
): Fact {
  return {
    type: 'round.started',
    round,
    mode,
    sha256: 'a',
    lines: 200,
    sentinels: sentinels.map((text) => ({ text, line: 3 })),
    marker_lines: sentinels.length,
  };
}

type Call = {
  readonly agent?: string;
  readonly ms?: number;
  readonly failure?: string;
  readonly discarded?: string[];
  readonly model?: string;
};

const KINDS = {
  review: { role: 'reviewer', agent: 'codex' },
  'second-look': { role: 'reviewer', agent: 'codex' },
  hunt: { role: 'reviewer', agent: 'codex' },
  audit: { role: 'reviewer', agent: 'codex' },
  arbitrate: { role: 'arbiter', agent: 'claude' },
  fix: { role: 'implementer', agent: 'claude' },
  verify: { role: 'verifier', agent: 'codex' },
  'last-look': { role: 'verifier', agent: 'codex' },
} as const;

/** A call, such as `review-1` or `fix-2`, from its start to its end. */
export function called(
  round: number,
  call: `${keyof typeof KINDS}-${number}`,
  { agent, ms = 161_000, failure, discarded = [], model }: Call = {},
): [Fact, Fact] {
  const purpose = call.replace(/-\d+$/, '') as keyof typeof KINDS; // as the type of the call says
  const seat = purpose === 'hunt' ? Number(call.slice(-1)) - 1 : 0;
  const about = {
    call,
    round,
    purpose,
    seat,
    role: KINDS[purpose].role,
    agent: agent ?? KINDS[purpose].agent,
  };
  const start = { model: model ?? null, effort: null, prompt: 'p.md', prompt_sha256: 'p' };
  const spent = { tokens: { input: 30_000, cached: 0, output: 1000 }, tool_uses: 3, duration_ms: ms };
  const ended = { model: model ?? null, version: null, ...spent, log: 'l.log', discarded };
  return [
    { type: 'call.started', ...about, ...start },
    failure === undefined
      ? {
          type: 'call.finished',
          ...about,
          ...ended,
          outcome: 'ok',
          failure: null,
          answer: `round-01/answer-${call}.txt`,
        }
      : {
          type: 'call.finished',
          ...about,
          ...ended,
          outcome: 'failed',
          failure: crash(failure),
          answer: null,
        },
  ];
}

function crash(message: string): FactOf<'call.finished'>['failure'] {
  return { kind: 'crashed', message, resets_at: null, resets_in_ms: null };
}

export function finding(id: string, change: Partial<Finding> = {}): Finding {
  return {
    id,
    severity: 'high',
    title: 'retry bound missing',
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
    anchor: { how: 'exact', lines: { start: 88, end: 88 }, quote: 'retry', section: [] },
    gate: 'actionable',
    generation: 0,
    parent: null,
    ...change,
  };
}

export function reviewed(round: number, ...findings: Finding[]): FactOf<'review.parsed'> {
  const of = (gate: Finding['gate']): Finding[] => findings.filter((found) => found.gate === gate);
  return {
    type: 'review.parsed',
    round,
    call: 'review-1',
    rung: 'json',
    verdict: of('actionable').length > 0 ? 'needs-attention' : 'approve',
    summary: '',
    counts: countBySeverity(of('actionable')),
    filtered: of('filtered').length,
    void: of('void').length,
    settled: of('settled').length,
    findings,
    looks: [
      {
        call: 'review-1',
        verdict: of('actionable').length > 0 ? 'needs-attention' : 'approve',
        problem: null,
        findings: findings.map(({ id }) => id),
      },
    ],
  };
}

type Fixed = {
  readonly lines: readonly number[];
  readonly sha?: string;
  readonly extraPaths?: string[];
  readonly commits?: boolean;
};

/** What follows when the implementer answered: the edits, the check, the write, the commit and the end of the round. */
export function fixed(
  round: number,
  ids: string[],
  { lines, sha = '3fa9c21d', extraPaths = [], commits = true }: Fixed,
): Fact[] {
  const edits = lines.map((line) => ({ findings: ids, lines: { start: line, end: line } }));
  return [
    {
      type: 'edits.read',
      round,
      call: 'fix-1',
      result: 'fits',
      problem: null,
      summary: '',
      edits,
      declined: [],
      skipped: [],
      outside: [],
      handed_over: [],
      frozen: [],
      sha256: 'b',
      candidate: 'c.md',
    },
    {
      type: 'drift.checked',
      round,
      of: 'edits',
      ok: true,
      lost: [],
      markers_before: 1,
      markers_after: 1,
      handed_over: [],
      edits,
      sha256: 'b',
      candidate: 'c.md',
    },
    {
      type: 'edits.applied',
      round,
      sha256_before: 'a',
      sha256_after: 'b',
      growth: 12,
      findings: ids,
      reverted: [],
      edits,
      changes: [],
      state_before: 'a',
      state_after: 'b',
      hunks: lines.map((line): [number, number, number, number] => [line, 1, line, 1]),
      moves: [],
    },
    ...(commits ? [committed(round, sha, extraPaths)] : []),
    { type: 'round.finished', round, how: 'edited' },
  ];
}

function committed(round: number, sha: string, extraPaths: string[]): Fact {
  return {
    type: 'commit.created',
    round,
    kind: 'round',
    sha,
    plan_sha256: 'b',
    repo: { head: sha, branch: 'main', operation: null },
    extra_paths: extraPaths,
    recognised: false,
  };
}

export function accepted(round: number, ...findings: string[]): FactOf<'findings.accepted'> {
  return {
    type: 'findings.accepted',
    round,
    findings,
    expanded: [],
    design: [],
    guard: [],
    handed_over: [],
    reverts: [],
  };
}

export function closed(round: number): Fact {
  return { type: 'round.finished', round, how: 'reviewed' };
}
