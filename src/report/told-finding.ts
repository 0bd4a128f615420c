import type { Dismissal } from '../core/dismissal.ts';
import type { FactOf } from '../core/fact.ts';
import type { Finding } from '../core/finding.ts';
import type { Entry, Status } from '../core/ledger/entry.ts';
import { worstFirst } from '../core/severity.ts';
import { historyOf, type Event } from './history.ts';
import { ruledOutText } from './left.ts';
import type { ReportSource } from './source.ts';
import { answererOf, callers } from './who.ts';

/** left: somebody has to look at it. fixed: an edit was made for it. aside: it was not acted on, and there is a reason. */
export type Group = 'left' | 'fixed' | 'aside';

/** A stretch of the plan that was changed for a finding. */
export type Fix = {
  readonly round: number;
  readonly findings: readonly string[];
  readonly removed: string;
  readonly added: string;
  readonly line: number;
  readonly isTakenBack: boolean;
  readonly commit: string | null;
};

/** A finding as a report tells it: what it claims, what became of it and by whom, and what was changed for it. */
export type ToldFinding = {
  readonly finding: Finding;
  readonly status: Status | 'reported';
  readonly group: Group;
  /** What became of it, in a word or two. */
  readonly label: string;
  /** The same as a sentence, with the reason. */
  readonly because: string;
  readonly by: string;
  /** A review raised it again after it was sent to the implementer. */
  readonly isBack: boolean;
  readonly history: readonly Event[];
  readonly fixes: readonly Fix[];
};

/** Every finding of a run, those that are left first, each group with the worst first. */
export function toldFindings(source: ReportSource): ToldFinding[] {
  const { run } = source;
  const told = [...run.ledger.values()].map((entry) => toldEntry(entry, source));
  const looked = run.lastLook?.problem === null ? run.lastLook : null;
  const reported = (looked?.findings ?? []).map((finding) =>
    reportedBy(finding, looked?.call ?? null, source),
  );
  const all = [...told, ...reported];
  return (['left', 'fixed', 'aside'] as const).flatMap((group) => {
    const members = all.filter((one) => one.group === group);
    const order = worstFirst(members.map(({ finding }) => finding));
    return members.toSorted((a, b) => order.indexOf(a.finding) - order.indexOf(b.finding));
  });
}

function toldEntry(entry: Entry, source: ReportSource): ToldFinding {
  const { finding, status } = entry;
  const dismissal = status === 'dismissed' ? dismissalFor(finding, source.dismissals) : undefined;
  return {
    finding,
    status,
    ...becameOf(entry, source, dismissal),
    isBack: entry.raised.some((round) => round > (entry.sent[0] ?? Infinity)),
    history: historyOf(finding.id, source.facts, dismissal),
    fixes: fixesOf(finding.id, source),
  };
}

/** The reason that goes with a finding which the run has already matched: its own words decide. */
function dismissalFor({ title, anchor }: Finding, dismissals: readonly Dismissal[]): Dismissal | undefined {
  return (
    dismissals.find((one) => one.title === title) ??
    dismissals.find(({ quote }) => quote !== null && quote === anchor.quote)
  );
}

function reportedBy(finding: Finding, call: string | null, { run, facts }: ReportSource): ToldFinding {
  const round = run.lastLook?.round ?? 0;
  const by = callers(facts)(round, call) ?? 'the verifier';
  const isActionable = finding.gate === 'actionable';
  return {
    finding,
    status: 'reported',
    group: isActionable ? 'left' : 'aside',
    label: isActionable ? 'reported, not acted on' : 'reported, and not to be acted on',
    because: 'The last look, at the last fix alone, reported it; no round was left to act on it.',
    by,
    isBack: false,
    history: [{ round, who: by, what: 'reported it in the last look' }],
    fixes: [],
  };
}

type Became = Pick<ToldFinding, 'group' | 'label' | 'because' | 'by'>;

/** Complexity of its own: one case for each status, and nothing else. */
function becameOf(entry: Entry, source: ReportSource, dismissal: Dismissal | undefined): Became {
  const { finding, status, addressedIn } = entry;
  const edit = `An edit of round ${addressedIn ?? '?'} addresses it`;
  const fixer = agentOf(source, addressedIn, 'implementer') ?? 'the implementer';
  switch (status) {
    case 'open':
      return { group: 'left', label: 'open', because: 'Nobody has fixed it.', by: 'nobody yet' };
    case 'handed-over':
      return leftToYou(entry, source);
    case 'closed':
      return {
        group: 'fixed',
        label: 'closed',
        because: `${edit}, and a verifier found its failure impossible afterwards.${lastWhy(entry)}`,
        by: `${fixer}; ${verifierOf(entry, source)}`,
      };
    case 'addressed':
      return {
        group: 'fixed',
        label: 'addressed',
        because: `${edit}. No later look raised it again; nobody verified it.`,
        by: fixer,
      };
    case 'lapsed':
      return {
        group: 'fixed',
        label: 'not raised again',
        because: 'It was open, and a later review of other bytes did not raise it again; nobody verified it.',
        by: 'a later review',
      };
    case 'reverted':
      return {
        group: 'fixed',
        label: 'gone with its cause',
        because: 'The fix that wrote the text it is about was taken back.',
        by: 'refine-plan',
      };
    case 'ruled-out':
      return {
        group: 'aside',
        label: RULED_OUT[finding.gate] ?? 'ruled out',
        because: sentence(ruledOutText(entry)),
        by: arbiterOf(entry, source),
      };
    case 'dismissed':
      return {
        group: 'aside',
        label: 'dismissed',
        because: dismissal
          ? dismissal.because
          : 'It was dismissed for good; the reason stands beside the plan.',
        by: 'you',
      };
    case 'parked':
      return {
        group: 'aside',
        label: 'parked',
        because: 'A verifier noticed it beside the fix it was shown. It is reported, and was not acted on.',
        by: 'refine-plan',
      };
    case 'filtered':
      return {
        group: 'aside',
        label: 'below the floor',
        because: `Its confidence, ${finding.confidence}, is below the floor of ${source.run.settings.confidence_floor}.`,
        by: 'refine-plan',
      };
    case 'void':
      return {
        group: 'aside',
        label: 'void citation',
        because: 'It quotes text that is not in the plan, so there was nothing to fix.',
        by: 'refine-plan',
      };
  }
}

const RULED_OUT: Partial<Record<Finding['gate'], string>> = {
  unlikely: 'ruled out: unlikely',
  advisory: 'ruled out: advisory',
  prose: 'ruled out: wording',
  settled: 'ruled out: repeats another',
};

function leftToYou({ finding, handedOver }: Entry, { run, facts }: ReportSource): Became {
  const because = handedOver?.because ?? 'stuck';
  const decision = run.decisions.findLast(({ about }) => about.includes(finding.id));
  const declining = facts.findLast(
    (fact): fact is typeof fact & FactOf<'edits.read'> =>
      fact.type === 'edits.read' &&
      (fact.declined.some((one) => one.finding === finding.id) || fact.skipped.includes(finding.id)),
  );
  const implementer = declining && callers(facts)(declining.round, declining.call);
  const by =
    because === 'declined'
      ? (implementer ?? 'the implementer')
      : decision
        ? answererOf(decision)
        : 'refine-plan';
  return { group: 'left', label: LEFT[because], because: sentence(handedOver?.why ?? ''), by };
}

const LEFT: Record<NonNullable<Entry['handedOver']>['because'], string> = {
  stuck: 'left to you: it keeps coming back',
  declined: 'left to you: declined',
  drift: 'left to you: its fix would lose load-bearing text',
  design: 'left to you: a decision of design',
  contested: 'left to you: contested',
  growth: 'left to you: its fix is too large',
  licence: 'left to you: its fix lies elsewhere',
  'not-fixed': 'left to you: still not fixed',
  regenerates: 'left to you: its fixes create defects',
  dropped: 'left to you: dropped by you',
};

function lastWhy({ checks }: Entry): string {
  const why = checks.findLast(({ closed }) => closed)?.why ?? '';
  return why === '' ? '' : ` ${why}`;
}

function verifierOf({ checks }: Entry, source: ReportSource): string {
  const check = checks.findLast(({ closed }) => closed);
  return agentOf(source, check?.round ?? null, 'verifier') ?? 'the verifier';
}

function arbiterOf({ finding: { id } }: Entry, { facts }: ReportSource): string {
  const fact = facts.findLast(
    (one): one is typeof one & FactOf<'arbitration.read'> =>
      one.type === 'arbitration.read' && one.rulings.some((ruling) => ruling.id === id),
  );
  return (fact && callers(facts)(fact.round, fact.call)) ?? 'the arbiter';
}

function agentOf({ facts }: ReportSource, round: number | null, role: string): string | null {
  const call = facts.findLast(
    (fact): fact is typeof fact & FactOf<'call.finished'> =>
      fact.type === 'call.finished' && fact.round === round && fact.role === role && fact.outcome === 'ok',
  );
  return call ? callers(facts)(call.round, call.call) : null;
}

function fixesOf(id: string, { run }: ReportSource): Fix[] {
  return run.rounds.flatMap(({ number: round, applied, commit }) =>
    (applied?.changes ?? [])
      .filter(({ findings }) => findings.includes(id))
      .map((change) => ({
        round,
        ...ownPart(change, id, applied?.edits ?? []),
        isTakenBack: applied?.reverted.includes(id) ?? false,
        commit: commit?.sha ?? null,
      })),
  );
}

type Applied = FactOf<'edits.applied'>;

/** Lines next to each other are one change, whoever they are for: where each was rewritten in its place, its own are told. */
function ownPart(
  { findings, removed, added, lines }: Applied['changes'][number],
  id: string,
  edits: Applied['edits'],
): Pick<Fix, 'findings' | 'removed' | 'added' | 'line'> {
  const whole = { findings, removed, added, line: lines.start };
  const own = edits.filter((edit) => edit.findings.includes(id));
  const [old, now] = [removed.split('\n'), added.split('\n')];
  const at = now.flatMap((_, index) =>
    own.some((edit) => edit.lines.start <= lines.start + index && lines.start + index <= edit.lines.end)
      ? [index]
      : [],
  );
  const [first] = at;
  if (findings.length < 2 || old.length !== now.length || first === undefined) return whole;
  const names = new Set(own.flatMap((edit) => edit.findings)); // one edit may name thousands
  const kept = (from: readonly string[]): string => from.filter((_, index) => at.includes(index)).join('\n');
  return {
    findings: findings.filter((name) => names.has(name)),
    removed: kept(old),
    added: kept(now),
    line: lines.start + first,
  };
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return whole === '' || /[.!?)]$/.test(whole) ? whole : `${whole}.`;
}
