import { truncate } from '../../lib/text.ts';
import { diffHunks } from '../diff-lines.ts';
import type { Fix, ToldFinding } from '../told-finding.ts';
import { code, fenced, folded, htmlText, inline } from './neutral.ts';

/** The longest text of a model that is quoted; the HTML report has all of it. */
const LONGEST = 1500;

/** A finding folded to one line. */
export function findingBlock(told: ToldFinding): string {
  const { finding, label } = told;
  const { id, severity, title } = finding;
  return folded(`<b>${id}</b> ${severity}: ${htmlText(title)} (${label})`, body(told));
}

function body(told: ToldFinding): string {
  const { finding, because, by, fixes } = told;
  const { body: said, instance, anchor, recommendation, generation, parent } = finding;
  const parts = [
    placeText(told) + (generation > 0 ? `, about text that the fix of ${parent ?? '?'} wrote` : ''),
    said.trim() && cut(said),
    instance.trim() && `**What goes wrong:** ${cut(instance)}`,
    anchor.quote !== null &&
      anchor.how === 'void' &&
      `**It quotes, and the plan has not:** ${cut(anchor.quote)}`,
    recommendation.trim() && `**Recommended:** ${cut(recommendation)}`,
    `**What became of it:** ${cut(because)} (By: ${inline(by)})`,
    ...fixes.map(fixText),
  ];
  return parts.filter(Boolean).join('\n\n');
}

/** Where a finding stands, as code: never a link, for it may be anything. */
export function placeText({ finding: { file, anchor } }: ToldFinding): string {
  return code(anchor.lines === null ? file : `${file}:${anchor.lines.start}`);
}

function cut(text: string): string {
  return inline(truncate(text, LONGEST));
}

function fixText({ round, removed, added, isTakenBack, commit }: Fix): string {
  const sha = commit === null ? '' : `, commit ${commit.slice(0, 7)}`;
  const what = isTakenBack ? 'What was taken back' : 'What was changed for it';
  return `**${what} in round ${round}${sha}:**\n\n${diffText(removed, added, 4 * LONGEST)}`;
}

/** What became of a text, as a fenced diff; what is too long is cut. */
export function diffText(before: string, after: string, longest: number): string {
  const lines = diffHunks(before, after).flatMap(({ before: old, after: now, lines: all }) => [
    `@@ -${old} +${now} @@`,
    ...all.map(({ kind, parts }) => SIGNS[kind] + parts.map(({ text }) => text).join('')),
  ]);
  return fenced(truncate(lines.join('\n'), longest), 'diff');
}

const SIGNS = { same: ' ', out: '-', in: '+' } as const;
