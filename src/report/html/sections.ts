import { formatDuration } from '../../lib/duration.ts';
import { changedLines, diffHunks } from '../diff-lines.ts';
import type { PlanChange } from '../plan-changes.ts';
import type { Refusal } from '../refusals.ts';
import type { Story } from '../story.ts';
import type { ToldCall } from '../told-calls.ts';
import { tokensText } from '../tokens-text.ts';
import { answererOf } from '../who.ts';
import { diffMarkup } from './diff.ts';
import { html, prose, verbatim, type Markup } from './markup.ts';

/** What was refused: of agents, of edits, of git; and the refused edits themselves. */
export function refused({ refusals, source }: Story): Markup {
  if (refusals.length === 0 && source.rejected.size === 0)
    return html`<h2 id="refused">What was refused</h2>
      <p class="lead">Nothing: every answer could be read, and every edit was applied.</p>`;
  return html`<h2 id="refused">What was refused</h2>
    <p class="lead">Answers that could not be used, edits that were not applied, and what failed.</p>
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">Round</th>
          <th scope="col">What</th>
          <th scope="col">Whose</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        ${refusals.map(refusalRow)}
      </tbody>
    </table>
    ${[...source.rejected].map(
      ([round, text]) =>
        html`<details class="folded">
          <summary>The refused edits of round ${round}, word for word</summary>
          <pre>${verbatim(text)}</pre>
        </details>`,
    )}`;
}

function refusalRow({ round, what, whose, why }: Refusal): Markup {
  return html`<tr>
    <td data-label="Round">${round}</td>
    <td data-label="What">${what}</td>
    <td data-label="Whose">${whose}</td>
    <td data-label="Why" class="why" dir="auto">${prose(why)}</td>
  </tr>`;
}

/** The plan's own diff, in all and round by round. */
export function changesMarkup({ changes, source }: Story): Markup {
  const { run, texts } = source;
  const before = texts.get(run.started.sha256);
  const last = changes.at(-1);
  if (!last)
    return html`<h2 id="changes">How the plan changed</h2>
      <p class="lead">Not a byte of it was changed.</p>`;
  const whole = before !== undefined && last.after !== null ? ([before, last.after] as const) : null;
  return html`<h2 id="changes">How the plan changed</h2>
    <p class="lead">
      Every change of its bytes in this run, whoever made it; words that changed within a line are marked.
    </p>
    ${whole === null ? missing('In all') : folded('In all, from the start of the run to its end', whole, { mayBeOpen: true })}
    ${changes.map(changeMarkup)}`;
}

function changeMarkup(change: PlanChange): Markup {
  const title = titleOf(change);
  return change.before === null || change.after === null
    ? missing(title)
    : folded(title, [change.before, change.after]);
}

function titleOf({ round, by, findings, takenBack, commit }: PlanChange): string {
  const sha = commit === null ? ', not committed' : `, commit ${commit.slice(0, 7)}`;
  const kept = findings.filter((id) => !takenBack.includes(id));
  const back = takenBack.length > 0 ? `; taken back: ${takenBack.join(', ')}` : '';
  switch (by) {
    case 'fixes':
      return `Round ${round}: fixes of ${kept.join(', ') || 'nothing new'}${back}${sha}`;
    case 'commit':
      return `Round ${round}: changed while it was committed, by a hook or somebody else${sha}`;
    case 'elsewhere':
      return `Before round ${round}: edited by somebody else`;
  }
}

/** A whole that is short enough to be read is shown at once. */
const SHORT = 60;

function folded(
  title: string,
  [before, after]: readonly [string, string],
  { mayBeOpen = false } = {},
): Markup {
  const hunks = diffHunks(before, after);
  const { added, removed } = changedLines(hunks);
  return html`<details class="folded" ${mayBeOpen && added + removed <= SHORT && 'open'}>
    <summary>${title} <span class="note">+${added} -${removed} lines</span></summary>
    ${diffMarkup(hunks)}
  </details>`;
}

function missing(title: string): Markup {
  return html`<p class="note">${title}: the bytes were not kept, so there is nothing to compare.</p>`;
}

/** Every question that came up, its answer, and who gave it. */
export function decided({ source: { run } }: Story): Markup {
  if (run.decisions.length === 0)
    return html`<h2 id="decisions">Decisions</h2>
      <p class="lead">No question came up.</p>`;
  return html`<h2 id="decisions">Decisions</h2>
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">Round</th>
          <th scope="col">Question</th>
          <th scope="col">Answer</th>
          <th scope="col">By</th>
        </tr>
      </thead>
      <tbody>
        ${run.decisions.map(
          (decision) =>
            html`<tr>
              <td data-label="Round">${decision.round}</td>
              <td data-label="Question" dir="auto">${prose(decision.reason)}</td>
              <td data-label="Answer">
                <span
                  ><b>${decision.answer}</b> <span class="note">of ${decision.options.join(', ')}</span></span
                >
              </td>
              <td data-label="By">${answererOf(decision)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

/** What each call cost, and what they cost together. */
export function cost({ calls, source: { run } }: Story): Markup {
  const longest = Math.max(1, ...calls.map(({ duration_ms: ms }) => ms ?? 0));
  const { tokens, ms } = run.spent;
  return html`<h2 id="cost">What it cost</h2>
    <p class="lead">
      Every agent call, in the order they were started. Tokens are what the agents report; nobody else counts
      them.
    </p>
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">Round</th>
          <th scope="col">Call</th>
          <th scope="col">Agent</th>
          <th scope="col" class="num">Tokens in</th>
          <th scope="col" class="num">Cached</th>
          <th scope="col" class="num">Out</th>
          <th scope="col" class="num">Time</th>
          <th scope="col"></th>
        </tr>
      </thead>
      <tbody>
        ${calls.map((call) => callRow(call, longest))}
      </tbody>
      <tfoot>
        <tr>
          <td data-label="Round">All</td>
          <td data-label="Calls">${run.spent.calls}</td>
          <td></td>
          ${numbers(tokens)}
          <td class="num" data-label="Time">${formatDuration(ms)}</td>
          <td></td>
        </tr>
      </tfoot>
    </table>`;
}

function callRow(
  { round, call, agent, model, effort, tokens, duration_ms: ms, outcome, failure }: ToldCall,
  longest: number,
): Markup {
  const name = [agent, ...(model === null ? [] : [model]), ...(effort === null ? [] : [effort])].join(' ');
  return html`<tr>
    <td data-label="Round">${round}</td>
    <td data-label="Call">
      <span
        >${call}${outcome !== 'ok' && html` <span class="failed">${outcome === 'cut' ? 'cut off' : `failed${failure ? `: ${failure}` : ''}`}</span>`}</span
      >
    </td>
    <td data-label="Agent"><bdi>${name}</bdi></td>
    ${numbers(tokens)}
    <td class="num" data-label="Time">${ms === null ? '?' : formatDuration(ms)}</td>
    <td>${share((ms ?? 0) / longest)}</td>
  </tr>`;
}

function numbers(tokens: ToldCall['tokens']): Markup {
  const cell = (label: string, n: number | undefined): Markup =>
    html`<td class="num" data-label="${label}">${tokensText(n ?? null)}</td>`;
  return html`${cell('Tokens in', tokens?.input)}${cell('Cached', tokens?.cached)}${cell('Out', tokens?.output)}`;
}

function share(part: number): Markup {
  return html`<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="all" width="100" height="8" />
    <rect width="${Math.round(part * 100)}" height="8" />
  </svg>`;
}
