import { readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { ParseError } from 'jsonc-parser';
import { isBelow } from '../process/is-below.ts';
import { badConfig, badValue, noConfigFile, unknownKey } from '../errors/cli.ts';
import { configKey, OPTIONS } from './option-table.ts';
import { readValue, type Value } from './values.ts';

export const PROJECT_FILE = '.refine-plan.json';

/** Prompts that a config file may replace, each by the path of a template. */
export const PROMPT_NAMES = [
  'review',
  'lens-1',
  'lens-2',
  'lens-3',
  'retry',
  'arbitrate',
  'fix-patch',
  'fix-in-place',
  'send-back',
  'verify',
  'delta',
] as const;

export type PromptName = (typeof PROMPT_NAMES)[number];

/** A config file, read and checked: values by option name, replaced prompts, and the file it is. */
export type ConfigFile = {
  readonly path: string;
  readonly values: ReadonlyMap<string, Value>;
  readonly prompts: ReadonlyMap<PromptName, string>;
  /** Repositories whose own files are trusted; absolute paths. It counts in the user's own file alone. */
  readonly trustedProjects: readonly string[];
};

/** The user's own config file: `$XDG_CONFIG_HOME/refine-plan/config.json`. A relative directory would be whatever lies there. */
export function userConfigPath(env: NodeJS.ProcessEnv): string {
  const xdg = env['XDG_CONFIG_HOME'] ?? '';
  const base = isAbsolute(xdg) ? xdg : join(env['HOME'] || homedir(), '.config');
  return join(base, 'refine-plan', 'config.json');
}

/** The most bytes that a repository's own file may have. */
const LARGEST = 1024 * 1024;

/** Refuses a file of a repository that is none: a link out of it, a device, something huge. One that is not there is fine. */
export async function refuseOddFile(path: string, root: string): Promise<void> {
  const real = await realpath(path).catch(() => null); // not there, or a link to nowhere: reading it will tell
  if (real === null) return;
  if (!isBelow(real, await realpath(root)))
    throw badConfig(path, 'it is a link that leads out of the repository');
  const about = await stat(real);
  if (!about.isFile()) throw badConfig(path, 'it is not a regular file');
  if (about.size > LARGEST) throw badConfig(path, `it is larger than ${LARGEST} bytes`);
}

/** Reads a config file: JSON with comments, never executed. Undefined when there is none and none is required. */
export async function readConfigFile(
  path: string,
  { isRequired = false } = {},
): Promise<ConfigFile | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw badConfig(path, error.message);
  });
  if (text === undefined) {
    if (isRequired) throw noConfigFile(path);
    return undefined;
  }
  return { path, ...check(await parseConfig(text.replace(/^\ufeff/, ''), path), path) };
}

async function parseConfig(text: string, path: string): Promise<Record<string, unknown>> {
  const { parse, printParseErrorCode } = await import('jsonc-parser'); // paid for only where there is a file
  const errors: ParseError[] = [];
  const value = attempt(() => parse(text, errors, { allowTrailingComma: true }) as unknown, path);
  const [first] = errors;
  if (first) {
    const line = text.slice(0, first.offset).split('\n').length;
    throw badConfig(path, `${printParseErrorCode(first.error)} in line ${line}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badConfig(path, 'it is not an object');
  return value as Record<string, unknown>; // a JSON object, as checked
}

/** The parser calls itself for every bracket. */
function attempt(parse: () => unknown, path: string): unknown {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) throw badConfig(path, 'it is nested too deeply');
    throw error;
  }
}

function check(config: Record<string, unknown>, path: string): Omit<ConfigFile, 'path'> {
  const byKey = new Map(OPTIONS.map((spec) => [configKey(spec.name), spec]));
  const values = new Map<string, Value>();
  let prompts: ReadonlyMap<PromptName, string> = new Map();
  let trustedProjects: readonly string[] = [];
  for (const [key, raw] of Object.entries(config)) {
    const spec = byKey.get(key);
    if (spec) values.set(spec.name, readValue(spec, raw, `${path}, "${key}"`));
    else if (key === 'prompts') prompts = readPrompts(raw, path);
    else if (key === 'trustedProjects') trustedProjects = readPaths(raw, `${path}, "${key}"`);
    else if (key !== '$schema') throw unknownKey(key, path, [...byKey.keys(), 'prompts', 'trustedProjects']);
  }
  return { values, prompts, trustedProjects };
}

function readPaths(raw: unknown, where: string): readonly string[] {
  const isPaths = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((path) => typeof path === 'string' && isAbsolute(path));
  if (!isPaths(raw)) throw badValue({ value: raw, where, allowed: 'a list of absolute paths' });
  return raw;
}

function readPrompts(raw: unknown, path: string): Map<PromptName, string> {
  const where = `${path}, "prompts"`;
  const prompts = new Map<PromptName, string>();
  if (typeof raw !== 'object' || raw === null)
    throw badValue({ value: raw, where, allowed: 'an object of template paths' });
  for (const [name, file] of Object.entries(raw)) {
    const known = PROMPT_NAMES.find((prompt) => prompt === name);
    if (!known || typeof file !== 'string')
      throw badValue({ value: name, where, allowed: `paths for ${PROMPT_NAMES.join(', ')}` });
    prompts.set(known, file);
  }
  return prompts;
}
