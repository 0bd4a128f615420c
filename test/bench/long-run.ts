import type { Fact, FactOf } from '../../src/core/fact.ts';
import type { Settings } from '../../src/core/settings.ts';
import { changesBetween } from '../../src/core/changes.ts';
import { appliedRecords, stateOf } from '../../src/core/contested/fix-record.ts';
import type { Finding } from '../../src/core/finding.ts';
import { outlineOf } from '../../src/core/ledger/blocks.ts';
import { lineMapOf } from '../../src/core/ledger/hunks.ts';
import { summed } from '../../src/store/checksum.ts';
import { digest } from '../../src/store/plan-file.ts';
import { SETTINGS } from './convergence/settings.ts';

/* The journal of a long run, made without one: every round raises so many findings and mends all of them. */

export type Long = {
  readonly rounds: number;
  readonly perRound: number;
  /** Where the plan lies, and how the facts name it. */
  readonly plan: { readonly path: string; readonly relative: string; readonly slug: string };
  /** The top of the repository, and where it stands. */
  readonly repo: FactOf<'run.started'>['repo'];
  readonly settings?: Partial<Settings>;
  /** Of the tool that wrote it. */
  readonly version?: string;
};

type Kept = {
  /** Up to where only the ending is missing. */
  readonly facts: Fact[];
  /** The journal they are written to, given the id of the run. */
  readonly journal: (run: string) => Buffer;
  readonly before: string;
  readonly after: string;
};

/** What such a run leaves, and the plan before it and after it. */
export function longRun(long: Long): Kept {
  const { rounds, perRound, plan, repo, version = '0.0.0' } = long;
  const before = planOf(Math.max(600, perRound * 8));
  const settings = { ...SETTINGS, max_rounds: rounds + 1, ...long.settings };
  const started: Fact = {
    type: 'run.started',
    format: 1,
    tool_version: version,
    kind: 'refine',
    plan,
    repo,
    sha256: digest(before),
    bytes: Buffer.byteLength(before),
    dirty: 'clean',
    settings,
    prompts: {},
  };
  const facts: Fact[] = [started];
  let text = before;
  for (let round = 1; round <= rounds; round += 1) {
    const next = mended(text, round, perRound);
    facts.push(...roundOf({ round, perRound, text, next, relative: plan.relative }));
    text = next;
  }
  facts.push(...lastRound(rounds + 1, text));
  return { facts, journal: (run) => journalOf(run, facts), before, after: text };
}

function journalOf(run: string, facts: readonly Fact[]): Buffer {
  let sum = 0;
  const lines = facts.map((fact) => {
    const stamped = { v: 1, ts: '2026-01-01T00:00:00.000Z', run, ...fact };
    const written = summed(JSON.stringify(stamped), sum);
    sum = written.sum;
    return written.line;
  });
  return Buffer.concat(lines);
}

function planOf(steps: number): string {
  return Array.from({ length: steps }, (_, at) => lineOf(at, 0)).join('\n');
}

function lineOf(step: number, round: number): string {
  return `${step}. Table ${step * 7919} is read one line at a time, as round ${round} has it, and what was read goes to part ${step * 31}.\n`;
}

type Played = {
  readonly round: number;
  readonly perRound: number;
  readonly text: string;
  readonly next: string;
  readonly relative: string;
};

/** The lines, counted from 0, that a round is about. */
function placesOf(text: string, round: number, perRound: number): number[] {
  const lines = text.split('\n').flatMap((line, at) => (line === '' ? [] : [at]));
  return Array.from(
    { length: perRound },
    (_, nth) => lines[(round * 37 + nth * Math.floor(lines.length / perRound)) % lines.length] ?? 0,
  );
}

/** Every place is written anew; one in five gets a line more, and one in five loses one that such a fix put in. */
function mended(text: string, round: number, perRound: number): string {
  const places = new Set(placesOf(text, round, perRound));
  return text
    .split('\n')
    .flatMap((line, at) => {
      if (!places.has(at)) return line === `Nothing is lost in round ${round - 3}.` ? [] : [line];
      const step = Number.parseInt(line, 10);
      if (Number.isNaN(step)) return [line.replace(/\d+/, String(round))];
      const mine = lineOf(step, round).trimEnd();
      return step % 5 === 0 ? [mine, `Nothing is lost in round ${round}.`] : [mine];
    })
    .join('\n');
}

function roundOf({ round, perRound, text, next, relative }: Played): Fact[] {
  const findings = placesOf(text, round, perRound).map((at, nth) =>
    findingOf({ id: `F${(round - 1) * perRound + nth + 1}`, at, text, round, relative }),
  );
  const ids = findings.map(({ id }) => id);
  const { hunks, moves } = lineMapOf(text, next);
  const edits = hunks.map(([, , start, lines], nth) => ({
    findings: [ids[nth % ids.length] ?? ''],
    lines: { start, end: start + Math.max(lines, 1) - 1 },
  }));
  const changes = appliedRecords(round, changesBetween(text, next, []), outlineOf(next).blocks).map(
    ({ removed, added, lines }, nth) => ({
      removed,
      added,
      lines: { start: lines.start, end: lines.end },
      findings: [ids[nth % ids.length] ?? ''],
    }),
  );
  return [
    opened(round, text),
    ...call({ round, call: 'review-1', role: 'reviewer', purpose: 'review' }),
    parsed(round, findings),
    {
      type: 'findings.accepted',
      round,
      findings: ids,
      expanded: [],
      design: [],
      guard: [],
      handed_over: [],
      reverts: [],
    },
    ...call({ round, call: 'fix-1', role: 'implementer', purpose: 'fix' }),
    {
      type: 'edits.read',
      round,
      call: 'fix-1',
      result: 'fits',
      problem: null,
      summary: 'Mended.',
      declined: [],
      skipped: [],
      outside: [],
      handed_over: [],
      frozen: [],
      sha256: digest(next),
      candidate: `round-${round}/candidate.md`,
      edits,
    },
    {
      type: 'drift.checked',
      round,
      of: 'edits',
      ok: true,
      lost: [],
      markers_before: 0,
      markers_after: 0,
      handed_over: [],
      sha256: digest(next),
      candidate: null,
    },
    {
      type: 'edits.applied',
      round,
      sha256_before: digest(text),
      sha256_after: digest(next),
      growth: Buffer.byteLength(next) - Buffer.byteLength(text),
      findings: ids,
      reverted: [],
      state_before: digest(stateOf(text)),
      state_after: digest(stateOf(next)),
      hunks: hunks.map(([a, b, c, d]): [number, number, number, number] => [a, b, c, d]),
      moves: moves.map(([a, b, c]): [number, number, number] => [a, b, c]),
      edits,
      changes,
    },
    { type: 'round.finished', round, how: 'edited' },
  ];
}

function lastRound(round: number, text: string): Fact[] {
  return [
    opened(round, text),
    ...call({ round, call: 'review-1', role: 'reviewer', purpose: 'review' }),
    { ...parsed(round, []), verdict: 'approve' },
    { type: 'round.finished', round, how: 'reviewed' },
  ];
}

function opened(round: number, text: string): Fact {
  return {
    type: 'round.started',
    round,
    mode: 'review',
    sha256: digest(text),
    lines: text.split('\n').length,
    sentinels: [],
    marker_lines: 0,
  };
}

type Called = Pick<FactOf<'call.started'>, 'round' | 'call' | 'role' | 'purpose'>;

function call(given: Called): Fact[] {
  const same = { ...given, agent: 'cmd', seat: 0, model: null };
  return [
    { ...same, type: 'call.started', effort: null, prompt: 'prompt.md', prompt_sha256: digest('') },
    {
      ...same,
      type: 'call.finished',
      outcome: 'ok',
      failure: null,
      version: null,
      tokens: { input: 100, cached: 0, output: 10 },
      tool_uses: 0,
      duration_ms: 1000,
      answer: 'answer.txt',
      log: 'agent.log',
      discarded: [],
    },
  ];
}

function parsed(round: number, findings: Finding[]): FactOf<'review.parsed'> {
  return {
    type: 'review.parsed',
    round,
    call: 'review-1',
    rung: 'json',
    verdict: 'needs-attention',
    summary: '',
    counts: { critical: 0, high: findings.length, medium: 0, low: 0 },
    filtered: 0,
    void: 0,
    settled: 0,
    next_steps: [],
    findings,
    looks: [
      { call: 'review-1', verdict: 'needs-attention', problem: null, findings: findings.map(({ id }) => id) },
    ],
  };
}

function findingOf(given: {
  readonly id: string;
  readonly at: number;
  readonly text: string;
  readonly round: number;
  readonly relative: string;
}): Finding {
  const { id, at, text, round, relative } = given;
  return {
    id,
    severity: 'high',
    title: `The bound of line ${at} is missing, as round ${round} has it`,
    body: `When the server is gone the import waits for it and never ends, and nobody is told of ${id}.`,
    file: relative,
    confidence: 1,
    recommendation: 'Bound it.',
    instance: `At 02:00 the server restarts, and job ${id} is still waiting at noon.`,
    kind: 'missing-case',
    materialization: 1,
    materialization_reason: '',
    cause: '',
    fix_kind: 'guard',
    coerced: [],
    anchor: {
      how: 'exact',
      lines: { start: at + 1, end: at + 1 },
      quote: text.split('\n')[at] ?? '',
      section: [],
    },
    gate: 'actionable',
    generation: 0,
    parent: null,
  };
}
