import { assertNever } from '../lib/assert-never.ts';
import type { Failure, FailureKind } from '../core/failure.ts';
import { formatDuration } from '../lib/duration.ts';
import { clean, oneLine, truncate } from '../lib/text.ts';
import type { ProcessEnd } from '../process/run-process.ts';
import { codexKind } from './codex-failure.ts';
import { codexReset, resetOf } from './reset-time.ts';

/** A failure in words; `resets` is when a usage limit is over. */
export function failure(
  kind: FailureKind,
  message: string,
  reset?: { readonly at: Date; readonly now: Date },
): Failure {
  const when = reset ? resetOf(reset.at, reset.now) : { resets_at: null, resets_in_ms: null };
  return { kind, message: sentence(message), ...when };
}

/** What a codex message, from whatever channel, means. */
export function codexFailure(message: string, now: Date): Failure {
  const kind = codexKind(unpacked(message)) ?? 'crashed';
  const at = kind === 'usage-limit' ? codexReset(message, now) : undefined;
  return failure(kind, message, at && { at, now });
}

const TRANSPORT_MARK = 'CODEX_ERROR:';

/** An answer that begins with this mark says that there is none, whichever agent printed it. */
export function saidFailure(answer: string, now: Date): Failure | undefined {
  const text = answer.slice(0, 4000).trimStart();
  return text.startsWith(TRANSPORT_MARK) ? codexFailure(text.slice(TRANSPORT_MARK.length), now) : undefined;
}

/** Why a process gave no answer to conclude from: it did not start, or was ended before its time. */
export function unfinished(
  name: string,
  end: ProcessEnd,
  {
    timeoutMs,
    idleTimeoutMs,
    trouble,
  }: { readonly timeoutMs: number; readonly idleTimeoutMs: number; readonly trouble: string | null },
): Failure | null {
  const last = trouble === null ? '.' : `; it last said: ${trouble}`;
  switch (end.ended) {
    case 'exit':
      return null;
    case 'timeout':
      return failure('timeout', `${name} gave no answer within ${formatDuration(timeoutMs)}${last}`);
    case 'idle':
      return failure('idle-timeout', `${name} was silent for ${formatDuration(idleTimeoutMs)}${last}`);
    case 'not-started':
      return notStarted(name, end.errorCode);
    default:
      return assertNever(end.ended);
  }
}

function notStarted(name: string, code: string | null): Failure {
  const [kind, message] = NOT_STARTED[code ?? ''] ?? (['crashed', `could not be started (${code})`] as const);
  return failure(kind, `${name} ${message}.`);
}

const NOT_STARTED: Readonly<Record<string, readonly [FailureKind, string]>> = {
  ENOENT: ['missing', 'is not installed, or not on the PATH'],
  EACCES: ['missing', 'is on the PATH, but is not executable'],
  ENOTDIR: ['crashed', 'has lost the directory it was to work in'],
  E2BIG: ['too-large', 'was given arguments and an environment that are too large for this system'],
};

/** How a process ended badly, with the most telling line of its standard error. */
export function exitMessage(name: string, end: ProcessEnd): string {
  const how = end.signal === null ? `exited with code ${end.exitCode}` : `was ended by ${end.signal}`;
  const line = tellingLine(end.stderrTail);
  return line === '' ? `${name} ${how}.` : `${name} ${how}: ${line}`;
}

/** The last line that says it is an error, or else the last line at all. */
export function tellingLine(stderr: string): string {
  const lines = clean(stderr)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !NOISE.test(line));
  return lines.findLast((line) => /^(?:error|fatal)\b/i.test(line)) ?? lines.at(-1) ?? '';
}

const NOISE =
  /^(?:Reading additional input from stdin|WARNING: proceeding, even though|note: run with `RUST_BACKTRACE)/;

/** Cleaned, on one line, with a full stop, without the addresses and numbers that only a server's log could explain. */
function sentence(message: string): string {
  const text = oneLine(unpacked(message).replace(/, (?:url|request id): [^,\s]+/g, ''));
  const short = truncate(text, 300) || 'It gave no reason';
  return /[.!?…)]$/.test(short) ? short : `${short}.`;
}

/** The message in an error body that was sent on as it came: JSON inside of a string. */
export function unpacked(message: string): string {
  const text = message.trim();
  if (!text.startsWith('{')) return text;
  try {
    const body: unknown = JSON.parse(text);
    return messageIn(body) ?? text;
  } catch {
    return text; // It only looked like JSON.
  }
}

function messageIn(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || body === null) return undefined;
  if ('error' in body) return messageIn(body.error);
  if ('message' in body) return messageIn(body.message);
  return 'detail' in body ? messageIn(body.detail) : undefined;
}
