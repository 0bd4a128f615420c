import type { FailureKind } from '../core/failure.ts';

/** What a failed call of claude means: by its own category and words, then by the HTTP status. */
export function claudeKind(hints: {
  readonly status: number | null;
  /** `rate_limit`, `authentication_failed` and the like, where the version tells one. */
  readonly category: string | null;
  readonly message: string;
}): FailureKind {
  const words = WORDS.find(([, pattern]) => pattern.test(hints.message))?.[0];
  const named = hints.category === null ? undefined : CATEGORY[hints.category];
  return words ?? named ?? (hints.status === null ? undefined : statusKind(hints.status)) ?? 'crashed';
}

const WORDS: readonly (readonly [FailureKind, RegExp])[] = [
  ['missing', /native binary not installed/i],
  ['quota', /credit balance|api usage limits|spend limit/i],
  ['usage-limit', /hit your .{0,40}limit|usage limit reached/i],
  ['auth', /not logged in|invalid api key|failed to authenticate|run \/login/i],
  ['unknown-model', /issue with the selected model/i],
  ['context-too-long', /prompt is too long/i],
  ['too-large', /request too large|output token maximum|piped stdin input exceeds/i],
  ['refused', /usage policy|safeguards flagged/i],
  ['overloaded', /overloaded|rejected \(429\)/i],
  [
    'disconnected',
    /unable to connect|connection (?:closed|error|dropped|refused)|empty or malformed response|econn[a-z]+|timed out/i,
  ],
];

const CATEGORY: Readonly<Record<string, FailureKind>> = {
  usage_limit_reached: 'usage-limit',
  billing_error: 'quota',
  authentication_failed: 'auth',
  model_not_found: 'unknown-model',
  max_output_tokens: 'too-large',
  connection_failed: 'disconnected',
  rate_limit: 'overloaded',
  overloaded: 'overloaded',
  overloaded_error: 'overloaded',
  server_error: 'overloaded',
  invalid_request: 'bad-request',
};

function statusKind(status: number): FailureKind | undefined {
  if (status >= 500 || status === 429) return 'overloaded';
  if (status === 401 || status === 403) return 'auth';
  if (status === 402) return 'quota';
  if (status === 413) return 'too-large';
  return status >= 400 ? 'bad-request' : undefined;
}
