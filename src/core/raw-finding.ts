import { FIX_KINDS, KINDS, type Finding } from './finding.ts';
import { SEVERITIES, type Severity } from './severity.ts';

/** A finding as it was read from an answer: not yet placed in the plan, no id yet. */
export type RawFinding = {
  readonly severity: Severity;
  readonly title: string;
  readonly body: string;
  readonly file: string;
  readonly lines: { readonly start: number; readonly end: number } | null;
  readonly quote: string | null;
  /** The heading that the reviewer says it stands under; empty where it says none. */
  readonly heading: string;
  readonly confidence: number;
  readonly recommendation: string;
  /** One concrete run that ends badly, where the reviewer gave one. */
  readonly instance: string;
  readonly kind: Finding['kind'];
  readonly materialization: number;
  readonly materialization_reason: string;
  readonly cause: string;
  readonly fix_kind: Finding['fix_kind'];
  /** The fields that could not be read as they stood, and were read on the safe side. */
  readonly coerced: readonly string[];
};

/**
 * Reads one finding leniently: an unknown severity is high, an unreadable score is 1.0, unreadable lines are none, a
 * missing text is empty. Whatever was bent is named in `coerced`. Never throws, never drops.
 */
export function readFinding(value: unknown): RawFinding {
  const coerced: string[] = [];
  const from = asRecord(value, coerced);
  const text = (key: string, required = true): string => {
    const found = from[key];
    if (typeof found === 'string') return found;
    if (required || (found !== undefined && found !== null)) coerced.push(key);
    return '';
  };
  const body = text('body');
  const quote = text('quote', false);
  return {
    severity: readSeverity(from['severity'], coerced),
    title: text('title') || firstLine(body),
    body,
    file: text('file'),
    lines: readLines(from, coerced),
    quote: quote.trim() === '' ? null : quote,
    heading: text('section', false),
    confidence: readScore('confidence', from, coerced),
    recommendation: text('recommendation'),
    instance: text('instance', false),
    kind: readChoice('kind', KINDS, 'other', from, coerced),
    materialization: readScore('materialization', from, coerced),
    materialization_reason: text('materialization_reason', false),
    cause: text('cause', false),
    fix_kind: readChoice('fix_kind', FIX_KINDS, 'guard', from, coerced),
    coerced,
  };
}

function asRecord(value: unknown, coerced: string[]): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>; // a plain JSON object has string keys
  }
  coerced.push('finding');
  const said = typeof value === 'string' ? value : jsonOf(value);
  return { title: firstLine(said), body: said };
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return ''; // nested deeper than the stack: there is nothing in it that a person could read
  }
}

function readSeverity(value: unknown, coerced: string[]): Severity {
  const said = typeof value === 'string' ? value.trim().toLowerCase() : '';
  const known = SEVERITIES.find((severity) => severity === said);
  if (known === undefined) coerced.push('severity');
  return known ?? 'high';
}

/** A missing score is 1.0, and so is one that cannot be read. Only the confidence was always asked for. */
function readScore(key: string, from: Record<string, unknown>, coerced: string[]): number {
  const value = from[key];
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  if (key === 'confidence' || (value !== undefined && value !== null)) coerced.push(key);
  return 1;
}

function readChoice<T extends string>(
  key: string,
  choices: readonly T[],
  otherwise: NoInfer<T>,
  from: Record<string, unknown>,
  coerced: string[],
): T {
  const value = from[key];
  const said = typeof value === 'string' ? value.trim().toLowerCase() : value;
  const known = choices.find((choice) => choice === said);
  if (known === undefined && value !== undefined && value !== null) coerced.push(key);
  return known ?? otherwise;
}

function readLines(from: Record<string, unknown>, coerced: string[]): RawFinding['lines'] {
  const start = from['line_start'];
  const end = from['line_end'] ?? start;
  if (isLine(start) && isLine(end) && start <= end) return { start, end };
  if (start !== null && start !== 0) coerced.push('lines'); // null or 0 is a reviewer's plain "no line"
  if (!isLine(start)) return null;
  return isLine(end) ? { start: end, end: start } : { start, end: start };
}

function isLine(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}

function firstLine(text: string): string {
  return (text.trim().split('\n', 1)[0] ?? '').slice(0, 200);
}
