import type { Settings } from '../core/settings.ts';
import { defaultArbiter, reviewersOf } from './agents.ts';
import type { CommonFlags } from './flags.ts';
import type { Resolution } from './resolve.ts';
import { settingsFrom, valueOf, type AgentKey } from './settings.ts';

/** The settings a run recorded, with what the resuming command line, and only it, says otherwise. */
export function overridden(
  recorded: Settings,
  resolution: Resolution,
  flags: CommonFlags['settings'],
): Settings {
  const agents = agentsOf(recorded, resolution, flags);
  const now = settingsFrom(resolution, agents);
  const given = new Set([...flags.keys()].map(settingKey));
  const policies = Object.fromEntries(
    Object.entries(recorded.policies).map(([key, value]) => [
      key,
      given.has(`on_${key}`) ? now.policies[key as keyof Settings['policies']] : value,
    ]),
  ) as Settings['policies']; // the same keys, each from one of two policies
  const own = Object.entries(now).filter(([key]) => key !== 'policies' && given.has(key.replace(/_ms$/, '')));
  return { ...recorded, ...Object.fromEntries(own), ...agents, policies };
}

/**
 * A verifier that is the recorded reviewer, and an arbiter that is the recorded implementer, were most likely nobody's
 * choice, so they go along with another one.
 */
function agentsOf(
  recorded: Settings,
  resolution: Resolution,
  flags: CommonFlags['settings'],
): Pick<Settings, AgentKey> {
  const given = (role: string): string | undefined => {
    const value = flags.has(role) ? valueOf(resolution, role) : null;
    return typeof value === 'string' ? value : undefined;
  };
  const [reviewer, ...further] = flags.has('reviewer')
    ? reviewersOf(resolution)
    : ([recorded.reviewer, ...recorded.further_reviewers] as const);
  const implementer = given('implementer') ?? recorded.implementer;
  const arbiter =
    given('arbiter') ??
    (recorded.arbiter === defaultArbiter(recorded.implementer)
      ? defaultArbiter(implementer)
      : recorded.arbiter);
  return {
    reviewer,
    further_reviewers: further,
    implementer,
    verifier: given('verifier') ?? (recorded.verifier === recorded.reviewer ? reviewer : recorded.verifier),
    arbiter: arbiter === 'off' ? null : arbiter,
  };
}

function settingKey(name: string): string {
  return name === 'commit-trailer' ? 'commit_trailers' : name.replaceAll('-', '_');
}
