import { count, words } from '../lib/text.ts';
import type { StopCard } from '../core/fact.ts';
import { seriesText } from '../core/narrate.ts';
import type { Run } from '../core/run.ts';
import { stopCard } from '../core/stop-card.ts';
import { shortText } from './short.ts';

/** The most lines of a stop card. */
const MOST_LINES = 8;

/** The most things that were not checked which the card names; the rest are counted. */
const MOST_UNCHECKED = 2;

/** What a run knows of itself when it stops, in at most eight lines: what was raised, what became of it, what is not known. */
export function cardLines(run: Run, dot: string, card = stopCard(run)): string[] {
  if (run.kind === 'review') return unknown(card);
  return [
    `Bytes    ${bytesText(card)}; ${count(run.spent.calls, 'agent call')}`,
    `Raised   ${raisedText(card)}`,
    ...(card.actionable > 0 ? [`Of these ${becameText(card)}`, `By round ${seriesText(card, dot)}`] : []),
    ...(card.reproduction ? [`Fixes    ${damageText(card, card.reproduction)}`] : []),
    ...unknown(card),
    ...(card.closed > 0
      ? ['Closed means closed on this list: what nobody has raised does not stand on it.']
      : []),
  ].slice(0, MOST_LINES);
}

/** What the numbers of a stop card do not say by themselves, in sentences. */
export function cardNotes(card: StopCard): string[] {
  const { reproduction, settled, unseen, recall } = card;
  return [
    `The plan: ${bytesText(card)}.`,
    ...(reproduction ? [`${damageText(card, reproduction)}.`] : []),
    ...(settled > 0
      ? [`${count(settled, 'finding was', 'findings were')} raised again after being settled.`]
      : []),
    ...(unseen === null && recall === null ? [] : [words(recallText(recall), unseen ?? '')]),
  ];
}

function unknown({ unseen, recall, not_checked: unchecked }: StopCard): string[] {
  const named = unchecked.slice(0, MOST_UNCHECKED).map(shortText);
  const rest = unchecked.length - named.length;
  const more = rest > 0 ? [`And ${rest} more.`] : [];
  return [
    ...(unseen === null && recall === null ? [] : [`Unseen   ${words(recallText(recall), unseen ?? '')}`]),
    ...(named.length > 0 ? [`Not checked: ${[...named, ...more].join(' ')}`] : []),
  ];
}

/** Planted defects are easier to see than real ones. */
function recallText(recall: StopCard['recall']): string {
  if (!recall) return '';
  const { found, seeded, low, high } = recall;
  return `${found} of ${count(seeded, 'planted defect')} found: recall probably ${low.toFixed(2)} to ${high.toFixed(2)}, which is optimistic.`;
}

function raisedText(card: StopCard): string {
  if (card.raised === 0) return 'nothing';
  const beside = card.raised - card.actionable - card.ruled_out - card.filtered - card.void;
  const parts = [
    `${card.actionable} to act on`,
    card.ruled_out > 0 && `${card.ruled_out} ruled out`,
    card.filtered > 0 && `${card.filtered} below the floor`,
    card.void > 0 && `${card.void} citing text that is not in the plan`,
    beside > 0 && `${beside} noticed beside a fix`,
  ];
  const again = card.settled > 0 ? `; ${card.settled} raised again after that` : '';
  return `${count(card.raised, 'finding')}: ${parts.filter(Boolean).join(', ')}${again}`;
}

function becameText(card: StopCard): string {
  const gone =
    card.actionable - card.closed - card.addressed - (card.lapsed ?? 0) - card.handed_over - card.open;
  const parts = [
    card.closed > 0 && `${card.closed} closed`,
    card.addressed > 0 && `${card.addressed} addressed`,
    (card.lapsed ?? 0) > 0 && `${card.lapsed ?? 0} not raised again`,
    card.handed_over > 0 && `${card.handed_over} left to you`,
    card.open > 0 && `${card.open} open`,
    gone > 0 && `${gone} gone with a fix that was taken back`,
    `${card.regressions} came back after a fix`,
  ];
  return parts.filter(Boolean).join(', ');
}

function damageText(
  { reverted }: StopCard,
  { fixes, induced, low, high }: NonNullable<StopCard['reproduction']>,
): string {
  const caused = `${count(fixes, 'fix', 'fixes')} caused ${count(induced, 'finding')}`;
  const each = `probably ${low.toFixed(2)} to ${high.toFixed(2)} for each fix`;
  return `${caused} (${each}); ${reverted} taken back`;
}

function bytesText({ sha256_before: before, sha256_after: after, grown, growth }: StopCard): string {
  if (before === after) return `sha256 ${before.slice(0, 8)}, as before`;
  const sign = grown >= 0 ? '+' : '-';
  return `sha256 ${before.slice(0, 8)} -> ${after.slice(0, 8)}, ${sign}${Math.abs(grown)} bytes (${sign}${Math.abs(Math.round(growth * 100))} %)`;
}
