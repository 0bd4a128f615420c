import type { Round, Run } from '../core/run.ts';
import { stopCard } from '../core/stop-card.ts';
import { findingRows } from './findings.ts';

/** A run as one JSON value, for scripts. */
export function jsonReport(run: Run, stateDir: string): Record<string, unknown> {
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

function roundJson({
  number,
  baseline,
  review,
  applied,
  commit,
  how,
  ...rest
}: Round): Record<string, unknown> {
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
