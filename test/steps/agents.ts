import type { AgentCall } from '../../src/ports.ts';
import type { Defect as RigDefect } from '../rig/world.ts';

type Fix = NonNullable<RigDefect['fix']>;

/** A defect of a test plan. The implementer closes it with its fix, or, told of a loss before, with its safe fix. */
export type Defect = RigDefect & { readonly safeFix?: Fix };

/** What a reviewer answers who sees every defect that stands in the plan. It looks at nothing but the text. */
export function reviewOf(plan: string, defects: readonly Defect[]): string {
  const findings = defects
    .filter(({ quote, after }) => plan.includes(quote) && (after === undefined || plan.includes(after)))
    .map(({ severity, title, body, quote, recommendation, confidence }) => {
      const line = plan.slice(0, plan.indexOf(quote)).split('\n').length;
      const place = { file: 'docs/plans/import.md', line_start: line, line_end: line, quote };
      return { severity, title, body, ...place, confidence, recommendation };
    });
  const verdict = findings.every(({ confidence }) => confidence < 0.3) ? 'approve' : 'needs-attention';
  return JSON.stringify({ verdict, summary: 'Seen.', findings, next_steps: [] });
}

/** What an arbiter answers who finds everything real, and worth mending. */
export function rulingsFor({ prompt }: AgentCall, change: object = {}): string {
  const rulings = [...prompt.matchAll(/^Finding (\d+) at /gm)].map(([, index]) => ({
    index: Number(index),
    real: true,
    quote_supports_claim: true,
    consequence: 'wrong-build',
    likelihood: 'plausible',
    fix_kind: 'guard',
    cause: '',
    same_as: '',
    reason: 'The plan says so.',
    likelihood_reason: '',
    ...change,
  }));
  return JSON.stringify({ summary: 'Judged.', rulings });
}

/** What a verifier answers who holds a finding for fixed once its text is gone. */
export function checksFor({ prompt }: AgentCall, plan: string, defects: readonly Defect[]): string {
  const checks = [...prompt.matchAll(/^(F\d+): (.+)$/gm)].map(([, id = '', title]) => {
    const isGone = !plan.includes(defects.find((it) => it.title === title)?.quote ?? '');
    const verdict = isGone ? 'fixed' : 'not_fixed';
    return {
      id,
      verdict,
      makes_instance_impossible: isGone,
      why: isGone ? 'It is gone.' : 'It is still there.',
    };
  });
  return JSON.stringify({ summary: 'Checked.', checks, findings: [] });
}

/** What an implementer answers in patch mode who closes every defect it was sent. */
export function editsFor({ prompt }: AgentCall, defects: readonly Defect[]): string {
  const edits = sentIn(prompt, defects).map(({ id, fix }) => ({ findings: [id], ...fix }));
  return JSON.stringify({ summary: 'Closed.', edits, declined: [] });
}

/** What an implementer makes of the scratch copy. */
export function editedText({ prompt, edit }: AgentCall, defects: readonly Defect[]): string {
  return sentIn(prompt, defects).reduce(
    (text, { fix }) => text.replace(fix.old_text, () => fix.new_text),
    edit?.text ?? '',
  );
}

function sentIn(prompt: string, defects: readonly Defect[]): { id: string; fix: Fix }[] {
  const isSecondTry = prompt.includes('An earlier answer to this same task was not accepted');
  return [...prompt.matchAll(/^(F\d+) \(\w+\) at .*?:[\d-]+: (.+)$/gm)].flatMap(([, id = '', title]) => {
    const defect = defects.find((it) => it.title === title);
    const fix = (isSecondTry ? defect?.safeFix : undefined) ?? defect?.fix;
    return fix ? [{ id, fix }] : [];
  });
}
