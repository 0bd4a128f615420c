import type { FactOf, HandedOver as Handing, Ruling } from '../fact.ts';
import type { Finding } from '../finding.ts';
import type { Span } from './line-map.ts';

/**
 * What became of a finding. addressed: an edit was made for it, which does not say that the edit is right. closed: a
 * verifier said that its failure is impossible now, and the bytes of its block changed. lapsed: open, and a later review
 * of other bytes did not raise it. ruled-out: real or not, it is not acted on, and its gate says why. reverted:
 * the fix that wrote the text it is about was taken back. The rest say themselves.
 */
export type Status =
  | 'open'
  | 'addressed'
  | 'closed'
  | 'lapsed'
  | 'handed-over'
  | 'ruled-out'
  | 'reverted'
  | 'dismissed'
  | 'parked'
  | 'filtered'
  | 'void';

/** Why a finding is left to the user. */
export type HandedOver = Pick<Handing, 'because' | 'why'>;

/** A line of the ledger: one finding over the whole run, placed in the plan as it is now. */
export type Entry = {
  readonly finding: Finding;
  readonly status: Status;
  readonly handedOver: HandedOver | null;
  /** Rounds in which a review raised it. */
  readonly raised: readonly number[];
  /** Rounds in which it was sent to the implementer. */
  readonly sent: readonly number[];
  /** The round whose edit last addressed it. */
  readonly addressedIn: number | null;
  /** The user said: go on with this one, and do not ask again. */
  readonly waived: boolean;
  /** What the arbiter made of it, last; null where it was never asked. */
  readonly ruling: Ruling | null;
  /** What verifiers said of its fix, oldest first. */
  readonly checks: readonly Check[];
};

/** What a verifier said, and whether it closed the finding. */
export type Check = FactOf<'verification.read'>['checks'][number] & { readonly round: number };

/** The same without where it stands in the plan. */
export type Unplaced = Omit<Entry, 'finding'> & { readonly finding: Omit<Finding, 'anchor'> };

/** Every finding of a run by id, in order of first sight. */
export type Ledger = ReadonlyMap<string, Entry> & {
  /** Given where placing the entries is put off: what can be had without. */
  readonly unplaced?: ReadonlyMap<string, Unplaced>;
  readonly lines?: (id: string) => Span | null;
};

/** Every entry of a ledger but where it stands, which costs something to know after a long run. */
export function unplaced(ledger: Ledger): ReadonlyMap<string, Unplaced> {
  return ledger.unplaced ?? ledger;
}

/** The lines of the plan at which an entry stands; null where it has none. */
export function linesIn(ledger: Ledger, id: string): Span | null {
  return ledger.lines ? ledger.lines(id) : (ledger.get(id)?.finding.anchor.lines ?? null);
}

/** Entries a person still has to look at: open, or handed over. */
export function unresolved(ledger: Ledger): Unplaced[] {
  return [...unplaced(ledger).values()].filter(({ status }) => status === 'open' || status === 'handed-over');
}

/** It passed the gates: somebody had to deal with it. */
export function wasAdmitted({ status, sent }: Pick<Entry, 'status' | 'sent'>): boolean {
  return sent.length > 0 || ADMITTED.has(status);
}

const ADMITTED: ReadonlySet<Status> = new Set([
  'open',
  'addressed',
  'closed',
  'lapsed',
  'handed-over',
  'reverted',
]);
