import type { Settings } from '../../core/settings.ts';
import type { Story } from '../story.ts';
import { html, type Markup } from './markup.ts';

/** What the run was asked to do, and the bytes it began and ended with. */
export function settingsMarkup({ source: { run }, card }: Story): Markup {
  const rows: readonly (readonly [string, string])[] = [
    ['Strategy', run.settings.strategy],
    ['Reviewer', [run.settings.reviewer, ...run.settings.further_reviewers].join(', ')],
    ['Implementer', `${run.settings.implementer}, ${run.settings.edit_mode}`],
    ['Verifier', run.settings.verifier],
    ['Arbiter', arbiterText(run.settings)],
    ['Round cap', String(run.settings.max_rounds)],
    ['Confidence floor', String(run.settings.confidence_floor)],
    ['Budgets', budgetsText(run.settings)],
    ['Repository', repositoryText(run.started.repo)],
    ['Bytes before', `sha256 ${card.sha256_before}`],
    ['Bytes after', `sha256 ${card.sha256_after}`],
  ];
  return html`<h2 id="settings">How it was run</h2>
    <dl class="pairs">
      ${rows.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd><bdi>${value}</bdi></dd>`,
      )}
    </dl>`;
}

function arbiterText({ arbiter, arbiter_from_round: from, strategy }: Settings): string {
  if (arbiter === null) return 'none';
  return strategy === 'frozen' ? arbiter : `${arbiter}, from round ${from}`;
}

function budgetsText({ max_calls: calls, max_minutes: minutes, max_tokens: tokens }: Settings): string {
  const set = [
    calls !== null && `${calls} calls`,
    minutes !== null && `${minutes} minutes`,
    tokens !== null && `${tokens} tokens`,
  ].filter(Boolean);
  return set.length === 0 ? 'none' : set.join(', ');
}

function repositoryText(repo: Story['source']['run']['started']['repo']): string {
  if (!repo) return 'none';
  const { branch, head } = repo.state;
  return `${branch ?? 'detached HEAD'}${head === null ? '' : ` at ${head.slice(0, 7)}`}`;
}
