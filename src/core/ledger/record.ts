import type { FactOf } from '../fact.ts';
import type { Finding } from '../finding.ts';
import type { Run } from '../run.ts';
import type { Entry, HandedOver, Ledger } from './entry.ts';
import { mapSpan } from './line-map.ts';

/** Enters a review: new findings are added, known ones raised again, open ones that it does not raise have lapsed. */
export function recordFindings(run: Run, review: FactOf<'review.parsed'>): Ledger {
  const raised = new Set(review.findings.map(({ id }) => id));
  const ledger = new Map(
    [...run.ledger].map(([id, entry]): [string, Entry] =>
      entry.status === 'open' && !raised.has(id) ? [id, { ...entry, status: 'lapsed' }] : [id, entry],
    ),
  );
  for (const finding of review.findings)
    ledger.set(finding.id, raise(ledger.get(finding.id), finding, review.round));
  return ledger;
}

const UNSEEN: Omit<Entry, 'finding' | 'status'> = {
  sent: [],
  raised: [],
  addressedIn: null,
  handedOver: null,
  waived: false,
};

function raise(known: Entry | undefined, finding: Finding, round: number): Entry {
  const entry = known ?? UNSEEN;
  const raised = entry.raised.includes(round) ? entry.raised : [...entry.raised, round];
  const wasHandedOver = known?.status === 'handed-over';
  const status = statusOf(finding, wasHandedOver);
  return { ...entry, finding, raised, status, handedOver: wasHandedOver ? entry.handedOver : null };
}

/** What was left to the user stays theirs, however a later review puts it. */
function statusOf({ gate }: Finding, wasHandedOver: boolean): Entry['status'] {
  if (wasHandedOver || gate === 'settled') return 'handed-over';
  if (gate === 'unlikely' || gate === 'advisory' || gate === 'prose') return 'ruled-out';
  return gate === 'actionable' ? 'open' : gate;
}

/** Enters what the implementer is to work on, and what is left to the user instead. */
export function acceptFindings(ledger: Ledger, fact: FactOf<'findings.accepted'>): Ledger {
  const sent = change(ledger, fact.findings, (entry) => ({ ...entry, sent: [...entry.sent, fact.round] }));
  return handOver(sent, fact.handed_over);
}

export function handOver(ledger: Ledger, items: readonly ({ readonly id: string } & HandedOver)[]): Ledger {
  return items.reduce(
    (now, { id, because, why }) =>
      change(now, [id], (entry) => ({ ...entry, status: 'handed-over', handedOver: { because, why } })),
    ledger,
  );
}

/** Enters a written edit: the findings it names are addressed, and every place moves with the text. */
export function addressFindings(ledger: Ledger, { findings, round, hunks }: FactOf<'edits.applied'>): Ledger {
  const addressed = change(ledger, findings, (entry) => ({
    ...entry,
    status: 'addressed',
    addressedIn: round,
    handedOver: null,
  }));
  if (!hunks) return addressed;
  return change(addressed, [...addressed.keys()], (entry) => {
    const { anchor } = entry.finding;
    const lines = anchor.lines && mapSpan(anchor.lines, hunks);
    return { ...entry, finding: { ...entry.finding, anchor: { ...anchor, lines } } };
  });
}

export function waive(ledger: Ledger, ids: readonly string[]): Ledger {
  return change(ledger, ids, (entry) => ({ ...entry, waived: true }));
}

function change(ledger: Ledger, ids: readonly string[], to: (entry: Entry) => Entry): Ledger {
  const chosen = new Set(ids);
  return new Map([...ledger].map(([id, entry]) => [id, chosen.has(id) ? to(entry) : entry]));
}
