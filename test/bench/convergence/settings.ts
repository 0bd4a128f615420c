import type { Policies, Settings } from '../../../src/core/settings.ts';

/** What a run of the benchmark is asked to do, as far as it differs from the usual. */
export type Given = Partial<Omit<Settings, 'policies'>> & { readonly policies?: Partial<Policies> };

/** A bare loop: no commits, no budget, nobody to ask. */
export const SETTINGS: Settings = {
  max_rounds: 30,
  confidence_floor: 0.3,
  reviewer: 'cmd:review',
  further_reviewers: [],
  implementer: 'cmd:implement',
  verifier: 'cmd:verify',
  arbiter: null,
  arbiter_from_round: 1,
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
  commit: false,
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
