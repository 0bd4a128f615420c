import { formatDuration } from '../lib/duration.ts';
import { oneLine } from '../lib/text.ts';
import type { FactOf, Stamped } from '../core/fact.ts';
import { judge, type Judgement } from '../core/judge.ts';
import { roundEnd } from '../core/round-end.ts';
import type { Run } from '../core/run.ts';
import { clock, implementerLine, recallText, roundDone, roundStarts, roundVerified } from './round-words.ts';
import type { Theme } from './theme.ts';
import { warningsOf } from './warnings.ts';

/** How much is said. Quiet: only decisions and warnings. Verbose: also where each answer was kept. */
export type Volume = { readonly isQuiet: boolean; readonly isVerbose: boolean };

type Line = { readonly text: string; readonly loud: boolean };

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
      return isFirstOfRound(fact, run) ? [plain(roundStarts(fact, run, theme))] : [];
    case 'review.parsed':
      return reviewed(judge(run).act, warningsOf(fact, run), () => roundDone(run, theme));
    case 'calibration.scored':
      return fact.problem === null ? [plain(recallText(fact))] : warningsOf(fact, run).map(loud);
    case 'arbitration.read':
      return [
        ...warningsOf(fact, run).map(loud),
        ...(fact.result === 'ruled' || fact.result === 'void' ? [plain(roundDone(run, theme))] : []),
      ];
    case 'verification.read':
      return [
        ...warningsOf(fact, run).map(loud),
        ...(fact.result === 'unreadable' ? [] : [plain(roundVerified(run, theme))]),
      ];
    case 'round.finished':
      return hadFix(fact) ? [plain(implementerLine(run, theme))] : [];
    case 'decision':
      return [loud(`${fact.reason} ${answerText(fact)}`)];
    default:
      return warningsOf(fact, run).map(loud);
  }
}

/** A fix was asked for in the round, whatever came of it. */
function hadFix(fact: FactOf<'round.finished'>): boolean {
  const how = roundEnd(fact);
  return how === 'edited' || how === 'unedited';
}

/** A round says what it found once no further look and no ruling on it is due. */
function reviewed(next: Judgement['act'], warnings: readonly string[], done: () => string): Line[] {
  if (next === 'look-again') return [];
  return [...warnings.map(loud), ...(next === 'arbitrate' ? [] : [plain(done())])];
}

/** A calibration is no look at the plan. */
function isFirstOfRound({ call }: FactOf<'call.started'>, { rounds }: Run): boolean {
  const calls = rounds.at(-1)?.calls.map(({ started }) => started) ?? [];
  return calls.find(({ purpose }) => purpose !== 'calibrate')?.call === call;
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

function answerText(fact: FactOf<'decision'>): string {
  if (fact.by === 'user') return `You chose: ${fact.answer}.`;
  return fact.by === 'flag'
    ? `As ${fact.flag} says: ${fact.answer}.`
    : `Unattended: ${fact.answer} (${fact.flag} decides).`;
}
