import type { FactOf, Ruling } from '../fact.ts';
import type { Finding, Gate } from '../finding.ts';
import type { Run } from '../run.ts';
import { isVoid } from '../void-review.ts';
import { edit, type Draft } from './draft.ts';
import type { Entry, HandedOver, Ledger, Status } from './entry.ts';
import type { LineMap } from './line-map.ts';

/**
 * Enters a review: new findings are added, known ones raised again, and open ones that it does not raise have lapsed, unless
 * they were left open for it, or the review is none.
 */
export function recordFindings(run: Run, review: FactOf<'review.parsed'>): Ledger {
  const raised = new Set(review.findings.map(({ id }) => id));
  const saysNothing = run.rounds.at(-1)?.baseline.mode === 'audit' || isVoid(review);
  return edit(run.ledger, (draft) => {
    const gone = saysNothing ? [] : draft.open().filter((id) => !raised.has(id));
    draft.change(gone, (entry) => ({ ...entry, status: 'lapsed' }));
    enterAll(draft, review);
  });
}

function enterAll(
  draft: Draft,
  raised: { readonly findings: readonly Finding[]; readonly round: number },
): void {
  const once: Once = [raised.round];
  for (const finding of raised.findings) {
    const known = draft.get(finding.id);
    const entry = enter(known, finding, once);
    if (known && staysInPlace(known, finding)) draft.change([finding.id], () => entry);
    else draft.enter(finding.id, entry);
  }
}

const UNSEEN: Omit<Entry, 'finding' | 'status'> = {
  sent: [],
  raised: [],
  addressedIn: null,
  handedOver: null,
  waived: false,
  ruling: null,
  checks: [],
};

/** A finding as a line of the ledger: a new one, or one that is raised again, in the one round that is given. */
export function enter(known: Entry | undefined, finding: Finding, once: Once): Entry {
  const entry = known ?? UNSEEN;
  const raised = including(entry.raised, once);
  const status = known && staysDecided(known, finding) ? known.status : statusOf(finding.gate);
  return {
    // Each field by name: a spread takes long here, and there may be many findings.
    finding: known ? inLightOf(known, finding) : finding,
    status,
    handedOver: status === 'handed-over' ? entry.handedOver : null,
    raised,
    sent: entry.sent,
    addressedIn: entry.addressedIn,
    waived: entry.waived,
    ruling: entry.ruling,
    checks: entry.checks,
  };
}

/** The rounds of what is found or sent for the first time: one array, which all such entries share. */
type Once = readonly [round: number];

/** `concat` takes the room of what is there; a spread takes several times that. */
function including(rounds: readonly number[], once: Once): readonly number[] {
  if (rounds.length === 0) return once;
  return rounds.includes(once[0]) ? rounds : rounds.concat(once);
}

/** Only what is to be acted on opens again what was fixed, decided or left to the user, and what cites nothing closes nothing. */
function staysDecided({ status }: Entry, { gate }: Finding): boolean {
  return gate !== 'actionable' && (status !== 'open' || gate === 'void');
}

/** What was decided stays where it stands unless its words are found elsewhere; the rest unless it is raised without a place. */
function staysInPlace(known: Entry, finding: Finding): boolean {
  const { how, lines } = finding.anchor;
  if (staysDecided(known, finding)) return how === 'void' || how === 'section' || how === 'none';
  return lines === null && known.finding.anchor.lines !== null;
}

/**
 * A finding that is raised again, in the reviewer's new words; one that was decided keeps the words it was decided in. What
 * is a matter of design stays one, whoever calls it a guard.
 */
function inLightOf(entry: Entry, finding: Finding): Finding {
  const { finding: known } = entry;
  const { anchor } = staysInPlace(entry, finding) ? known : finding;
  if (staysDecided(entry, finding)) return { ...known, anchor };
  const fix_kind = known.fix_kind === 'design' ? known.fix_kind : finding.fix_kind;
  return { ...finding, anchor, fix_kind, cause: finding.cause || known.cause };
}

/** What a gate makes of a finding. */
function statusOf(gate: Gate): Status {
  switch (gate) {
    case 'actionable':
      return 'open';
    case 'unlikely':
    case 'advisory':
    case 'prose':
      return 'ruled-out';
    case 'settled':
      return 'handed-over';
    default:
      return gate;
  }
}

/** Enters what the arbiter's facts make of the findings: gate, severity, how they are to be fixed, and why. */
export function recordRulings(
  ledger: Ledger,
  { round, rulings, stacked }: FactOf<'arbitration.read'>,
): Ledger {
  return edit(ledger, (draft) => {
    for (const ruling of rulings) {
      draft.change([ruling.id], (entry) => rule(entry, ruling));
      if (ruling.same_as !== null) draft.change([ruling.same_as], (entry) => again(entry, round));
    }
    draft.change(stacked, (entry) => ({ ...entry, finding: { ...entry.finding, fix_kind: 'design' } }));
  });
}

/** What repeats another finding is settled with that one. */
function rule(entry: Entry, ruling: Ruling): Entry {
  const { severity, fix_kind, cause } = ruling;
  const gate = ruling.same_as === null ? ruling.gate : 'settled';
  const finding: Finding = {
    ...entry.finding,
    gate,
    severity,
    fix_kind,
    cause: cause || entry.finding.cause,
  };
  return { ...entry, finding, ruling, status: gate === 'settled' ? 'ruled-out' : statusOf(gate) };
}

/** Raised again in other words: what was fixed is open again, what was decided stays so. */
function again(entry: Entry, round: number): Entry {
  const wasFixed = entry.status === 'addressed' || entry.status === 'closed' || entry.status === 'lapsed';
  return { ...entry, raised: including(entry.raised, [round]), status: wasFixed ? 'open' : entry.status };
}

/** Enters a verification: what it closes is closed, what it does not is open again, and what it noticed is added. */
export function recordVerification(ledger: Ledger, fact: FactOf<'verification.read'>): Ledger {
  return edit(ledger, (draft) => {
    for (const check of fact.checks)
      draft.change([check.id], (entry) => ({
        ...entry,
        status: check.closed ? 'closed' : 'open',
        checks: [...entry.checks, { ...check, round: fact.round }],
      }));
    enterAll(draft, fact);
  });
}

/** Enters what the implementer is to work on, and what is left to the user instead. */
export function admit(ledger: Ledger, fact: FactOf<'findings.accepted'>): Ledger {
  const once: Once = [fact.round];
  return edit(ledger, (draft) => {
    draft.change(fact.findings, (entry) => ({
      ...entry,
      sent: entry.sent.length === 0 ? once : entry.sent.concat(once),
    }));
    draft.change(goneAlready(fact), reverted);
    leave(draft, fact.handed_over);
  });
}

/** A journal that leaves the fix to the user here is of a version that counted it as taken back from here on. */
function goneAlready({ reverts, handed_over: handed }: FactOf<'findings.accepted'>): string[] {
  const left = new Set(handed.filter(({ because }) => because === 'regenerates').map(({ id }) => id));
  return reverts.filter(({ finding }) => left.has(finding)).flatMap(({ because }) => because);
}

function reverted(entry: Entry): Entry {
  return { ...entry, status: 'reverted' };
}

type Left = readonly ({ readonly id: string } & HandedOver)[];

export function handOver(ledger: Ledger, items: Left): Ledger {
  return edit(ledger, (draft) => leave(draft, items));
}

function leave(draft: Draft, items: Left): void {
  for (const { id, because, why } of items)
    draft.change([id], (entry) => ({ ...entry, status: 'handed-over', handedOver: { because, why } }));
}

/** Enters a written edit: the findings it names are addressed, what went with a fix taken back is gone, and all places move. */
export function addressFindings(ledger: Ledger, fact: FactOf<'edits.applied'>): Ledger {
  const { findings, round, gone = [], handed_over: handed = [] } = fact;
  const fixed = findings.filter((id) => !fact.reverted.includes(id));
  return edit(ledger, (draft) => {
    draft.change(fixed, (entry) => ({
      ...entry,
      status: 'addressed',
      addressedIn: round,
      handedOver: null,
    }));
    draft.change(gone, reverted);
    leave(draft, handed);
    draft.move(fact);
  });
}

/** Every place moves with the text it is in. */
export function moveFindings(ledger: Ledger, map: LineMap): Ledger {
  return edit(ledger, (draft) => draft.move(map));
}

export function waive(ledger: Ledger, ids: readonly string[]): Ledger {
  return edit(ledger, (draft) => draft.change(ids, (entry) => ({ ...entry, waived: true })));
}
