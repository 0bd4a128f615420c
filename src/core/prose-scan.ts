import type { Unreadable } from './answer-object.ts';
import type { Reading } from './reading.ts';
import type { RawFinding } from './raw-finding.ts';
import { SEVERITIES } from './severity.ts';

const ITEM = String.raw`^\s*(?:[-*+•]\s+|\d+[.)]\s+|#+\s+)?[*_[(#]*`;
// `High-level` is no severity, `High-severity` is.
const BEGINS_WITH_SEVERITY = new RegExp(
  String.raw`${ITEM}(${SEVERITIES.join('|')})(?![a-z0-9])(?!-(?!severity|priority))`,
  'i',
);
const DEFECTS = '(?:issue|finding|problem|defect|concern|bug)s?';
const QUALIFIED =
  '(?:(?:an?|any|other|further|more|new|real|actual|such|open|blocking|critical|high|medium|low|severity|priority)[ -])*';
const NOTHING = '(?:none|zero|0|n/a|resolved|fixed|cleared)';
const AND_WHERE = '(?:at|in|since|by|already|now|see)';
const NOT_SO = String.raw`(?:not\s+(?:applicable|found|reproduced|confirmed)|nothing\s+(?:found|here|else|more|new|to\s+(?:report|add|flag)))\b`;
// "No issues" and "not a problem" anywhere; "none", "resolved" where they stand first and nothing of substance follows.
const NEGATED = new RegExp(
  [
    String.raw`\b(?:(?:no|zero|0|without)\s+|not\s+(?=an?\b|any\b))${QUALIFIED}${DEFECTS}\b`,
    String.raw`${ITEM}\w+\W*(?:(?:severity|priority|${DEFECTS})\W+)*(?:${NOT_SO}|(?:no|nothing)\s*(?:$|[.,;:!])|${NOTHING}(?:\s*(?:$|[^\w\s\x60-])|\s+(?:-|${AND_WHERE}\b)))`,
  ].join('|'),
  'i',
);
const CITATION = /`([^`\n]+?):(\d+)(?:-(\d+))?`/g;

/**
 * The last rung: lines or list items that begin with a severity and cite the plan at a line it has. It can raise
 * findings, at confidence 0.5; it never finds that there are none.
 */
export function scanProse(
  text: string,
  plan: { readonly paths: readonly string[]; readonly lines: number },
): Reading | Unreadable {
  const findings = text.split('\n').flatMap((line) => findingIn(line, plan));
  if (findings.length === 0) {
    return { problem: 'The answer is neither JSON nor a list of findings that cite the plan.' };
  }
  return { rung: 'prose', verdict: 'needs-attention', summary: '', findings, next_steps: [] };
}

function findingIn(
  line: string,
  plan: { readonly paths: readonly string[]; readonly lines: number },
): RawFinding[] {
  const said = BEGINS_WITH_SEVERITY.exec(line)?.[1]?.toLowerCase();
  const severity = SEVERITIES.find((known) => known === said);
  if (!severity || NEGATED.test(line)) return [];
  for (const [, file = '', from, to] of line.matchAll(CITATION)) {
    const start = Number(from);
    if (!plan.paths.includes(file) || start < 1 || start > plan.lines) continue;
    const end = to === undefined ? start : Math.min(Math.max(Number(to), start), plan.lines);
    const text = line.trim();
    const lines = { start, end };
    return [
      {
        severity,
        title: text.slice(0, 200),
        body: text,
        file,
        lines,
        quote: null,
        heading: '',
        confidence: 0.5,
        recommendation: text,
        instance: '',
        kind: 'other',
        materialization: 1,
        materialization_reason: '',
        cause: '',
        fix_kind: 'guard',
        coerced: ['degraded'],
      },
    ];
  }
  return [];
}
