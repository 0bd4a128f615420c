import type { Shift } from './fact.ts';
import { mapPlace } from './ledger/line-map.ts';
import { ageLines } from './ledger/provenance.ts';
import { moveFindings } from './ledger/record.ts';
import type { Run } from './run.ts';

/**
 * The run over bytes that came about beside its fixes: what it knows of its text moves on with it, and what came is nobody's
 * fix. Without a shift these are the bytes that it knew, or nothing can be said of the way there.
 */
export function shifted(
  run: Run,
  shift: Shift | undefined,
  { sha256, round }: { readonly sha256: string; readonly round: number },
): Run {
  if (!shift) return { ...run, placedIn: sha256 };
  return {
    ...run,
    placedIn: sha256,
    ledger: moveFindings(run.ledger, shift),
    lineage: run.lineage.after((births) => ageLines(births, shift, [], round)),
    fixes: { ...run.fixes, records: run.fixes.records.after(shift) },
    frozen: run.frozen.map((span) => mapPlace(span, shift)),
    grown: run.grown + shift.growth,
    grownBeside: run.grownBeside + shift.growth,
  };
}
