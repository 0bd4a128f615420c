import { formatDuration } from '../lib/duration.ts';
import { clean, oneLine } from '../lib/text.ts';
import type { Outcome, Role } from '../core/fact.ts';
import { agentLoggedOut } from '../errors/agents.ts';
import { actionableOf, commitRange, costOf } from '../core/narrate.ts';
import type { Round, Run } from '../core/run.ts';
import { countBySeverity, severityLabel } from '../core/severity.ts';
import { table } from './table.ts';
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

/** The card at the end of a run: verdict, table, and where everything is. */
export function summary(run: Run, outcome: Outcome, style: SummaryStyle): string {
  if (run.kind === 'review') return reviewSummary(run, outcome, style);
  const lines = [
    ...headOf(run, outcome, style),
    '',
    table(rowsOf(run), { isUnicode: style.isUnicode, hasTotal: true }),
    '',
    `Plan     ${oneLine(style.plan)}`,
    `State    ${style.stateDir}`,
    `Commits  ${commitText(run)}`,
    ...leftText(run),
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
function reviewSummary(run: Run, outcome: Outcome, style: SummaryStyle): string {
  const { ms, tokens } = run.spent;
  const cost = tokens ? `${tokensText(tokens.input + tokens.output)} tokens, ` : '';
  const lines = [
    ...headOf(run, outcome, style),
    `Plan     ${oneLine(style.plan)}`,
    `State    ${style.stateDir}`,
    `Cost     ${cost}${formatDuration(ms)}`,
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
    ...loginHint(run, outcome),
  ];
}

/** How to log in, where the run ended for want of a login. */
function loginHint(run: Run, { message }: Outcome): string[] {
  const last = run.rounds.at(-1)?.calls.at(-1)?.finished;
  if (last?.failure?.kind !== 'auth' || last.failure.message !== message) return [];
  return last.agent === 'codex' || last.agent === 'claude' ? [agentLoggedOut(last.agent).hint] : [];
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
    const agent = round.calls.findLast(({ started }) => started.role === role)?.started.agent;
    if (agent === undefined) return [];
    const { ms, tokens } = costOf(round, role);
    const name = { reviewer: agent, implementer: 'implementer', verifier: 'last look' }[role];
    return [[`Round ${round.number} ${name}`, findings, tokensText(tokens), formatDuration(ms)]];
  };
  return [
    ...row('reviewer', foundText(round)),
    ...row('implementer', round.applied ? `${round.applied.findings.length} addressed` : ''),
    ...row('verifier', ''),
  ];
}

function foundText(round: Round): string {
  if (!round.review) return 'not read';
  const found = actionableOf(round);
  if (found.length === 0) return 'none to act on';
  const { filtered } = round.review;
  return `${severityLabel(countBySeverity(found))}${filtered > 0 ? ` (${filtered} filtered)` : ''}`;
}

function tokensText(tokens: number | null): string {
  if (tokens === null) return '?';
  return tokens < 1000 ? String(tokens) : `${Math.floor(tokens / 1000)}k`;
}

function commitText(run: Run): string {
  if (!run.settings.commit) return 'none (--no-commit)';
  const range = commitRange(run);
  return range ? `${range} (${run.commits.length})` : 'none';
}

/** What nobody looked at, and what is left to the user, is said even when the run ended well. */
function leftText(run: Run): string[] {
  const left = [...run.ledger.values()].filter(({ status }) => status === 'handed-over' || status === 'open');
  const looked = run.lastLook;
  const voided = [...run.ledger.values()].filter(({ status }) => status === 'void').length;
  return [
    ...left.map(
      ({ finding, handedOver }) =>
        `Open     ${finding.id} ${finding.severity} ${oneLine(finding.title)}${handedOver ? ` (${handedOver.because})` : ''}`,
    ),
    ...(looked?.problem === null
      ? looked.findings
          .filter(({ gate }) => gate === 'actionable')
          .map((f) => `Reported ${f.id} ${f.severity} ${oneLine(f.title)} (last look)`)
      : []),
    ...(looked && looked.problem !== null
      ? [`Not checked: the last fix was not reviewed (${oneLine(looked.problem)})`]
      : []),
    ...(voided > 0 ? [`Not acted on: ${voided} citing text that is not in the plan`] : []),
  ];
}
