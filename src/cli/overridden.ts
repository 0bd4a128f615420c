import type { Settings } from '../core/settings.ts';
import type { CommonFlags } from './flags.ts';
import type { Resolution } from './resolve.ts';
import { settingsFrom } from './settings.ts';

/** The settings a run recorded, with what the resuming command line, and only it, says otherwise. */
export function overridden(
  recorded: Settings,
  resolution: Resolution,
  flags: CommonFlags['settings'],
): Settings {
  const agents = agentsOf(recorded, flags);
  const now = settingsFrom(resolution, agents);
  const given = new Set([...flags.keys()].map(settingKey));
  const policies = Object.fromEntries(
    Object.entries(recorded.policies).map(([key, value]) => [
      key,
      given.has(`on_${key}`) ? now.policies[key as keyof Settings['policies']] : value,
    ]),
  ) as Settings['policies']; // the same keys, each from one of two policies
  const own = Object.entries(now).filter(([key]) => key !== 'policies' && given.has(key.replace(/_ms$/, '')));
  return { ...recorded, ...Object.fromEntries(own), verifier: agents.verifier, policies };
}

/** A verifier that is the recorded reviewer was most likely nobody's choice, so it goes along with another reviewer. */
function agentsOf(
  recorded: Settings,
  flags: CommonFlags['settings'],
): Pick<Settings, 'reviewer' | 'implementer' | 'verifier'> {
  const given = (role: string): string | undefined => {
    const value = flags.get(role);
    return typeof value === 'string' ? value : undefined;
  };
  const reviewer = given('reviewer') ?? recorded.reviewer;
  return {
    reviewer,
    implementer: given('implementer') ?? recorded.implementer,
    verifier: given('verifier') ?? (recorded.verifier === recorded.reviewer ? reviewer : recorded.verifier),
  };
}

function settingKey(name: string): string {
  return name === 'commit-trailer' ? 'commit_trailers' : name.replaceAll('-', '_');
}
