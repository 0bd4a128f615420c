import type { HandedOver } from '../fact.ts';
import type { Run } from '../run.ts';
import { handOverAfter } from '../verify/not-fixed-twice.ts';

/** Findings that verifiers found not fixed as often as may be: left to the user, with the reasons they gave. */
export function notFixed({ ledger }: Run, open: readonly string[]): HandedOver[] {
  return open.flatMap((id): HandedOver[] => {
    const entry = ledger.get(id);
    const handing = entry && handOverAfter({ checks: entry.checks, tries: entry.sent.length });
    return handing ? [{ id, ...handing }] : [];
  });
}
