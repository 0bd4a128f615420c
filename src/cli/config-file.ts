import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ParseError } from 'jsonc-parser';
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
};

/** The user's own config file: `$XDG_CONFIG_HOME/refine-plan/config.json`. */
export function userConfigPath(env: NodeJS.ProcessEnv): string {
  return join(
    env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config'),
    'refine-plan',
    'config.json',
  );
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
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) {
    const line = text.slice(0, first.offset).split('\n').length;
    throw badConfig(path, `${printParseErrorCode(first.error)} in line ${line}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badConfig(path, 'it is not an object');
  return value as Record<string, unknown>; // a JSON object, as checked
}

function check(config: Record<string, unknown>, path: string): Pick<ConfigFile, 'values' | 'prompts'> {
  const byKey = new Map(OPTIONS.map((spec) => [configKey(spec.name), spec]));
  const values = new Map<string, Value>();
  let prompts: ReadonlyMap<PromptName, string> = new Map();
  for (const [key, raw] of Object.entries(config)) {
    const spec = byKey.get(key);
    if (spec) values.set(spec.name, readValue(spec, raw, `${path}, "${key}"`));
    else if (key === 'prompts') prompts = readPrompts(raw, path);
    else if (key !== '$schema') throw unknownKey(key, path, [...byKey.keys(), 'prompts']);
  }
  return { values, prompts };
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
