import type { Event } from '../history.ts';
import type { Fix, ToldFinding } from '../told-finding.ts';
import { fixMarkup } from './diff.ts';
import { html, paragraph, prose, verbatim, type Markup } from './markup.ts';

/** One finding, folded to its title: the concrete failure, what became of it, by whom, and what was changed for it. */
export function findingMarkup(told: ToldFinding, { isOpen = false } = {}): Markup {
  const { finding, group, label } = told;
  const { id, severity, title } = finding;
  return html`<details class="finding ${severity}" id="${id}" ${isOpen && html` open`}>
    <summary>
      <span class="badge ${severity}">${severity}</span>
      <span class="title">${id} <bdi>${prose(title)}</bdi></span>
      <span class="meta"><span class="chip ${group}">${label}</span> ${placeOf(told)}</span>
    </summary>
    <div class="inside">
      ${claim(told)} ${became(told)} ${told.fixes.map(fixOf)} ${historyMarkup(told.history)}
    </div>
  </details>`;
}

function placeOf({ finding: { file, anchor, generation, parent } }: ToldFinding): Markup {
  const { lines, section } = anchor;
  const line =
    lines === null ? '' : lines.end > lines.start ? `:${lines.start}-${lines.end}` : `:${lines.start}`;
  return html`<bdi class="mono">${file}${line}</bdi
    >${section.length > 0 && html` &middot; <bdi>${section.join(' / ')}</bdi>`}${
      generation > 0 &&
      html` &middot; about text that the fix of <a href="#${parent ?? ''}">${parent ?? '?'}</a> wrote`
    }`;
}

function claim({ finding }: ToldFinding): Markup {
  const { body, instance, anchor, recommendation, cause, confidence, materialization, fix_kind, kind } =
    finding;
  const likely = finding.materialization_reason ? `: ${finding.materialization_reason}` : '';
  return html`${paragraph(body, 'prose')}
    ${
      instance.trim() !== '' &&
      html`<h4>What goes wrong</h4>
        ${paragraph(instance, 'failure')}`
    }
    ${
      anchor.quote !== null &&
      html`<h4>
          ${anchor.how === 'void' ? 'What it quotes, which is not in the plan' : 'The text it is about'}
        </h4>
        <blockquote>${verbatim(anchor.quote)}</blockquote>`
    }
    ${
      recommendation.trim() !== '' &&
      html`<h4>What the reviewer recommends</h4>
        ${paragraph(recommendation, 'prose')}`
    }
    <dl class="pairs">
      ${
        cause.trim() !== '' &&
        html`<dt>Cause</dt>
          <dd dir="auto">${prose(cause)}</dd>`
      }
      ${
        (materialization < 1 || likely !== '') &&
        html`<dt>Likelihood</dt>
          <dd dir="auto">${percent(materialization)} if the plan is built as written${prose(likely)}</dd>`
      }
      <dt>Kind</dt>
      <dd>
        ${kind === 'other' ? '' : `${kind.replace('-', ' ')}; `}${fix_kind === 'design' ? 'a change of design' : 'a guard'}
        would mend it; confidence ${percent(confidence)}
      </dd>
    </dl>`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function became({ label, because, by }: ToldFinding): Markup {
  return html`<h4>What became of it</h4>
    <div class="became">
      <p class="why" dir="auto"><b>${capital(label)}.</b> ${prose(because)}</p>
      <p class="by">By: ${by}</p>
    </div>`;
}

function fixOf(fix: Fix): Markup {
  const others = fix.findings.length > 1 ? `, for ${fix.findings.join(', ')} together` : '';
  const commit = fix.commit === null ? '' : `, commit ${fix.commit.slice(0, 7)}`;
  const what = fix.isTakenBack ? 'What was taken back' : 'What was changed for it';
  return html`<h4>${what} in round ${fix.round}${others}${commit}</h4>
    ${fixMarkup(fix)}`;
}

function historyMarkup(history: readonly Event[]): Markup | null {
  if (history.length === 0) return null;
  return html`<h4>Step by step</h4>
    <ol class="history">
      ${history.map(
        ({ round, who, what }) =>
          html`<li dir="auto">
            <span class="when">Round ${round}</span><b>${capital(who)}</b> ${prose(what)}
          </li>`,
      )}
    </ol>`;
}

/** The same word as it begins a sentence; the name of a program keeps its own letter. */
function capital(text: string): string {
  return /^(?:refine-plan|codex|claude|cmd)\b/.test(text)
    ? text
    : text.charAt(0).toUpperCase() + text.slice(1);
}
