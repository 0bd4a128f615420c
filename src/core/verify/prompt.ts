import { unmarked } from '../arbiter/prompt.ts';
import type { Finding } from '../finding.ts';
import type { Span } from '../ledger/line-map.ts';
import { numbered, type Subject } from '../prompts.ts';
import { fill } from '../template.ts';

/** What a verifier is shown of a fix. */
export type Fix = {
  /** The findings that are open, each whole, as they stood before it. */
  readonly findings: readonly Pick<
    Finding,
    'id' | 'title' | 'body' | 'instance' | 'cause' | 'anchor' | 'recommendation'
  >[];
  /** It, as a unified diff. */
  readonly diff: string;
  /** The blocks it touched, in lines of the plan after it. */
  readonly touched: readonly Span[];
};

/** The verifier's prompt, about the plan after a fix. */
export function verifyPrompt(template: string, subject: Subject, { findings, diff, touched }: Fix): string {
  const plan = numbered(subject.plan);
  const lines = plan.split('\n');
  const blocks = touched.map(({ start, end }) => lines.slice(start - 1, end).join('\n'));
  return fill(template, {
    ...subject,
    plan,
    findings: unmarked(findings.map(textOf).join('\n\n') || '(none)', subject.boundary),
    diff: unmarked(diff, subject.boundary),
    touched: unmarked(blocks.filter(Boolean).join('\n\n') || '(none)', subject.boundary),
  });
}

function textOf({
  id,
  title,
  body,
  instance,
  cause,
  anchor,
  recommendation,
}: Fix['findings'][number]): string {
  return [
    `${id}: ${title}`,
    anchor.quote !== null && `Quote, from before the change: ${anchor.quote}`,
    body !== '' && `What goes wrong: ${body}`,
    instance !== '' && `instance: ${instance}`,
    cause !== '' && `Cause: ${cause}`,
    recommendation !== '' && `Recommendation: ${recommendation}`,
  ]
    .filter((line) => line !== false)
    .join('\n');
}
