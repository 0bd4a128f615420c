import type { Finding } from '../core/finding.ts';

type Said = {
  readonly verdict: 'approve' | 'needs-attention';
  readonly summary: string;
  readonly findings: readonly Finding[];
  readonly next_steps?: readonly string[] | undefined;
};

/** What a round was decided on, in the schema of a single review: for those who read `findings.txt`. */
export function answerIn({ verdict, summary, findings, next_steps: steps = [] }: Said): string {
  return `${JSON.stringify({ verdict, summary, findings: findings.map(wireFinding), next_steps: steps }, null, 2)}\n`;
}

function wireFinding({
  anchor,
  id: _id,
  gate: _gate,
  coerced: _coerced,
  generation: _generation,
  parent: _parent,
  ...said
}: Finding): object {
  return {
    ...said,
    line_start: anchor.lines?.start ?? 0,
    line_end: anchor.lines?.end ?? 0,
    quote: anchor.quote ?? '',
    section: anchor.section.at(-1) ?? '',
  };
}
