import { currentRound, type Run } from '../core/run.ts';
import type { Sentinels } from '../core/sentinels.ts';

/** The load-bearing text of the baseline. */
export function sentinelsBefore(run: Run): Sentinels {
  const { sentinels, marker_lines: markerLines } = currentRound(run).baseline;
  return { strings: sentinels, markerLines };
}
