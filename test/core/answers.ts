/* Small reviewer's answers, as plain data and as text. */

export const FINDING = {
  severity: 'high',
  title: 'The retry has no bound',
  body: 'When the server is gone, step 2 never ends.',
  file: 'docs/plans/foo.md',
  line_start: 6,
  line_end: 7,
  quote: 'retry until it works',
  confidence: 0.8,
  recommendation: 'Bound it.',
};

export const REVIEW = {
  verdict: 'needs-attention',
  summary: 'One defect.',
  findings: [FINDING],
  next_steps: ['Fix it.'],
};

export const APPROVAL = { verdict: 'approve', summary: 'Nothing found.', findings: [], next_steps: [] };

export function fenced(value: unknown, language = 'json'): string {
  return `\`\`\`${language}\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}
