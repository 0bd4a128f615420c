import { QUESTIONS } from '../core/question-names.ts';
import type { Policies, Settings } from '../core/settings.ts';
import type { Resolution } from './resolve.ts';
import type { Value } from './values.ts';

/** The settings that say who is asked. */
export type AgentKey = 'reviewer' | 'further_reviewers' | 'implementer' | 'verifier' | 'arbiter';

/** The settings a run records, from what was resolved. The agents must have been chosen by then. */
export function settingsFrom(resolution: Resolution, agents: Pick<Settings, AgentKey>): Settings {
  const get = (name: string): Value => valueOf(resolution, name);
  return {
    ...agents,
    max_rounds: asNumber(get('max-rounds')),
    confidence_floor: asNumber(get('confidence-floor')),
    arbiter_from_round: asNumber(get('arbiter-from-round')),
    strategy: get('strategy') === 'frozen' ? 'frozen' : 'rounds',
    calibrate: get('calibrate') === true,
    confirm: get('confirm') === true,
    edit_mode: asEditMode(get('edit-mode'), agents.implementer),
    agent_config: get('agent-config') === 'user' ? 'user' : 'isolated',
    pass_env: [...asList(get('pass-env'))],
    timeout_ms: asNumber(get('timeout')),
    idle_timeout_ms: asNumberOrNull(get('idle-timeout')),
    wait_for_limit_ms: asNumber(get('wait-for-limit')),
    max_calls: asNumberOrNull(get('max-calls')),
    max_minutes: asNumberOrNull(get('max-minutes')),
    max_tokens: asNumberOrNull(get('max-tokens')),
    commit: get('commit') === true,
    commit_trailers: [...asList(get('commit-trailer'))],
    git_timeout_ms: asNumber(get('git-timeout')),
    policies: policiesFrom(resolution),
  };
}

/** What was decided beforehand, by flag, environment or file. */
export function policiesFrom(resolution: Resolution): Policies {
  const get = (name: string): Value => valueOf(resolution, name);
  return {
    resume: oneOf(QUESTIONS.resume, get('on-resume')),
    dirty: oneOf(QUESTIONS.dirty, get('on-dirty')),
    stuck: oneOf(QUESTIONS.stuck, get('on-stuck')),
    drift: oneOf(QUESTIONS.drift, get('on-drift')),
    commit_failure: oneOf(QUESTIONS.commit_failure, get('on-commit-failure')),
    design: oneOf(QUESTIONS.design, get('on-design')),
    divergence: oneOf(QUESTIONS.divergence, get('on-divergence')),
    external_edit: oneOf(QUESTIONS.external_edit, get('on-external-edit')),
    repo_change: oneOf(QUESTIONS.repo_change, get('on-repo-change')),
  };
}

export function valueOf(resolution: Resolution, name: string): Value {
  const resolved = resolution.options.get(name);
  if (!resolved) throw new Error(`There is no option ${name}.`);
  return resolved.value;
}

function asNumber(value: Value): number {
  if (typeof value !== 'number') throw new Error(`Not a number: ${String(value)}`);
  return value;
}

function asNumberOrNull(value: Value): number | null {
  return value === null ? null : asNumber(value);
}

function asList(value: Value): readonly string[] {
  return Array.isArray(value) ? value : [];
}

/** A shell command knows nothing of edits as data, so it edits in place unless told otherwise. */
function asEditMode(value: Value, implementer: string): Settings['edit_mode'] {
  if (value === 'patch' || value === 'in-place') return value;
  return implementer.startsWith('cmd:') ? 'in-place' : 'patch';
}

function oneOf<T extends string>(choices: readonly T[], value: Value): T | null {
  return choices.find((choice) => choice === value) ?? null;
}
