import { headingOf } from '../heading.ts';
import { storyOf, type Story } from '../story.ts';
import type { ReportSource } from '../source.ts';
import type { Group, ToldFinding } from '../told-finding.ts';
import { charts } from './charts.ts';
import { findingMarkup } from './finding.ts';
import { html, type Markup } from './markup.ts';
import { opening, stopCardMarkup } from './opening.ts';
import { changesMarkup, cost, decided, refused } from './sections.ts';
import { settingsMarkup } from './settings.ts';
import { STYLE } from './style.ts';

/** A run as one page that needs nothing else: no script, no picture, no font, and no network. */
export function htmlReport(source: ReportSource): string {
  const story = storyOf(source);
  const { run, digest } = source;
  const policy = `default-src 'none'; style-src 'sha256-${digest(STYLE, 'base64')}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${run.started.plan.relative}: ${story.verdict}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          ${opening(story)} ${contents(story)} ${stopCardMarkup(story)}
          <h2 id="trajectory">Where it was going</h2>
          ${charts(story)} ${GROUPS.map((group) => groupMarkup(story, group))} ${refused(story)}
          ${changesMarkup(story)} ${decided(story)} ${cost(story)} ${settingsMarkup(story)}
          <footer>
            <p>
              Run <code>${run.id}</code>, kept in <code>${source.where.stateDir}</code>, by refine-plan
              ${run.started.tool_version}.
            </p>
          </footer>
        </main>
      </body>
    </html> `;
  return page.markup;
}

/** Not a byte may be added between the tags: the policy names the hash of what stands there. */
const STYLE_ELEMENT: Markup = { markup: `<style>${STYLE}</style>` };

const GROUPS = ['left', 'fixed', 'aside'] as const satisfies readonly Group[];

const HEADS: Record<Group, { readonly title: string; readonly lead: string; readonly none: string }> = {
  left: {
    title: 'Left to you',
    lead: 'Nobody fixed these. Each says why, and what it would come to.',
    none: 'Nothing: no finding is open, and none was handed over.',
  },
  fixed: {
    title: 'What was wrong, and what was changed for it',
    lead: 'Closed: a verifier found the failure impossible after the edit. Addressed: an edit was made, and nobody checked that it is right.',
    none: 'Nothing was changed.',
  },
  aside: {
    title: 'Raised, and not acted on',
    lead: 'Ruled out by the arbiter, dismissed by you, noticed beside a fix, below the confidence floor, or citing text that is not in the plan.',
    none: 'Nothing: everything that was raised was to be acted on.',
  },
};

function groupMarkup({ findings }: Story, group: Group): Markup {
  const members = findings.filter((told) => told.group === group);
  const { title, lead, none } = HEADS[group];
  if (members.length === 0)
    return html`<h2 id="${group}">${title}</h2>
      <p class="lead">${none}</p>`;
  return html`<h2 id="${group}">${headingOf(title, members)}</h2>
    <p class="lead">${lead}</p>
    ${members.map((told) => findingMarkup(told, { isOpen: isShownOpen(told, members) }))}`;
}

/** What is left to the reader is what they came for; of many, the titles come first. */
function isShownOpen({ group }: ToldFinding, members: readonly ToldFinding[]): boolean {
  return group === 'left' && members.length <= 3;
}

function contents({ findings, refusals, changes, calls, source }: Story): Markup {
  const many = (group: Group): number => findings.filter((told) => told.group === group).length;
  const links: readonly (readonly [string, string])[] = [
    ['card', 'At a glance'],
    ['unchecked', 'Not checked'],
    ['left', `Left to you (${many('left')})`],
    ['fixed', `Fixed (${many('fixed')})`],
    ['aside', `Not acted on (${many('aside')})`],
    ['refused', `Refused (${refusals.length})`],
    ['changes', `Changes (${changes.length})`],
    ['decisions', `Decisions (${source.run.decisions.length})`],
    ['cost', `Cost (${calls.length} calls)`],
    ['settings', 'Settings'],
  ];
  return html`<nav aria-label="Contents">
    ${links.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}
  </nav>`;
}
