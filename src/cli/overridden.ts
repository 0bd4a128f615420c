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
  const agent = (role: 'reviewer' | 'implementer' | 'verifier'): string => {
    const given = flags.get(role);
    return typeof given === 'string' ? given : recorded[role];
  };
  const now = settingsFrom(resolution, {
    reviewer: agent('reviewer'),
    implementer: agent('implementer'),
    verifier: agent('verifier'),
  });
  const given = new Set([...flags.keys()].map(settingKey));
  const policies = Object.fromEntries(
    Object.entries(recorded.policies).map(([key, value]) => [
      key,
      given.has(`on_${key}`) ? now.policies[key as keyof Settings['policies']] : value,
    ]),
  ) as Settings['policies']; // the same keys, each from one of two policies
  const own = Object.entries(now).filter(([key]) => key !== 'policies' && given.has(key.replace(/_ms$/, '')));
  return { ...recorded, ...Object.fromEntries(own), policies };
}

function settingKey(name: string): string {
  return name === 'commit-trailer' ? 'commit_trailers' : name.replaceAll('-', '_');
}
