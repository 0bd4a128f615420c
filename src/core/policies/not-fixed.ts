import type { HandedOver } from '../fact.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Run } from '../run.ts';

/** How often a fix of one finding is tried: one that fails may be bad luck, two say that the next will fail as well. */
export const MOST_TRIES = 2;

/** Findings that verifiers found not fixed as often as may be: left to the user, with the reasons they gave. */
export function notFixed({ ledger }: Run, open: readonly string[]): HandedOver[] {
  return open.flatMap((id): HandedOver[] => {
    const entry = ledger.get(id);
    const handing = entry && handOverAfter({ checks: entry.checks, tries: entry.sent.length });
    return handing ? [{ id, ...handing }] : [];
  });
}

/**
 * Is a finding to be left to the user after its last check, and why: when two verifications in a row say that it is not
 * fixed, or when it was tried twice and is still open. That is read off what verifiers say of this one finding: rules on
 * how counts develop were tried elsewhere, and stopped runs that were getting better. `checks` oldest first; `tries` is
 * how many fixes were made for it.
 */
export function handOverAfter({
  checks,
  tries,
}: Pick<Entry, 'checks'> & { readonly tries: number }): Omit<HandedOver, 'id'> | null {
  const [before, last] = checks.length > 1 ? checks.slice(-2) : [undefined, checks.at(-1)];
  if (!last || last.closed) return null;
  const isStatedTwice = isNotFixed(last) && before !== undefined && isNotFixed(before);
  if (!isStatedTwice && tries < MOST_TRIES) return null;
  const whys = [before, last].flatMap((check) => (check && !check.closed ? [check.why.trim()] : []));
  const because = isStatedTwice ? 'Not fixed, twice' : `Still open after ${tries} fixes`;
  return {
    because: 'not-fixed',
    why: `${because}: ${whys.filter(Boolean).join(' / ') || 'no reason was given.'}`,
  };
}

/** Said in so many words, or by calling it fixed without an edit that could have done it. */
function isNotFixed({ verdict, closed }: Entry['checks'][number]): boolean {
  return verdict === 'not_fixed' || (verdict === 'fixed' && !closed);
}
