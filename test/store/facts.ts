import type { Fact, FactOf } from '../../src/core/fact.ts';
import { openJournal } from '../../src/store/journal.ts';

const CALL = {
  call: 'review-1',
  round: 1,
  role: 'reviewer',
  purpose: 'review',
  agent: 'cmd',
  seat: 0,
} as const;

export const CALL_STARTED: Fact = {
  type: 'call.started',
  ...CALL,
  model: null,
  effort: null,
  prompt: 'round-01/prompt-review-1.md',
  prompt_sha256: '0',
};

/** The first fact of a run of this plan. */
export function runStarted(plan: string, kind: 'refine' | 'review' = 'refine'): FactOf<'run.started'> {
  return {
    type: 'run.started',
    format: 1,
    tool_version: '0.0.0',
    kind,
    plan: { path: plan, relative: 'plan.md', slug: 'plan' },
    repo: null,
    sha256: '0',
    bytes: 1,
    dirty: 'clean',
    prompts: {},
    settings: {
      max_rounds: 3,
      confidence_floor: 0.3,
      reviewer: 'codex',
      further_reviewers: [],
      implementer: 'codex',
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
    },
  };
}

export function roundStarted(round: number, sentinel = 'naïve `id`'): FactOf<'round.started'> {
  const sentinels = [{ text: sentinel, line: 3 }];
  return { type: 'round.started', round, mode: 'review', sha256: '0', lines: 9, sentinels, marker_lines: 1 };
}

export function runFinished(): FactOf<'run.finished'> {
  return {
    type: 'run.finished',
    status: 'completed_clean',
    reason: null,
    exit_code: 0,
    message: 'The last review raised nothing actionable.',
    rounds: 1,
    calls: 1,
    tokens: null,
    commits: [],
    unresolved: [],
    parked: [],
    card: CARD,
  };
}

/** What a run says of itself that raised nothing. */
export const CARD: FactOf<'run.finished'>['card'] = {
  sha256_before: '0',
  sha256_after: '0',
  raised: 0,
  actionable: 0,
  ruled_out: 0,
  filtered: 0,
  void: 0,
  settled: 0,
  closed: 0,
  lapsed: 0,
  addressed: 0,
  handed_over: 0,
  open: 0,
  regressions: 0,
  author: [0],
  fixes: [0],
  reproduction: null,
  reverted: 0,
  grown: 0,
  growth: 0,
  unseen: null,
  recall: null,
  not_checked: [],
};

/** Writes a journal with these facts, one second apart. */
export async function writeJournal(
  path: string,
  run: string,
  facts: readonly Fact[],
  from = 0,
): Promise<void> {
  let second = from;
  const journal = await openJournal(path, run, () => new Date(second++ * 1000));
  for (const fact of facts) await journal.append(fact);
  await journal.close();
}
