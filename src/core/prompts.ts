import { linesOf } from '../lib/text.ts';
import type { Finding } from './finding.ts';
import { fill } from './template.ts';
import { unifiedDiff } from './unified-diff.ts';

export type Subject = {
  /** The plan's path, relative to the repository. */
  readonly path: string;
  /** Absolute path of the repository. */
  readonly repository: string;
  readonly plan: string;
  /** A mark that the data between two of it does not contain. */
  readonly boundary: string;
};

/**
 * The reviewer's prompt: neutral and the same every round. It depends on the plan's text and the floor, nothing else; a
 * lens says what to look hardest at where several look at the same bytes.
 */
export function reviewPrompt(
  template: string,
  subject: Subject,
  { floor, lens = '' }: { readonly floor: number; readonly lens?: string },
): string {
  return fill(template, { ...subject, plan: numbered(subject.plan), floor: String(floor), lens });
}

/** The implementer's prompt, for either mode. */
export function fixPrompt(
  template: string,
  subject: Subject,
  {
    findings,
    expanded,
    design = [],
    guard = [],
    notes = [],
    sentinels,
  }: {
    readonly findings: readonly Finding[];
    readonly expanded: readonly string[];
    readonly design?: readonly string[];
    readonly guard?: readonly string[];
    /** What the user says of a finding. */
    readonly notes?: readonly { readonly id: string; readonly note: string }[];
    readonly sentinels: readonly string[];
  },
): string {
  return fill(template, {
    ...subject,
    findings: findings.map((finding) => findingText(finding) + noteOn(finding, notes)).join('\n\n'),
    expanded: [
      forThese(expanded, 'you may edit any block of the plan: an earlier fix did not hold.'),
      forThese(design, 'change the decision that it comes from, wherever the plan states it.'),
      forThese(guard, 'keep the decision that it comes from, and add what is missing around it.'),
    ].join(''),
    sentinels: sentinelList(sentinels),
  });
}

function noteOn({ id }: Finding, notes: readonly { readonly id: string; readonly note: string }[]): string {
  const found = notes.find((note) => note.id === id);
  return found ? `\nThe user says: ${found.note}` : '';
}

function forThese(ids: readonly string[], what: string): string {
  return ids.length > 0 ? ` For ${ids.join(', ')} ${what}` : '';
}

/** The load-bearing strings as the implementer is shown them. */
export function sentinelList(sentinels: readonly string[]): string {
  return sentinels.length > 0
    ? sentinels.map((text) => `   - \`${text}\``).join('\n')
    : '   (none are marked)';
}

/** The prompt of the last look: scoped to the diff of one fix. */
export function deltaPrompt(
  template: string,
  subject: Subject,
  { before, findings, floor }: { before: string; findings: readonly Finding[]; floor: number },
): string {
  return fill(template, {
    ...subject,
    plan: numbered(subject.plan),
    findings: findings.map(findingText).join('\n\n'),
    diff: unifiedDiff(subject.path, before, subject.plan),
    floor: String(floor),
  });
}

/** The text with its line numbers: `   12| text`. */
export function numbered(text: string): string {
  const lines = linesOf(text.replace(/^\ufeff/, ''));
  const width = String(lines.length).length;
  return lines.map((line, index) => `${String(index + 1).padStart(width)}| ${line}`).join('\n');
}

function findingText(finding: Finding): string {
  const { anchor } = finding;
  const place = anchor.lines ? `${finding.file}:${anchor.lines.start}-${anchor.lines.end}` : finding.file;
  return [
    `${finding.id} (${finding.severity}) at ${place}: ${finding.title}`,
    anchor.quote !== null && `Quote: ${anchor.quote}`,
    finding.body !== '' && `What goes wrong: ${finding.body}`,
    finding.instance !== '' && `Concrete failure: ${finding.instance}`,
    finding.recommendation !== '' && `Recommendation: ${finding.recommendation}`,
  ]
    .filter((line) => line !== false)
    .join('\n');
}
