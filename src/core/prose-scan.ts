import type { Reading, Unreadable } from './reading.ts';
import type { RawFinding } from './raw-finding.ts';
import { SEVERITIES } from './severity.ts';

const BEGINS_WITH_SEVERITY = new RegExp(
  String.raw`^\s*(?:[-*+•]\s+|\d+[.)]\s+)?[*_[(#]*(${SEVERITIES.join('|')})\b[\s\S]*`,
  'i',
);
const NEGATED =
  /^\s*(?:[-*+•]\s+|\d+[.)]\s+)?[*_[(#]*\w+[^\w`]*(?:(?:severity|priority|issues?|findings?|problems?|defects?)[^\w`]*)*(?:no|none|not|nothing|zero|0|n\/a|without|never|resolved|fixed|cleared)\b/i;
const CITATION = /`([^`\n]+?):(\d+)(?:-(\d+))?`/g;

/**
 * The last rung: lines or list items that begin with a severity and cite the plan at a line it has. It can raise
 * findings, at confidence 0.5; it never finds that there are none.
 */
export function scanProse(text: string, plan: { readonly paths: readonly string[]; readonly lines: number }): Reading | Unreadable {
  const findings = text.split('\n').flatMap((line) => findingIn(line, plan));
  if (findings.length === 0) {
    return { problem: 'The answer is neither JSON nor a list of findings that cite the plan.' };
  }
  return { rung: 'prose', verdict: 'needs-attention', summary: '', findings, next_steps: [] };
}

function findingIn(line: string, plan: { readonly paths: readonly string[]; readonly lines: number }): RawFinding[] {
  const said = BEGINS_WITH_SEVERITY.exec(line)?.[1]?.toLowerCase();
  const severity = SEVERITIES.find((known) => known === said);
  if (!severity || NEGATED.test(line)) return [];
  for (const [, file = '', from, to] of line.matchAll(CITATION)) {
    const start = Number(from);
    if (!plan.paths.includes(file) || start < 1 || start > plan.lines) continue;
    const end = to === undefined ? start : Math.min(Math.max(Number(to), start), plan.lines);
    const text = line.trim();
    const lines = { start, end };
    return [{ severity, title: text.slice(0, 200), body: text, file, lines, quote: null, confidence: 0.5, recommendation: text, instance: '', coerced: ['degraded'] }];
  }
  return [];
}
