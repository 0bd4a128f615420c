import { changesBetween } from '../../src/core/changes.ts';
import { appliedRecords } from '../../src/core/contested/fix-record.ts';
import type { Dismissal } from '../../src/core/dismissal.ts';
import type { FactOf } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import { outlineOf } from '../../src/core/ledger/blocks.ts';
import { lineMapOf } from '../../src/core/ledger/hunks.ts';
import { finding } from '../ui/told-run.ts';
import { FINDINGS, type Known } from './whole-findings.ts';
import { EDITS, type EditName } from './whole-plan.ts';
import { digest } from './whole-versions.ts';

/** What is done to every text of a model: nothing, or something that would break out of a report. */
export type Taint = (text: string) => string;

export const PATH = 'docs/plans/2026-05-04-webhooks.md';

export const EMPTY_CARD: FactOf<'run.finished'>['card'] = {
  sha256_before: '',
  sha256_after: '',
  raised: 0,
  actionable: 0,
  ruled_out: 0,
  filtered: 0,
  void: 0,
  settled: 0,
  closed: 0,
  addressed: 0,
  lapsed: 0,
  handed_over: 0,
  open: 0,
  regressions: 0,
  author: [],
  fixes: [],
  reproduction: null,
  reverted: 0,
  grown: 0,
  growth: 0,
  unseen: null,
  recall: null,
  not_checked: [],
};

export function hashOf(text: string): { sha256: string; lines: number } {
  return { sha256: digest(text), lines: text.split('\n').length - 1 };
}

export function foundBy(id: Known, taint: Taint, change: Partial<Finding>): Finding {
  const { line, quote, section, ...told } = FINDINGS[id];
  const texts = ['title', 'body', 'instance', 'recommendation', 'cause', 'materialization_reason'] as const;
  const tainted = Object.fromEntries(
    texts.map((key) => [key, told[key] === undefined ? '' : taint(told[key])]),
  );
  const lines = line === null ? null : { start: line, end: line };
  return finding(id, {
    ...told,
    ...tainted,
    file: PATH,
    anchor: {
      how: line === null ? 'void' : 'exact',
      lines,
      quote: taint(quote),
      section: section === '' ? [] : ['Webhooks', section],
    },
    ...change,
  });
}

export function decision(
  round: number,
  question: string,
  answer: string,
  by: FactOf<'decision'>['by'],
  reason: string,
  about: string[],
): FactOf<'decision'> {
  const options = {
    dirty: ['baseline', 'fail'],
    design: ['handoff', 'apply', 'guard', 'ignore'],
    stuck: ['terminate', 'continue', 'expand'],
  };
  const known: readonly string[] = options[question as keyof typeof options] ?? [answer, 'abort']; // any other has at least these
  return {
    type: 'decision',
    round,
    question,
    about,
    options: [...known],
    answer,
    by,
    reason,
    flag: `--on-${question.replace('_', '-')}`,
  };
}

export function commit(
  round: number,
  text: string,
  sha: string,
  extra: string[] = [],
): FactOf<'commit.created'> {
  const repo = { head: sha, branch: 'main', operation: null };
  return {
    type: 'commit.created',
    round,
    kind: 'round',
    sha,
    plan_sha256: digest(text),
    repo,
    extra_paths: extra,
    recognised: false,
  };
}

export function editsRead(round: number, call: string, text: string, taint: Taint): FactOf<'edits.read'> {
  return {
    type: 'edits.read',
    round,
    call,
    result: 'fits',
    problem: null,
    summary: taint('Each finding has the smallest edit that resolves it.'),
    edits: [],
    declined: [],
    skipped: [],
    outside: [],
    handed_over: [],
    frozen: [],
    sha256: digest(text),
    candidate: 'candidate.md',
  };
}

export function drift(round: number, text: string): FactOf<'drift.checked'> {
  return {
    type: 'drift.checked',
    round,
    of: 'edits',
    ok: true,
    lost: [],
    markers_before: 1,
    markers_after: 1,
    handed_over: [],
    edits: [],
    sha256: digest(text),
    candidate: null,
  };
}

/** What was written, attributed as the program does: by where each edit's new text lies. */
export function applied(
  round: number,
  before: string,
  after: string,
  edits: readonly (readonly [id: Known, name: EditName])[],
): FactOf<'edits.applied'> {
  const map = lineMapOf(before, after);
  const placed = edits.map(([id, name]) => ({
    findings: [id],
    lines: linesOfEdit(after, EDITS[name].after),
  }));
  const changes = appliedRecords(round, changesBetween(before, after, []), outlineOf(after).blocks).map(
    ({ removed, added, lines }) => ({
      removed,
      added,
      lines: { start: lines.start, end: lines.end },
      findings: placed
        .filter(
          (edit) => edit.lines.start <= Math.max(lines.end, lines.start) && lines.start <= edit.lines.end,
        )
        .flatMap(({ findings }) => findings),
    }),
  );
  return {
    type: 'edits.applied',
    round,
    sha256_before: digest(before),
    sha256_after: digest(after),
    growth: Buffer.byteLength(after) - Buffer.byteLength(before),
    findings: edits.map(([id]) => id),
    reverted: [],
    edits: placed,
    changes,
    state_before: digest(before),
    state_after: digest(after),
    hunks: map.hunks.map(([a, b, c, d]): [number, number, number, number] => [a, b, c, d]),
    moves: map.moves.map(([a, b, c]): [number, number, number] => [a, b, c]),
  };
}

export function linesOfEdit(text: string, added: string): { start: number; end: number } {
  const start = text.slice(0, text.indexOf(added)).split('\n').length;
  return { start, end: start + added.split('\n').length - 1 };
}

export function dismissal(taint: Taint): Dismissal {
  const { title, quote } = FINDINGS.F6;
  return {
    title: taint(title),
    body: '',
    quote,
    section: [],
    kind: 'scope',
    because: taint('The second region is a project of its own; see its plan.'),
    at: '2026-04-30T09:00:00Z',
    from: { run: 'webhooks-20260430T081500Z', finding: 'F4' },
  };
}
