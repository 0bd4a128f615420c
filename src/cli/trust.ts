import { realpath } from 'node:fs/promises';
import { inert } from '../lib/commit-text.ts';
import { oneLine } from '../lib/text.ts';
import { configKey, type OptionSpec } from './option-table.ts';
import type { Value } from './values.ts';

/** What holds without the project file, as far as it says how much may be spent. */
export type Allowance = (name: string) => Value;

/**
 * Whether a setting of a repository's own file takes effect only where the repository is trusted: because it says what runs
 * here, what agents are told or given, or where files go; because it gives up a guard; or because a commit would sign for
 * somebody, or set something off, by it.
 */
export function needsTrust({ name, kind }: OptionSpec, value: Value, allowance: Allowance): boolean {
  if (ALWAYS.has(name)) return true;
  if (kind === 'agent' || kind === 'agents') return textsOf(value).some((text) => text.startsWith('cmd:'));
  if (name in WEAKER) return value === WEAKER[name];
  if (name in HIGHEST) return !isWithin(value, HIGHEST[name] ?? 0) || (value === 0 && BOUNDS.has(name));
  if (BUDGETS.has(name)) return raises(value, allowance(name));
  return name === 'commit-trailer' && textsOf(value).some(acts);
}

const ALWAYS: ReadonlySet<string> = new Set([
  'agent-config',
  'notify-command',
  'pass-env',
  'report',
  'state-root',
]);

/** Answers that give up what the unattended default guards. */
const WEAKER: Readonly<Record<string, Value>> = {
  'on-drift': 'accept',
  'on-external-edit': 'take',
  'on-repo-change': 'continue',
  'fail-on': 'none',
  // In CI nobody could answer.
  unattended: false,
};

const HOUR = 3_600_000;

/** Above these, a repository holds up or charges whoever looks at it, or has findings hidden that are likelier than not. */
const HIGHEST: Readonly<Record<string, number>> = {
  timeout: HOUR,
  'idle-timeout': HOUR,
  'wait-for-limit': HOUR,
  'git-timeout': HOUR,
  'max-rounds': 20,
  'confidence-floor': 0.5,
};

/** Of these, 0 means none. */
const BOUNDS: ReadonlySet<string> = new Set(['timeout', 'idle-timeout', 'git-timeout']);

const BUDGETS: ReadonlySet<string> = new Set(['max-calls', 'max-minutes', 'max-tokens']);

/** Does a trailer sign for somebody, have checks skipped, close a ticket or call somebody, as it will stand in a commit? */
function acts(trailer: string): boolean {
  const line = oneLine(trailer); // what is invisible is gone by then
  return ATTESTS.test(line) || inert(line) !== line;
}

/** Signed-off-by, Reviewed-by and their like; and the trailer by which a server skips its checks. */
const ATTESTS = /^[\w-]*-by:|^skip-checks:/i;

function isWithin(value: Value, highest: number): boolean {
  return typeof value === 'number' && value <= highest;
}

/** More than the user's own budget; where they have none, any budget is less than that. */
function raises(value: Value, own: Value): boolean {
  return typeof value === 'number' && typeof own === 'number' && value > own;
}

function textsOf(value: Value): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value : [];
}

/** Does a user's list of trusted repositories name this one? Real paths are compared, so no link leads in. */
export async function isTrusted(root: string, trusted: readonly string[]): Promise<boolean> {
  const real = await realpath(root);
  const named = await Promise.all(trusted.map((path) => realpath(path).catch(() => null))); // one may be gone by now
  return named.includes(real);
}

/** A setting as a sentence names it. */
export function keyText({ name }: OptionSpec): string {
  return `"${configKey(name)}"`;
}
