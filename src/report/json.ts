import type { Round, Run } from '../core/run.ts';
import { stopCard } from '../core/stop-card.ts';
import { findingRows } from './findings.ts';
import type { ReportSource } from './source.ts';
import type { PlanChange } from './plan-changes.ts';
import type { Report } from './report-schema.ts';
import { storyOf } from './story.ts';
import type { ToldFinding } from './told-finding.ts';

/** A run as it stands, as one JSON value. */
export function jsonReport(run: Run, stateDir: string): Standing {
  const { position } = run;
  const outcome = position.at === 'finished' ? position.outcome : null;
  return {
    run: run.id,
    kind: run.kind,
    plan: run.started.plan.path,
    state_dir: stateDir,
    status: outcome?.status ?? 'in_progress',
    reason: outcome?.reason ?? null,
    exit_code: outcome?.exit_code ?? null,
    message: outcome?.message ?? null,
    position: position.at,
    rounds: run.rounds.map(roundJson),
    card: outcome && stopCard(run),
    findings: findingRows(run),
    last_look: run.lastLook && { problem: run.lastLook.problem, findings: run.lastLook.findings },
    decisions: run.decisions.map(({ type: _, ...decision }) => decision),
    calls: run.spent.calls,
    agent_ms: run.spent.ms,
    tokens: run.spent.tokens,
    commits: run.commits.map(({ sha }) => sha),
  };
}

type Told =
  | 'v'
  | 'tool_version'
  | 'started_at'
  | 'ended_at'
  | 'verdict'
  | 'next'
  | 'became'
  | 'refused'
  | 'changes'
  | 'call_list';

type Standing = Omit<Report, Told>;

/** A whole run as one JSON value, for scripts. `refine-plan schema report` says what is in it. */
export function wholeReport(source: ReportSource, stateDir: string): Report {
  const story = storyOf(source);
  return {
    v: 1,
    ...jsonReport(source.run, stateDir),
    tool_version: source.run.started.tool_version,
    started_at: story.startedAt,
    ended_at: story.outcome ? story.lastAt : null,
    verdict: story.verdict,
    next: story.next,
    became: story.findings.map(becameJson),
    refused: story.refusals,
    changes: story.changes.map(changeJson),
    call_list: story.calls,
  };
}

/** What became of each finding in words, by whom, and what was changed for it. */
function becameJson({ finding, group, label, because, by, fixes }: ToldFinding): Report['became'][number] {
  return {
    id: finding.id,
    group,
    label,
    because,
    by,
    fixes: fixes.map(({ round, findings, removed, added, line, isTakenBack, commit }) => ({
      round,
      findings,
      removed,
      added,
      line,
      taken_back: isTakenBack,
      commit,
    })),
  };
}

function changeJson({
  round,
  by,
  findings,
  takenBack,
  commit,
  bytes,
}: PlanChange): Report['changes'][number] {
  return { round, by, findings, taken_back: takenBack, commit, bytes };
}

function roundJson({
  number,
  baseline,
  review,
  applied,
  commit,
  how,
  ...rest
}: Round): Report['rounds'][number] {
  const { verdict, rung, counts, filtered, void: voided } = review ?? UNREAD;
  const { arbitration, verification } = rest;
  return {
    round: number,
    mode: baseline.mode,
    verdict,
    rung,
    counts,
    filtered,
    void: voided,
    looks: review?.looks.length ?? 0,
    rulings: arbitration?.rulings ?? [],
    checks: verification?.checks ?? [],
    addressed: applied?.findings.filter((id) => !applied.reverted.includes(id)) ?? [],
    taken_back: applied?.reverted ?? [],
    commit: commit?.sha ?? null,
    how,
  };
}

const UNREAD = { verdict: null, rung: null, counts: null, filtered: null, void: null };
