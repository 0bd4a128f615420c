import { parseDuration } from '../lib/duration.ts';
import { parseAgentSpec } from '../core/agent-spec.ts';
import { badValue } from '../errors/cli.ts';
import { formatOf, REPORT_ENDINGS } from '../report/formats-by-ending.ts';
import type { OptionSpec } from './option-table.ts';

/** A setting's value, read: durations are milliseconds. */
export type Value = string | number | boolean | readonly string[] | null;

/** Reads a value as it stands in a flag, the environment or a config file. Throws a usage error naming where and what is allowed. */
export function readValue(spec: OptionSpec, raw: unknown, where: string): Value {
  const value = read(spec, raw);
  if (value === undefined) throw badValue({ value: raw, where, allowed: allowed(spec) });
  return value;
}

function read(spec: OptionSpec, raw: unknown): Value | undefined {
  switch (spec.kind) {
    case 'boolean':
      return readBoolean(raw);
    case 'integer':
    case 'float':
      return readNumber(spec, raw);
    case 'list':
      return readList(raw);
    case 'names':
      return readNames(raw);
    case 'reports':
      return readReports(raw);
    case 'duration':
      return typeof raw === 'string' ? parseDuration(raw) : raw === 0 ? 0 : undefined;
    case 'agent':
      return readAgent(spec, raw);
    case 'agents':
      return readAgents(spec, raw);
    case 'enum':
      return typeof raw === 'string' && spec.choices?.includes(raw) ? raw : undefined;
    case 'text':
      return typeof raw === 'string' && raw !== '' ? raw : undefined;
  }
}

function readBoolean(raw: unknown): boolean | undefined {
  if (typeof raw === 'boolean') return raw;
  if (raw === '1' || raw === 'true') return true;
  return raw === '0' || raw === 'false' ? false : undefined;
}

function readNumber({ kind, min, max }: OptionSpec, raw: unknown): number | undefined {
  const number =
    typeof raw === 'number'
      ? raw
      : typeof raw === 'string' && /^(?:\d+(?:\.\d+)?|\.\d+)$/.test(raw)
        ? Number(raw)
        : Number.NaN;
  const fits = number >= (min ?? -Infinity) && number <= (max ?? Number.MAX_SAFE_INTEGER);
  return fits && (kind === 'float' || Number.isInteger(number)) ? number : undefined;
}

function readAgent({ choices }: OptionSpec, raw: unknown): string | undefined {
  return typeof raw === 'string' && (choices?.includes(raw) || parseAgentSpec(raw)) ? raw : undefined;
}

/** As lists are; one alone may stand without its brackets. */
function readAgents(spec: OptionSpec, raw: unknown): readonly string[] | undefined {
  const items = linesOrItems(raw)?.map((item) => readAgent(spec, item));
  if (!items || items.length === 0) return undefined;
  const agents = items.filter((agent) => agent !== undefined);
  return agents.length === items.length ? agents : undefined;
}

/** Lists are arrays in a config file, one item per line in the environment, one per flag on the command line. */
function readList(raw: unknown): readonly string[] | undefined {
  const items = linesOrItems(raw);
  return items?.every((item) => TRAILER.test(item)) ? items : undefined;
}

function readNames(raw: unknown): readonly string[] | undefined {
  const items = linesOrItems(raw);
  return items?.every((item) => NAME.test(item)) ? items : undefined;
}

const NAME = /^[A-Za-z_]\w*$/;

/** On one line, and not the one by which runs know their commits. */
const TRAILER = /^(?!Refine-Plan-Run:)[A-Za-z][\w-]*: \S.*$/i;

/** Files, each with an ending that says in which form the report is to be. */
function readReports(raw: unknown): readonly string[] | undefined {
  const items = linesOrItems(raw);
  return items && items.length > 0 && items.every((item) => formatOf(item) !== undefined) ? items : undefined;
}

function linesOrItems(raw: unknown): readonly string[] | undefined {
  const items = typeof raw === 'string' ? raw.split('\n').filter((line) => line.trim() !== '') : raw;
  return Array.isArray(items) && items.every((item) => typeof item === 'string') ? items : undefined;
}

function allowed({ kind, choices, min, max }: OptionSpec): string {
  switch (kind) {
    case 'boolean':
      return '1, 0, true or false';
    case 'integer':
    case 'float': {
      const what = kind === 'integer' ? 'a whole number' : 'a number';
      return max === undefined ? `${what} from ${min ?? 0}` : `${what} from ${min ?? 0} to ${max}`;
    }
    case 'list':
      return 'items of the form "Key: value"';
    case 'names':
      return 'names of variables, without values';
    case 'reports':
      return `files that end in ${REPORT_ENDINGS.join(', ')}`;
    case 'duration':
      return 'a duration such as 90s, 20m, 1h, or 0';
    case 'agent':
    case 'agents':
      return [
        ...(choices ?? []),
        'codex[:model[:effort]], claude[:model[:effort]] or cmd:<shell command>',
      ].join(', ');
    case 'enum':
      return (choices ?? []).join(', ');
    case 'text':
      return 'a text that is not empty';
  }
}
