import { formatDuration } from '../../lib/duration.ts';
import { count } from '../../lib/text.ts';
import { cardNotes } from '../card.ts';
import { headingOf } from '../heading.ts';
import { TONE_MARKS, type Story } from '../story.ts';
import { tokensText } from '../tokens-text.ts';
import type { Group, ToldFinding } from '../told-finding.ts';
import { answererOf } from '../who.ts';
import { diffText, findingBlock, placeText } from './finding.ts';
import { code, folded, htmlText, inline, tableOf } from './neutral.ts';

/** A part of a report, and how dear it is: where not all have room, those of the highest rank go first. */
export type Block = { readonly rank: number; readonly name: string; readonly text: string };

const HEADS: Record<Group, string> = {
  left: 'Left to you',
  fixed: 'What was wrong, and what was changed for it',
  aside: 'Raised, and not acted on',
};

/** Everything a report in Markdown may say, in the order it is read. */
export function blocksOf(story: Story): Block[] {
  return [
    ...groupBlocks(story, 'left', 1),
    { rank: 0, name: 'what was not checked', text: unchecked(story) },
    ...groupBlocks(story, 'fixed', 2),
    ...groupBlocks(story, 'aside', 4),
    ...refusedBlock(story),
    ...changesBlocks(story),
    ...decisionsBlock(story),
    ...costBlock(story),
  ];
}

/** The verdict and the bare numbers: what is said even if nothing else has room. */
export function headText({ source, tone, verdict, message, next, card, findings, calls }: Story): string {
  const { run } = source;
  const left = findings.filter(({ group }) => group === 'left').length;
  const cells = [
    card.raised,
    card.actionable,
    left,
    card.closed + card.addressed,
    card.closed,
    card.ruled_out,
    card.void,
    card.filtered,
  ];
  const tokens = run.spent.tokens ? run.spent.tokens.input + run.spent.tokens.output : null;
  return [
    `### ${TONE_MARKS[tone]} ${inline(verdict)}`,
    ...(verdict.startsWith(message.replace(/\.$/, '')) ? [] : [inline(message)]),
    `**Next:** ${inline(next)}`,
    tableOf(
      [
        'Raised',
        'To act on',
        'Left to you',
        'Addressed',
        'of them verified',
        'Ruled out',
        'Void',
        'Below the floor',
      ],
      [cells.map(String)],
    ),
    `By round: author's text ${card.author.join(' ') || '0'}; text of our fixes ${card.fixes.join(' ') || '0'}. ${count(calls.length, 'call')}, ${formatDuration(run.spent.ms)}, ${tokensText(tokens)} tokens. Plan ${code(run.started.plan.relative)}, run ${code(run.id)}.`,
  ].join('\n\n');
}

function groupBlocks({ findings }: Story, group: Group, rank: number): Block[] {
  const members = findings.filter((told) => told.group === group);
  const name = HEADS[group];
  if (members.length === 0)
    return group === 'left' ? [{ rank: 0, name, text: `#### ${name}\n\nNothing.` }] : [];
  return [
    {
      rank,
      name: `the table of "${name}"`,
      text: `#### ${headingOf(name, members)}\n\n${groupTable(members)}`,
    },
    ...members.map((told) => ({ rank: rank + 2, name: told.finding.id, text: findingBlock(told) })),
  ];
}

const MOST_ROWS = 60;

function groupTable(members: readonly ToldFinding[]): string {
  const rows = members.slice(0, MOST_ROWS).map((told) => {
    const { id, severity, title } = told.finding;
    return [id, severity, placeText(told), inline(title), told.label];
  });
  const rest = members.length - rows.length;
  return (
    tableOf(['', 'Severity', 'Place', 'Finding', 'What became of it'], rows) +
    (rest > 0 ? `\n\nAnd ${rest} more.` : '')
  );
}

function unchecked({ card }: Story): string {
  const always = 'What nobody has raised does not stand here: a review sees part of what is there.';
  const lines = [...card.not_checked, always].map((sentence) => `- ${inline(sentence)}`);
  return `#### What was not checked\n\n${lines.join('\n')}\n\n${cardNotes(card).map(inline).join(' ')}`;
}

function refusedBlock({ refusals }: Story): Block[] {
  if (refusals.length === 0) return [];
  const rows = refusals
    .slice(0, MOST_ROWS)
    .map(({ round, what, whose, why }) => [
      String(round),
      inline(what),
      inline(whose),
      inline(why.slice(0, 500)),
    ]);
  const text = folded(
    `What was refused: ${refusals.length}`,
    tableOf(['Round', 'What', 'Whose', 'Why'], rows),
  );
  return [{ rank: 3, name: 'what was refused', text }];
}

function changesBlocks({ source, changes }: Story): Block[] {
  const before = source.texts.get(source.run.started.sha256);
  const after = changes.at(-1)?.after ?? null;
  if (before === undefined || after === null) return [];
  const diff = diffText(before, after, 1_000_000);
  return [{ rank: 5, name: 'the diff', text: folded('How the plan changed, in all', diff) }];
}

function decisionsBlock({ source: { run } }: Story): Block[] {
  if (run.decisions.length === 0) return [];
  const rows = run.decisions
    .slice(0, MOST_ROWS)
    .map((one) => [String(one.round), inline(one.reason), inline(one.answer), inline(answererOf(one))]);
  const text = folded(
    `Decisions: ${run.decisions.length}`,
    tableOf(['Round', 'Question', 'Answer', 'By'], rows),
  );
  return [{ rank: 3, name: 'the decisions', text }];
}

function costBlock({ calls }: Story): Block[] {
  const rows = calls
    .slice(0, 4 * MOST_ROWS)
    .map(({ round, call, agent, model, tokens, duration_ms: ms, outcome }) => [
      String(round),
      `${code(call)}${outcome === 'ok' ? '' : ` (${outcome})`}`,
      inline(`${agent}${model === null ? '' : ` ${model}`}`),
      tokensText(tokens ? tokens.input + tokens.output : null),
      ms === null ? '?' : formatDuration(ms),
    ]);
  const text = folded(
    htmlText(`What it cost: ${count(calls.length, 'call')}`),
    tableOf(['Round', 'Call', 'Agent', 'Tokens', 'Time'], rows),
  );
  return [{ rank: 4, name: 'the cost of each call', text }];
}
