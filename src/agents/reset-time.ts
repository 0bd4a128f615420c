const MINUTE = 60_000;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME =
  /try again at (?:([a-z]{3})[a-z]* (\d{1,2})(?:st|nd|rd|th)?, (\d{4}) )?(\d{1,2}):(\d{2}) ([ap])m/i;

/**
 * When codex's usage limit is over. Its text has local time without a zone, the date only where it is not today, and no
 * seconds: the minute after the one it names is the first that is safe.
 */
export function codexReset(message: string, now: Date): Date | undefined {
  const match = TIME.exec(message);
  if (!match) return undefined;
  const [, month, day, year, hours, minutes, half] = match;
  const date =
    month === undefined ? now : new Date(Number(year), MONTHS.indexOf(month.toLowerCase()), Number(day));
  const hour = (Number(hours) % 12) + (half?.toLowerCase() === 'p' ? 12 : 0);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate(), hour, Number(minutes) + 1);
}

/** A moment as a failure reports it; never in the past, so that nobody who waits for it asks again at once. */
export function resetOf(
  at: Date,
  now: Date,
): { readonly resets_at: string | null; readonly resets_in_ms: number | null } {
  if (Number.isNaN(at.getTime())) return { resets_at: null, resets_in_ms: null };
  const wait = Math.max(MINUTE, at.getTime() - now.getTime());
  const moment = new Date(now.getTime() + wait);
  return { resets_at: moment.toISOString().replace(/\.\d{3}Z$/, 'Z'), resets_in_ms: wait };
}
