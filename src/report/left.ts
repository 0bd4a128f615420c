import { clean } from '../lib/text.ts';
import type { Finding } from '../core/finding.ts';
import { unplaced, unresolved, type Unplaced } from '../core/ledger/entry.ts';
import type { Run } from '../core/run.ts';
import { shortLine, shortName, shortText } from './short.ts';

/** Every finding that nobody fixed, by name and with why: said even when the run ended well. */
export function leftLines(run: Run): string[] {
  const left = unresolved(run.ledger);
  const because = (why: string): Unplaced[] => left.filter(({ handedOver }) => handedOver?.because === why);
  const others = left.filter(({ handedOver }) => !DECISIONS.has(handedOver?.because ?? ''));
  return [
    ...because('design').map(
      (entry) => `Decide   ${nameOf(entry)}: ${shortText(entry.handedOver?.why ?? '')}`,
    ),
    ...contests(because('contested')),
    ...others.map(
      (entry) => `Open     ${nameOf(entry)}${entry.handedOver ? ` (${entry.handedOver.because})` : ''}`,
    ),
    ...ruledOut(run).map((entry) => `Ruled out ${nameOf(entry)}: ${shortText(ruledOutText(entry))}`),
    ...reported(run),
  ];
}

const DECISIONS: ReadonlySet<string> = new Set(['design', 'contested']);

/** Findings whose fixes contradict each other are one decision, shown with what each side did. */
function contests(entries: readonly Unplaced[]): string[] {
  const byDispute = new Map<string, Unplaced[]>();
  for (const entry of entries) {
    const why = entry.handedOver?.why ?? '';
    byDispute.set(why, [...(byDispute.get(why) ?? []), entry]);
  }
  return [...byDispute].flatMap(([why, sides]) => [
    `Decide   ${sides.map(nameOf).join('; ')}`,
    ...clean(why)
      .split('\n')
      .map((line) => `         ${shortLine(line)}`),
  ]);
}

function ruledOut({ ledger }: Run): Unplaced[] {
  return [...unplaced(ledger).values()].filter(({ status }) => status === 'ruled-out');
}

/** Why a finding is not acted on: what its gate says, and the arbiter's reason. */
export function ruledOutText({ finding, ruling }: Pick<Unplaced, 'finding' | 'ruling'>): string {
  if (ruling?.same_as != null) return `it repeats ${ruling.same_as}`;
  const gate = ruling?.gate ?? finding.gate; // raised once more, it was settled then
  const why = RULED_OUT[gate] ?? gate;
  const reason = ruling ? ruling.reason : finding.materialization_reason;
  return reason === '' ? why : `${why}. ${reason}`;
}

const RULED_OUT: Partial<Record<Finding['gate'], string>> = {
  unlikely: 'real, but unlikely to happen',
  advisory: 'real, but it need not be mended before the plan is built',
  prose: 'wording only',
};

/** What the last look noticed, and what verifiers noticed beside the fixes they were shown. */
function reported({ ledger, lastLook }: Run): string[] {
  const looked = lastLook?.problem === null ? lastLook.findings : [];
  return [
    ...looked
      .filter(({ gate }) => gate === 'actionable')
      .map((finding) => `Reported ${findingName(finding)} (last look)`),
    ...[...unplaced(ledger).values()]
      .filter(({ status }) => status === 'parked')
      .map((entry) => `Reported ${nameOf(entry)} (noticed beside a fix)`),
  ];
}

function nameOf({ finding }: Pick<Unplaced, 'finding'>): string {
  return findingName(finding);
}

function findingName({ id, severity, title }: Unplaced['finding']): string {
  return `${id} ${severity} ${shortName(title)}`;
}
