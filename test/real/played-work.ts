import * as messages from '../loopback/messages.ts';
import * as responses from '../loopback/responses.ts';
import type { Recorded, Reply } from '../loopback/server.ts';
import { DEFECTS, PLAN, type Defect } from '../rig/world.ts';

/** The test plan after the first round, and after the second, with which the reviewers are content. */
export const ONCE_FIXED = fixed(PLAN);
export const TWICE_FIXED = fixed(ONCE_FIXED);

/** The model behind codex. It judges by the prompt alone, so it may be asked in any order, and again. */
export const codexWorks: Reply = (request, response) => {
  const prompt = promptIn(request);
  const hasEdited = request.text.includes('_call_output"');
  const answer = isInPlace(prompt)
    ? hasEdited
      ? responses.says('Edited the plan.')
      : responses.patches(patchFor(prompt))
    : responses.says(JSON.stringify(answerTo(prompt)));
  responses.outputs(answer)(request, response);
};

/** The model behind claude, which hands over its answers by a tool and edits by another. */
export const claudeWorks: Reply = (request, response) => {
  const prompt = promptIn(request);
  const hasEdited = request.text.includes('"tool_result"');
  const answer = isInPlace(prompt)
    ? hasEdited
      ? [messages.says('Edited the plan.')]
      : fixesIn(prompt).map(({ fix }) => messages.uses('Edit', editOf(prompt, fix)))
    : [messages.uses('StructuredOutput', answerTo(prompt))];
  messages.blocks(...answer)(request, response);
};

/** A reviewer's answer that raises nothing. */
export const APPROVAL = { verdict: 'approve', summary: 'Nothing.', findings: [], next_steps: [] };

/** An edit for every finding that was sent. */
export function editsFor(prompt: string) {
  return {
    summary: 'Closed.',
    edits: fixesIn(prompt).map(({ id, fix }) => ({ findings: [id], ...fix })),
    declined: [],
  };
}

/** The prompt of this program, as it stands somewhere in a request. */
export function promptIn({ body }: Recorded): string {
  const prompt = stringsIn(body).findLast((text) =>
    /^(?:Review|Resolve|Check|Judge|Verify)\b.* plan\b/.test(text),
  );
  if (prompt === undefined) throw new Error('The request holds no prompt of this program.');
  return prompt;
}

type Fix = NonNullable<Defect['fix']>;

function answerTo(prompt: string): unknown {
  if (prompt.startsWith('Judge')) return rulingsFor(prompt);
  if (prompt.startsWith('Verify')) return checksFor(prompt);
  return prompt.startsWith('Resolve') ? editsFor(prompt) : reviewOf(prompt);
}

/** Everything is real, and to be mended. */
function rulingsFor(prompt: string): unknown {
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
    likelihood_reason: 'It happens in ordinary use.',
  }));
  return { summary: 'Judged.', rulings };
}

/** A finding is fixed once the plan does not hold its text any more. */
function checksFor(prompt: string): unknown {
  const plan = prompt.slice(prompt.lastIndexOf(' plan\n', prompt.lastIndexOf(' plan\n') - 1));
  const checks = [...prompt.matchAll(/^(F\d+): (.+)$/gm)].map(([, id = '', title]) => {
    const isGone = !plan.includes(DEFECTS.find((defect) => defect.title === title)?.quote ?? '');
    return {
      id,
      verdict: isGone ? 'fixed' : 'not_fixed',
      makes_instance_impossible: isGone,
      why: isGone ? 'Its text is gone.' : 'Its text stands there.',
    };
  });
  return { summary: 'Checked.', checks, findings: [] };
}

/** Raises the known defects that stand in the plan; the last of them is noise, and no reason not to approve. */
function reviewOf(prompt: string): unknown {
  const plan = /=====\n(.*)\n=====/s.exec(prompt)?.[1] ?? '';
  const live = liveIn(plan);
  const findings = live.map(({ fix: _fix, after: _after, ...defect }) => {
    const line = lineOf(plan, defect.quote);
    return { ...defect, file: pathIn(prompt), line_start: line, line_end: line };
  });
  const verdict = live.every(({ fix }) => fix === undefined) ? 'approve' : 'needs-attention';
  return { verdict, summary: 'Read.', findings, next_steps: [] };
}

function lineOf(plan: string, quote: string): number {
  const line = plan.split('\n').find((text) => text.includes(quote)) ?? '';
  return Number(/^\s*(\d+)\|/.exec(line)?.[1]);
}

function fixesIn(prompt: string): { readonly id: string; readonly fix: Fix }[] {
  return [...prompt.matchAll(/^(F\d+) \(\w+\) at .*?:[\d-]+: (.+)$/gm)].flatMap(([, id = '', title]) =>
    DEFECTS.flatMap((defect) => (defect.title === title && defect.fix ? [{ id, fix: defect.fix }] : [])),
  );
}

function isInPlace(prompt: string): boolean {
  return /^Edit the file/m.test(prompt);
}

function pathIn(prompt: string): string {
  return /the file `([^`]+)`/.exec(prompt)?.[1] ?? '';
}

function editOf(prompt: string, { old_text: before, new_text: after }: Fix) {
  return { file_path: pathIn(prompt), old_string: before, new_string: after };
}

/** A patch in codex's own format, which replaces whole lines. */
function patchFor(prompt: string): string {
  const hunks = fixesIn(prompt).map(({ fix }) => {
    const line = [PLAN, ONCE_FIXED]
      .flatMap((plan) => plan.split('\n'))
      .find((text) => text.includes(fix.old_text));
    return `@@\n-${line}\n+${line?.replace(fix.old_text, () => fix.new_text)}\n`;
  });
  return `*** Begin Patch\n*** Update File: ${pathIn(prompt)}\n${hunks.join('')}*** End Patch`;
}

/** A plan with every known defect closed that a reviewer would raise now. */
function fixed(plan: string): string {
  const fixes = liveIn(plan).flatMap(({ fix }) => fix ?? []);
  return fixes.reduce((text, fix) => text.replace(fix.old_text, () => fix.new_text), plan);
}

function liveIn(plan: string): Defect[] {
  return DEFECTS.filter(
    ({ quote, after }) => plan.includes(quote) && (after === undefined || plan.includes(after)),
  );
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
