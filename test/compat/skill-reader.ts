import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * How the skill reads a run directory: its four readings, written anew from what they are known to do, so that a test can
 * show that they come out right on directories of ours.
 *
 * Where we differ on purpose:
 * - An answer that is empty or cannot be read ends a run of ours (`aborted_malformed_output`), and has no `findings.txt`.
 *   To the skill such a file means "nothing found".
 * - The skill takes a finding for stuck when the same line is named twice. We go by the place and the words, so the two
 *   lists may differ; both read the same files.
 * - `aborted_implementer_error` and the `reason` beside a status are ours. The skill prints any status as it stands.
 * - An arbiter of ours says what is so, and code derives classes and scores of it: `arbiter.txt` has its answer as it is,
 *   so the digest of it (`5r 2p`) is a dash. What was ruled out is in `events.jsonl` and `refine-plan findings`.
 * - The last look after the cap stands in `verify.txt` and `parked.txt`. Its time and tokens count as the reviewer's.
 */

type Round = { readonly round: number; readonly [key: string]: string | number | undefined };

type Manifest = {
  readonly plan_path: string;
  readonly plan_slug: string;
  readonly run_id: string;
  readonly status: string;
  readonly started_at: string;
  readonly ended_at?: string;
  readonly current_round: number;
  readonly rounds: readonly Round[];
};

export function manifestOf(dir: string): Manifest {
  return JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));
}

/** `status`: where a run stands, and the seconds and files of each round. */
export function statusOf(dir: string) {
  const { rounds, ...head } = manifestOf(dir);
  const total = (field: string): number => rounds.reduce((sum, round) => sum + Number(round[field] ?? 0), 0);
  return {
    plan: head.plan_path,
    slug: head.plan_slug,
    run: head.run_id,
    status: head.status,
    started: head.started_at,
    ended: head.ended_at,
    round: head.current_round,
    codexSeconds: total('codex_elapsed_seconds'),
    implementerSeconds: total('implementer_elapsed_seconds'),
    arbiterSeconds: total('arbiter_elapsed_seconds'),
    rounds: rounds.map((round) => ({
      round: round.round,
      codex: round['codex_elapsed_seconds'] ?? '?',
      implementer: round['implementer_elapsed_seconds'] ?? '?',
      files: ['findings.txt', 'arbiter.txt', 'implementer-summary.txt'].filter((name) =>
        existsSync(fileOf(dir, round.round, name)),
      ),
    })),
  };
}

/** `summary`: one row a phase, and the total: phase, findings, tokens, elapsed. */
export function summaryOf(dir: string): string[][] {
  const { rounds } = manifestOf(dir);
  const rows = rounds.flatMap((round) => {
    const { label, count } = findingsLabel(dir, round.round);
    const reviewer = rowOf(`Round ${round.round} codex`, label, round, 'codex');
    const arbiter = existsSync(fileOf(dir, round.round, 'arbiter.txt'))
      ? [rowOf(`Round ${round.round} arbiter`, arbiterLabel(dir, round.round), round, 'arbiter')]
      : [];
    if (!existsSync(fileOf(dir, round.round, 'implementer-summary.txt'))) return [reviewer, ...arbiter];
    const addressed = count > 0 ? `${count}/${count} addr` : 'addressed';
    const implementer = rowOf(`Round ${round.round} implementer`, addressed, round, 'implementer');
    return [reviewer, ...arbiter, implementer];
  });
  const total = rowOf(
    'Total',
    '',
    {
      round: 0,
      codex_tokens: rows.reduce((sum, row) => sum + row.tokens, 0),
      codex_elapsed_seconds: rows.reduce((sum, row) => sum + row.seconds, 0),
    },
    'codex',
  );
  return [...rows, total].map(({ phase, findings, tokens, seconds }) => [
    phase,
    findings,
    tokensLabel(tokens),
    secondsLabel(seconds),
  ]);
}

/** `detect-stuck`: places that actionable findings of two rounds or more name by the same file and line. */
export function stuckIn(dir: string): string[] {
  const seen = new Map<string, { rounds: number[]; severities: string[] }>();
  for (const { round } of manifestOf(dir).rounds) {
    const inThisRound = new Set<string>();
    for (const { file, line_start: line, severity } of actionable(readFindings(dir, round))) {
      const place = `${file}:${line}`;
      if (!file || !Number.isInteger(line) || inThisRound.has(place)) continue;
      inThisRound.add(place);
      const { rounds, severities } = seen.get(place) ?? { rounds: [], severities: [] };
      seen.set(place, { rounds: [...rounds, round], severities: [...severities, String(severity)] });
    }
  }
  return [...seen]
    .filter(([, { rounds }]) => rounds.length > 1)
    .map(
      ([place, { rounds, severities }]) =>
        `STUCK ${place} rounds: ${rounds.join(',')} severity: ${severities.join(',')}`,
    )
    .toSorted();
}

/** `resume`: the newest run in progress of exactly this plan. */
export function resumableRun(stateRoot: string, plan: string): string | undefined {
  const runs = readdirSync(stateRoot)
    .map((name) => join(stateRoot, name))
    .filter((dir) => existsSync(join(dir, 'manifest.json')))
    .map((dir) => ({ dir, ...manifestOf(dir) }))
    .filter(({ plan_path, status }) => plan_path === plan && status === 'in_progress');
  return runs.toSorted((a, b) => (a.started_at < b.started_at ? 1 : -1))[0]?.dir;
}

type Finding = {
  readonly severity?: string;
  readonly file?: string;
  readonly line_start?: number;
  readonly confidence?: number | null;
};

type Findings = {
  readonly state: 'none' | 'malformed' | 'approve' | 'needs-attention';
  readonly findings: readonly Finding[];
};

/** The findings of a round: JSON, bare or in one fence; else any line with a severity and `file:line` in backticks. */
export function readFindings(dir: string, round: number): Findings {
  const path = fileOf(dir, round, 'findings.txt');
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (text === '') return { state: 'none', findings: [] };
  const inFence = /^```(?:json)?\s*\n([\s\S]*)\n```$/.exec(text)?.[1];
  const answer = parse(inFence ?? text);
  if (
    (answer?.verdict === 'approve' || answer?.verdict === 'needs-attention') &&
    Array.isArray(answer.findings)
  ) {
    return { state: answer.verdict, findings: answer.findings };
  }
  const findings = text.split('\n').flatMap(proseFindings);
  return findings.length > 0 ? { state: 'needs-attention', findings } : { state: 'malformed', findings };
}

function proseFindings(line: string): Finding[] {
  const severity = /\b(?:critical|high|medium|low)\b/i.exec(line)?.[0].toLowerCase();
  if (severity === undefined) return [];
  return [...line.matchAll(/`([^`]+?):(\d+)`/g)].map(([, file = '', at]) => {
    return { severity, file, line_start: Number(at), confidence: 0.5 };
  });
}

function parse(text: string): {
  verdict?: unknown;
  findings?: Finding[];
  classifications?: { class?: string }[];
} | null {
  try {
    return JSON.parse(text);
  } catch {
    return null; // prose, then
  }
}

/** Of a floor of 0.3; a finding without a score is certain, one with null is worth nothing. */
function actionable({ findings }: Findings): Finding[] {
  return findings.filter(({ confidence = 1 }) => (confidence ?? 0) >= 0.3);
}

function findingsLabel(dir: string, round: number): { label: string; count: number } {
  const read = readFindings(dir, round);
  const left = actionable(read);
  if (read.state === 'none' || read.state === 'malformed') return { label: '—', count: 0 };
  if (read.state === 'approve' && left.length === 0) return { label: 'No find.', count: 0 };
  const counts = ['critical', 'high', 'medium', 'low'].map((severity) => ({
    letter: severity.charAt(0).toUpperCase(),
    n: left.filter((finding) => finding.severity?.toLowerCase() === severity).length,
  }));
  return {
    label: counts.map(({ letter, n }) => `${n}${letter}`).join(' '),
    count: counts.reduce((sum, { n }) => sum + n, 0),
  };
}

/** Real findings and wording, as its arbiter writes them down; a dash where that is not what stands in the file. */
function arbiterLabel(dir: string, round: number): string {
  const answer: { classifications?: { class?: string }[] } | null = parse(
    readFileSync(fileOf(dir, round, 'arbiter.txt'), 'utf8'),
  );
  const classes = answer?.classifications?.map((one) => one.class);
  if (!classes) return '—';
  const of = (name: string): number => classes.filter((one) => one === name).length;
  return `${of('real')}r ${of('prose')}p`;
}

function rowOf(phase: string, findings: string, round: Round, prefix: string) {
  return {
    phase,
    findings,
    tokens: Number(round[`${prefix}_tokens`] ?? 0),
    seconds: Number(round[`${prefix}_elapsed_seconds`] ?? 0),
  };
}

function tokensLabel(n: number): string {
  if (n === 0) return '—';
  return n < 1000 ? String(n) : `${Math.floor(n / 1000)}k`;
}

function secondsLabel(seconds: number): string {
  if (seconds === 0) return '—';
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
}

function fileOf(dir: string, round: number, name: string): string {
  return join(dir, `round-${String(round).padStart(2, '0')}`, name);
}
