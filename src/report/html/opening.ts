import { formatDuration } from '../../lib/duration.ts';
import { commitRange } from '../../core/narrate.ts';
import { reviewedRounds } from '../../core/run.ts';
import { cardNotes } from '../card.ts';
import { TONE_MARKS, type Story } from '../story.ts';
import { tokensText } from '../tokens-text.ts';
import { html, prose, type Markup } from './markup.ts';

/** What is read first: the plan, the verdict, the cause, the next thing to do, and the bare facts. */
export function opening(story: Story): Markup {
  const { source, tone, verdict, message, next } = story;
  const { run } = source;
  return html`<header>
    <p class="eyebrow">${run.kind === 'review' ? 'A review' : 'A refinement run'} by refine-plan</p>
    <h1><bdi>${run.started.plan.relative}</bdi></h1>
    <section class="verdict ${tone}" aria-label="Verdict">
      <p class="what">${TONE_MARKS[tone]} ${verdict}.</p>
      ${!verdict.startsWith(message.replace(/\.$/, '')) && html`<p class="why" dir="auto">${prose(message)}</p>`}
      <p class="next"><b>Next:</b> ${prose(next)}</p>
    </section>
    <dl class="facts">
      ${factsOf(story).map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd><bdi>${value}</bdi></dd>
          </div>`,
      )}
    </dl>
  </header>`;
}

function factsOf({ source, startedAt, lastAt, outcome }: Story): [string, string][] {
  const { run } = source;
  const { ms, calls, tokens } = run.spent;
  const commits = run.settings.commit ? (commitRange(run) ?? 'none') : 'none (--no-commit)';
  return [
    ['Started', moment(startedAt)],
    [outcome ? 'Ended' : 'Last heard of', moment(lastAt)],
    ['Rounds reviewed', String(reviewedRounds(run))],
    ['Agent calls', String(calls)],
    ['Agent time', formatDuration(ms)],
    ['Tokens', tokensText(tokens ? tokens.input + tokens.output : null)],
    ...(run.kind === 'review' ? [] : [['Commits', commits] satisfies [string, string]]),
    ['Status', outcome ? `${outcome.status}${outcome.reason ? ` (${outcome.reason})` : ''}` : 'in_progress'],
  ];
}

/** To the minute, and said to be UTC: a reader may be anywhere. */
function moment(stamp: string): string {
  return stamp === '' ? 'unknown' : `${stamp.slice(0, 16).replace('T', ' ')} UTC`;
}

/** The stop card: what was raised, what became of it, and what nobody looked at. */
export function stopCardMarkup({ card, findings }: Story): Markup {
  const addressed = card.closed + card.addressed;
  const left = findings.filter(({ group }) => group === 'left').length;
  const again = findings.filter(({ isBack }) => isBack).length;
  const tile = (n: number, what: string, name = ''): Markup =>
    html`<li class="${name}"><b>${n}</b><span>${what}</span></li>`;
  return html`<h2 id="card">At a glance</h2>
    <ul class="tiles">
      ${tile(card.raised, 'raised')} ${tile(card.actionable, 'to act on')}
      ${tile(left, 'left to you', left > 0 ? 'warn' : 'fine')}
      ${tile(addressed, `addressed, ${card.closed} of them verified`)}
      ${tile(card.ruled_out, 'ruled out or dismissed')}
      ${tile(card.filtered + card.void, 'below the floor, or citing nothing')}
      ${tile(again, 'raised again after a fix', again > 0 ? 'warn' : '')}
      ${tile(card.reverted, 'fixes taken back')}
      ${(card.lapsed ?? 0) > 0 && tile(card.lapsed ?? 0, 'not raised again, and not verified')}
    </ul>
    ${cardNotes(card).map((note) => html`<p class="note">${note}</p>`)} ${unchecked(card.not_checked)}`;
}

function unchecked(sentences: readonly string[]): Markup {
  const always =
    'What nobody has raised does not stand here: a review sees part of what is there, so this is a statement about a list, not about the plan.';
  return html`<section class="unchecked" id="unchecked">
    <h3>What was not checked</h3>
    <ul>
      ${[...sentences, always].map((sentence) => html`<li dir="auto">${prose(sentence)}</li>`)}
    </ul>
  </section>`;
}
