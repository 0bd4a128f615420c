import { formatDuration } from '../lib/duration.ts';
import { bracketed, clean, oneLine } from '../lib/text.ts';
import type { Outcome, Role } from '../core/fact.ts';
import { failureHint } from './failure-hint.ts';
import { actionableOf, commitRange, costOf, inFixes } from '../core/narrate.ts';
import type { RecordedOutcome, Round, Run } from '../core/run.ts';
import { countBySeverity, severityLabel } from '../core/severity.ts';
import { cardLines } from './card.ts';
import { leftLines } from './left.ts';
import { table } from './table.ts';
import { tokensText } from './tokens-text.ts';
import { nextAction, verdict } from './verdict.ts';

export type SummaryStyle = {
  readonly isUnicode: boolean;
  readonly double: string;
  readonly stateDir: string;
  /** The plan's path as the user would type it. */
  readonly plan: string;
  /** What follows a command that is about it, as a shell takes it. */
  readonly target: string;
};

/** What stands at the end of a run: verdict, table, stop card, where everything is, and what is left to do. */
export function summary(run: Run, outcome: RecordedOutcome, style: SummaryStyle): string {
  if (run.kind === 'review') return reviewSummary(run, outcome, style);
  const lines = [
    ...headOf(run, outcome, style),
    '',
    table(rowsOf(run), { isUnicode: style.isUnicode, hasTotal: true }),
    '',
    ...cardLines(run, style.isUnicode ? '·' : '|', outcome.card),
    '',
    `Plan     ${oneLine(style.plan)}`,
    `State    ${style.stateDir}`,
    `Commits  ${commitText(run)}`,
    ...leftLines(run),
    `Next     ${nextAction(run, outcome, style.target)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The same where little is to be said: the verdict, and, unless all is well, the cause and what to do. */
export function briefSummary(run: Run, outcome: Outcome, style: SummaryStyle): string {
  const isWell = outcome.exit_code === 0;
  const rest = [`State    ${style.stateDir}`, `Next     ${nextAction(run, outcome, style.target)}`];
  return `${[...headOf(run, outcome, style), ...(isWell ? [] : rest)].join('\n')}\n`;
}

/** The findings of a review stand in a table of their own. */
function reviewSummary(run: Run, outcome: RecordedOutcome, style: SummaryStyle): string {
  const { ms, tokens } = run.spent;
  const cost = tokens ? `${tokensText(tokens.input + tokens.output)} tokens, ` : '';
  const lines = [
    ...headOf(run, outcome, style),
    `Plan     ${oneLine(style.plan)}`,
    `State    ${style.stateDir}`,
    `Cost     ${cost}${formatDuration(ms)}`,
    ...cardLines(run, style.isUnicode ? '·' : '|', outcome.card),
    `Next     ${nextAction(run, outcome, style.target)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function headOf(run: Run, outcome: Outcome, { double }: SummaryStyle): string[] {
  const bar = double.repeat(3);
  const disagrees = run.rounds.at(-1)?.review?.verdict === 'needs-attention';
  const isPlain =
    run.kind === 'review' ? isVerdict(outcome) : outcome.status === 'completed_clean' && !disagrees;
  return [
    `${bar} ${verdict(run, outcome)} ${bar}`,
    ...(isPlain ? [] : [clean(outcome.message)]),
    ...failureHint(run, outcome),
  ];
}

function isVerdict({ status }: Outcome): boolean {
  return status.startsWith('completed_');
}

/** Phase, findings, tokens, elapsed: a row for every phase of every round, and the total. */
export function rowsOf(run: Run): string[][] {
  const phases = run.rounds.flatMap(phasesOf);
  const tokens = run.spent.tokens ? run.spent.tokens.input + run.spent.tokens.output : null;
  return [
    ['Phase', 'Findings', 'Tokens', 'Elapsed'],
    ...phases,
    ['Total', '', tokensText(tokens), formatDuration(run.spent.ms)],
  ];
}

function phasesOf(round: Round): string[][] {
  const row = (role: Role, findings: string): string[][] => {
    const agents = round.calls.flatMap(({ started }) => (started.role === role ? [started.agent] : []));
    if (agents.length === 0) return [];
    const { ms, tokens } = costOf(round, role);
    return [
      [
        `Round ${round.number} ${phaseName(role, [...new Set(agents)].join(', '), round)}`,
        findings,
        tokensText(tokens),
        formatDuration(ms),
      ],
    ];
  };
  return [
    ...row('reviewer', foundText(round)),
    ...(round.baseline.mode === 'verify' ? row('verifier', checkedText(round)) : []),
    ...row('arbiter', ruledText(round)),
    ...row('implementer', appliedText(round)),
    ...(round.baseline.mode === 'verify' ? [] : row('verifier', '')),
  ];
}

/** Who was at work: of a look at the plan the agent, else what it was asked for. */
function phaseName(role: Role, agent: string, { baseline: { mode } }: Round): string {
  switch (role) {
    case 'reviewer':
      return mode === 'hunt' || mode === 'audit' ? mode : agent;
    case 'verifier':
      return mode === 'verify' ? 'verify' : 'last look';
    default:
      return role;
  }
}

function checkedText({ verification }: Round): string {
  if (!verification) return 'not read';
  const closed = verification.checks.filter((check) => check.closed).length;
  const found = verification.findings.filter(({ gate }) => gate === 'actionable').length;
  return `${closed}/${verification.checks.length} closed${found > 0 ? `, ${found} new in the fix` : ''}`;
}

/** Findings that are to be mended, and those ruled out. */
function ruledText({ arbitration }: Round): string {
  if (arbitration?.result !== 'ruled') return 'no ruling';
  const real = arbitration.rulings.filter(({ gate }) => gate === 'actionable').length;
  return `${real} real, ${arbitration.rulings.length - real} ruled out`;
}

function appliedText({ applied }: Round): string {
  if (!applied) return '';
  const back = applied.reverted.length;
  const addressed = applied.findings.filter((id) => !applied.reverted.includes(id)).length;
  return [`${addressed} addressed`, ...(back > 0 ? [`${back} taken back`] : [])].join(', ');
}

function foundText(round: Round): string {
  if (!round.review) return 'not read';
  const found = actionableOf(round);
  if (found.length === 0) return 'none to act on';
  const { filtered } = round.review;
  const beside = [...inFixes(found), ...(filtered > 0 ? [`${filtered} filtered`] : [])];
  return `${severityLabel(countBySeverity(found))}${bracketed(beside)}`;
}

function commitText(run: Run): string {
  if (!run.settings.commit) return 'none (--no-commit)';
  const range = commitRange(run);
  return range ? `${range} (${run.commits.length})` : 'none';
}
