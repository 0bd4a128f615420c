import { formatDuration } from '../lib/duration.ts';
import { count, oneLine, truncate } from '../lib/text.ts';
import type { FactOf, Stamped } from '../core/fact.ts';
import { judge } from '../core/judge.ts';
import { actionableOf, costOf } from '../core/narrate.ts';
import { currentRound, type Round, type Run } from '../core/run.ts';
import { severityLabel, worstFirst } from '../core/severity.ts';
import type { Theme } from './theme.ts';
import { warningsOf } from './warnings.ts';

/** How much is said. Quiet: only decisions and warnings. Verbose: also where each answer was kept. */
export type Volume = { readonly isQuiet: boolean; readonly isVerbose: boolean };

type Line = { readonly text: string; readonly loud: boolean };

/** Usual time of one call, where it is known. */
const USUAL: Readonly<Record<string, string>> = { codex: ' (~2-5 min)' };

/** The lines a fact is worth: two or three a round, one for each decision and warning, and nothing else. */
export function linesFor(fact: Stamped, run: Run, theme: Theme, { isQuiet, isVerbose }: Volume): string[] {
  const lines = [...milestones(fact, run, theme), ...(isVerbose ? details(fact) : [])];
  return lines.filter(({ loud: isLoud }) => isLoud || !isQuiet).map(({ text }) => text);
}

/** What is said when a usage limit is waited for; a person reads local time. */
export function waitBegins(until: string): string {
  return `! Waiting until ${new Date(until).toString().slice(0, 24)} for the usage limit to reset.`;
}

function milestones(fact: Stamped, run: Run, theme: Theme): Line[] {
  switch (fact.type) {
    case 'run.resumed':
      return [plain(resumed(fact, run, theme))];
    case 'call.started':
      return fact.call === 'review-1' ? [plain(roundStarts(fact, theme))] : [];
    case 'review.parsed':
      return judge(run).act === 'look-again' ? [] : [plain(roundDone(run, theme))];
    case 'round.finished':
      return fact.how === 'edited' || fact.how === 'declined' ? [plain(implementerLine(run, theme))] : [];
    case 'decision':
      return [loud(`${fact.reason} ${answerText(fact)}`)];
    default:
      return warningsOf(fact, run).map(loud);
  }
}

function details(fact: Stamped): Line[] {
  if (fact.type !== 'call.finished' || fact.failure) return [];
  const { call, role, agent, model, tokens, duration_ms: ms, answer } = fact;
  const cost = tokens ? `${tokens.input + tokens.output} tokens` : 'tokens unknown';
  const words = [role, agent, model].filter(Boolean).join(' ');
  return [plain(`  ${oneLine(`${call}: ${words}, ${formatDuration(ms)}, ${cost}, ${answer ?? ''}`)}`)];
}

function plain(text: string): Line {
  return { text, loud: false };
}

function loud(text: string): Line {
  return { text: `! ${oneLine(text)}`, loud: true };
}

function resumed({ ts }: Stamped, { rounds, position }: Run, { line, colors }: Theme): string {
  const where = rounds.length === 0 ? 'Resumed' : `Round ${rounds.length} resumed`;
  return `${line} ${colors.bold(where)} (${clock(ts)}) ${line.repeat(4)} ${position.at}`;
}

function roundStarts(fact: FactOf<'call.started'> & Stamped, { line, colors }: Theme): string {
  return `${line} ${colors.bold(`Round ${fact.round}`)} starting (${clock(fact.ts)}) ${line.repeat(4)} ${fact.agent} review${USUAL[fact.agent] ?? ''}`;
}

/** The time of day, as it is where the person is. */
function clock(ts: string): string {
  return new Date(ts).toTimeString().slice(0, 8);
}

function roundDone(run: Run, theme: Theme): string {
  const round = currentRound(run);
  const { line, colors } = theme;
  const head = `${line} ${colors.bold(`Round ${round.number}`)} done (${formatDuration(costOf(round, 'reviewer').ms)}) ${line.repeat(4)} `;
  return (
    head +
    [foundText(round, theme), topText(round, theme)].filter((text) => text !== '').join(` ${theme.dot} `)
  );
}

function foundText(round: Round, { down }: Theme): string {
  const review = round.review;
  if (!review) return '';
  const found = actionableOf(round);
  const filtered = review.filtered > 0 ? ` ${down}${review.filtered}` : '';
  const rest = [
    review.void > 0 && count(review.void, 'void citation'),
    review.settled > 0 && `${review.settled} already settled`,
  ].filter((text) => text !== false);
  const tail = rest.length > 0 ? ` (${rest.join(', ')})` : '';
  if (found.length === 0) return `nothing to act on${filtered}${tail}`;
  return `${count(found.length, 'finding')}: ${severityLabel(review.counts)}${filtered}${tail}`;
}

function topText(round: Round, { ellipsis }: Theme): string {
  const [top] = worstFirst(actionableOf(round));
  if (!top) return '';
  const place = top.anchor.lines ? `${oneLine(top.file)}:${top.anchor.lines.start}` : oneLine(top.file);
  return `top: ${place} ${truncate(oneLine(top.title), 60, ellipsis)}`;
}

function implementerLine(run: Run, theme: Theme): string {
  const round = currentRound(run);
  const parts = [
    `impl ${formatDuration(costOf(round, 'implementer').ms)}`,
    editText(run, round),
    round.baseline.sentinels.length === 0 ? 'no drift guard' : driftText(round),
    round.commit ? `commit ${theme.colors.green(round.commit.sha.slice(0, 7))}` : 'no commit',
  ];
  return `  ${parts.join(` ${theme.dot} `)}`;
}

function editText(run: Run, round: Round): string {
  const edits = round.drift?.edits ?? round.edits?.edits ?? [];
  if (round.how === 'declined') return 'every finding declined';
  const places = [...new Set(edits.map(({ lines }) => `:${lines.start}`))];
  const at =
    places.length > 8 ? `${places.slice(0, 8).join(' ')} and ${places.length - 8} more` : places.join(' ');
  if (run.settings.edit_mode === 'in-place') return `edited at ${at}`;
  return `${round.applied?.findings.length ?? 0}/${actionableOf(round).length} addressed at ${at}`;
}

function driftText(round: Round): string {
  if (!round.drift) return 'drift not checked';
  return round.drift.ok ? 'drift OK' : `drift accepted (${count(round.drift.lost.length, 'string')} lost)`;
}

function answerText(fact: FactOf<'decision'>): string {
  if (fact.by === 'user') return `You chose: ${fact.answer}.`;
  return fact.by === 'flag'
    ? `As ${fact.flag} says: ${fact.answer}.`
    : `Unattended: ${fact.answer} (${fact.flag} decides).`;
}
