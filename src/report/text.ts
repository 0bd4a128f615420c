import { clean, oneLine } from '../lib/text.ts';
import type { StopCard } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import { stopCard } from '../core/stop-card.ts';
import { cardLines } from './card.ts';
import { findingsText } from './findings.ts';
import { refusalsOf } from './refusals.ts';
import { shortName, shortText } from './short.ts';
import type { ReportSource } from './source.ts';
import { rowsOf, type SummaryStyle } from './summary.ts';
import { table } from './table.ts';
import { nextAction, verdict } from './verdict.ts';

/** A run told in plain text, in parts: how it ended and why, each round, every finding, every decision. */
export function textReport(
  { run, facts }: Pick<ReportSource, 'run' | 'facts'>,
  { isUnicode, stateDir, plan, target }: Omit<SummaryStyle, 'double'>,
): string[] {
  const { position } = run;
  const isOver = position.at === 'finished';
  const card = isOver ? stopCard(run) : null;
  const sections = [
    isOver
      ? `${verdict(run, position.outcome)}.\n${clean(position.outcome.message)}\n`
      : `Run ${run.id} is not finished: it is ${position.at}, in round ${run.rounds.length}.\n`,
    `${table(rowsOf(run), { isUnicode, hasTotal: true })}\n`,
    ...(card ? [`${cardLines(run, isUnicode ? '·' : '|', card).join('\n')}\n`] : []),
    'Findings\n',
    findingsText(run),
    lastLook(run),
    refused(facts),
    decisions(run),
    card ? unchecked(card) : '',
    [
      `Plan   ${oneLine(plan)}`,
      `State  ${stateDir}`,
      `Next   ${isOver ? nextAction(run, position.outcome, target) : `refine-plan ${run.kind === 'review' ? 'review' : 'resume'} ${target}`}`,
    ].join('\n'),
  ];
  return sections.filter((section) => section !== '').map((section) => `${section}\n`);
}

function lastLook({ lastLook: looked }: Run): string {
  if (!looked) return '';
  if (looked.problem !== null) return `The last fix was not reviewed: ${shortText(looked.problem)}\n`;
  const found = looked.findings.map(({ id, severity, title }) => `${id} ${severity} ${shortName(title)}\n`);
  return `The last look, at the last fix alone\n\n${found.length === 0 ? 'It reported nothing.\n' : found.join('')}`;
}

function refused(facts: ReportSource['facts']): string {
  const lines = refusalsOf(facts).map(
    ({ round, what, whose, why }) => `Round ${round}: ${what} (${whose}). ${shortText(why)}`,
  );
  return lines.length === 0 ? '' : `Refused\n\n${lines.join('\n')}\n`;
}

/** The card has room for the first of them. */
function unchecked({ not_checked: sentences }: StopCard): string {
  return sentences.length === 0 ? '' : `Not checked\n\n${sentences.map(shortText).join('\n')}\n`;
}

function decisions(run: Run): string {
  if (run.decisions.length === 0) return '';
  const lines = run.decisions.map(
    ({ round, answer, by, flag, reason }) =>
      `Round ${round}: ${answer} (by ${by}, ${flag}). ${shortText(reason)}`,
  );
  return `Decisions\n\n${lines.join('\n')}\n`;
}
