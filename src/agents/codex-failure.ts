import type { FailureKind } from '../core/failure.ts';

/** What a message of codex means; undefined where nothing in it is known. */
export function codexKind(message: string): FailureKind | undefined {
  return USAGE_LIMIT.test(message)
    ? 'usage-limit'
    : (statusKind(message) ?? WORDS.find(([, words]) => words.test(message))?.[0]);
}

const USAGE_LIMIT = /hit your usage limit/i;

/** A status is more telling than the body after it, which may be anything. */
function statusKind(message: string): FailureKind | undefined {
  const status = Number(
    /unexpected status (\d{3})/.exec(message)?.[1] ?? /last status: (\d{3})/.exec(message)?.[1],
  );
  if (Number.isNaN(status)) return undefined;
  if (status >= 500) return 'overloaded';
  return STATUS[status] ?? (UNKNOWN_MODEL.test(message) ? 'unknown-model' : 'bad-request');
}

const UNKNOWN_MODEL = /model\b.*(?:does not exist|not supported|not found|not available)/i;

const STATUS: Readonly<Record<number, FailureKind>> = {
  401: 'auth',
  402: 'quota',
  403: 'auth',
  408: 'disconnected',
  413: 'too-large',
  429: 'overloaded',
};

/** The first that matches counts: a broken stream may name the reason it broke for. */
const WORDS: readonly (readonly [FailureKind, RegExp])[] = [
  ['quota', /quota exceeded|insufficient_quota|out of credits|spend cap|with your chatgpt plan, upgrade/i],
  [
    'auth',
    /sign in again|not logged in|access token could not be refreshed|missing environment variable|api key|unauthorized/i,
  ],
  ['context-too-long', /context window|context_length_exceeded/i],
  ['too-large', /exceeds the maximum length|input_too_large|max_output_tokens/i],
  ['refused', /invalid prompt|usage polic|content_filter/i],
  [
    'bad-request',
    /invalid schema|invalid_json_schema|model provider|no longer supported|unexpected argument|invalid value|no prompt provided/i,
  ],
  ['unknown-model', UNKNOWN_MODEL],
  ['overloaded', /rate limit|too many requests|high demand|at capacity|overloaded/i],
  [
    'disconnected',
    /stream disconnected|connection failed|error sending request|transport error|idle timeout waiting/i,
  ],
];
