import { z } from 'zod';
import type { FailureKind } from '../core/failure.ts';
import { bounded, OVERLONG } from '../core/longest-answer.ts';
import type { ProcessEnd } from '../process/run-process.ts';
import type { Attempt } from './agent-cli.ts';
import { claudeKind } from './claude-failure.ts';
import { exitMessage, failure } from './failures.ts';

const text = z.string().nullish().catch(undefined);
const number = z.number().catch(0);

/** The last event of a call. Its keys come in any order, and more of them with every version. */
export const ClaudeResult = z.object({
  type: z.literal('result'),
  subtype: z.string(),
  is_error: z.boolean().catch(false),
  result: text,
  errors: z.array(z.string()).catch([]),
  stop_reason: text,
  structured_output: z.unknown().optional(),
  api_error: text,
  api_error_status: z.number().nullish().catch(undefined),
  num_turns: z.number().optional().catch(undefined),
  usage: z
    .object({
      input_tokens: number,
      cache_creation_input_tokens: number,
      cache_read_input_tokens: number,
      output_tokens: number,
    })
    .optional()
    .catch(undefined),
  modelUsage: z
    .record(z.string(), z.object({ outputTokens: number }))
    .optional()
    .catch(undefined),
});

export type ClaudeResult = z.infer<typeof ClaudeResult>;

/** The subscription's limit as it was last told; the reset is in seconds since 1970. */
export type Limit = { readonly isRejected: boolean; readonly resetsAt: number | undefined };

type Ended = {
  readonly result: ClaudeResult | undefined;
  readonly isTooLong: boolean;
  readonly end: ProcessEnd;
  readonly category: string | null;
  readonly limit: Limit | null;
  readonly now: Date;
};

/**
 * The answer of a call, or why there is none. An API error is a "success" with `is_error`, and exit code 0 says little:
 * a cut stream, for one, may end with it.
 */
export function claudeAnswer(ended: Ended): Attempt<string> {
  const { result, end } = ended;
  if (!result && ended.isTooLong && end.exitCode === 0) return { ok: true, value: OVERLONG };
  if (!result) return failed(ended, exitMessage('claude', end));
  // It answered, and never in the schema: that is an answer nobody can read, not a failure to reach it.
  if (result.subtype === 'error_max_structured_output_retries') return { ok: true, value: '' };
  if (result.is_error || result.subtype !== 'success') return failed(ended, complaint(result));
  if (end.exitCode !== 0) return failed(ended, exitMessage('claude', end));
  return finished(result) ?? { ok: true, value: bounded(answerIn(result)) };
}

function failed({ result, category, limit, now }: Ended, message: string): Attempt<string> {
  const hints = {
    status: result?.api_error_status ?? null,
    category: result?.api_error ?? category,
    message,
  };
  const kind = limit?.isRejected ? 'usage-limit' : claudeKind(hints);
  const at =
    kind === 'usage-limit' && limit?.resetsAt !== undefined
      ? new Date(limit.resetsAt * 1000 + CLOCKS_DIFFER_MS)
      : undefined;
  return { ok: false, failure: failure(kind, message, at && { at, now }) };
}

/** Whoever asks at the very second may be told once more to wait. */
const CLOCKS_DIFFER_MS = 60_000;

function complaint(result: ClaudeResult): string {
  return result.result || result.errors[0] || `claude ended with ${result.subtype}.`;
}

/** What keeps a seeming success from being one. */
function finished(result: ClaudeResult): Attempt<string> | undefined {
  if (result.num_turns === 0) {
    return { ok: false, failure: failure('bad-request', 'claude took the prompt for a command of its own.') };
  }
  const isHandedOver = result.stop_reason === 'tool_use' && result.structured_output !== undefined;
  const stopped = isHandedOver ? undefined : STOPPED[String(result.stop_reason)];
  return stopped && { ok: false, failure: failure(...stopped) };
}

/** Reasons to stop that leave no whole answer; a version that names none is believed. */
const STOPPED: Readonly<Record<string, readonly [FailureKind, string]>> = {
  null: ['disconnected', 'The answer of claude was cut off.'],
  max_tokens: ['too-large', 'The answer of claude is longer than its model may write.'],
  refusal: ['refused', 'The model refused to answer.'],
  tool_use: ['disconnected', 'claude stopped in the middle of its work.'],
};

function answerIn(result: ClaudeResult): string {
  return result.structured_output === undefined
    ? (result.result ?? '')
    : JSON.stringify(result.structured_output);
}
