import type { Finding } from '../finding.ts';
import { numbered, type Subject } from '../prompts.ts';
import { fill } from '../template.ts';
import type { Candidates } from './arbitrate.ts';

/** What an arbiter sees of a finding: what it claims, and nothing that says how bad or how sure somebody thought it. */
export type Shown = Pick<Finding, 'id' | 'file' | 'anchor' | 'title' | 'body' | 'instance' | 'cause'>;

/** The arbiter's prompt. Findings are numbered from 1 in the order given; that is what its rulings refer to. */
export function arbiterPrompt(
  template: string,
  subject: Subject,
  { shown, candidates }: { readonly shown: readonly Shown[]; readonly candidates: Candidates },
): string {
  const findings = shown.map((finding, at) => textOf(finding, at + 1, candidates.get(finding.id) ?? []));
  return fill(template, {
    ...subject,
    plan: numbered(subject.plan),
    findings: unmarked(findings.join('\n\n'), subject.boundary),
  });
}

/** Text of a model, without the mark it is put between: a reviewer is shown the mark, and may have quoted it. */
export function unmarked(text: string, boundary: string): string {
  return boundary === '' ? text : text.replaceAll(boundary, '(mark)');
}

function textOf(
  finding: Shown,
  index: number,
  repeats: readonly Pick<Finding, 'id' | 'title' | 'anchor'>[],
): string {
  const { anchor } = finding;
  return [
    `Finding ${index} at ${finding.file}${linesOf(anchor)}: ${finding.title}`,
    anchor.quote !== null && `Quote: ${anchor.quote}`,
    finding.body !== '' && `What goes wrong: ${finding.body}`,
    finding.instance !== '' && `Concrete failure: ${finding.instance}`,
    finding.cause !== '' && `Cause: ${finding.cause}`,
    repeats.length > 0 && `May repeat: ${repeats.map(candidateText).join('; ')}`,
  ]
    .filter((line) => line !== false)
    .join('\n');
}

function candidateText({ id, title, anchor }: Pick<Finding, 'id' | 'title' | 'anchor'>): string {
  return `${id} (${anchor.lines ? `lines ${anchor.lines.start}-${anchor.lines.end}` : 'no place'}): ${title}`;
}

function linesOf({ lines }: Finding['anchor']): string {
  return lines ? `:${lines.start}-${lines.end}` : '';
}
