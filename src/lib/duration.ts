const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** The longest wait a Node timer can hold, in milliseconds; anything longer fires at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Reads `90s`, `20m`, `1h`, `500ms` or `0` as milliseconds; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim());
  if (!match) return undefined;
  const [, amount, unit] = match;
  return Math.round(Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS]); // the pattern allows only these units
}

/** Milliseconds as people say them: `8s`, `2m41s`, `1h03m`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds}s`;
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes}m${pad(seconds % 60)}s`;
  return `${hours}h${pad(minutes % 60)}m`;
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}
