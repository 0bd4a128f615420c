import type { Run } from '../core/run.ts';
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
    rounds: run.rounds.map(({ number, review, applied, commit, how }) => ({
      round: number,
      verdict: review?.verdict ?? null,
      rung: review?.rung ?? null,
      counts: review?.counts ?? null,
      filtered: review?.filtered ?? null,
      void: review?.void ?? null,
      addressed: applied?.findings ?? [],
      commit: commit?.sha ?? null,
      how,
    })),
    findings: findingRows(run),
    last_look: run.lastLook && { problem: run.lastLook.problem, findings: run.lastLook.findings },
    decisions: run.decisions.map(({ type: _, ...decision }) => decision),
    calls: run.spent.calls,
    agent_ms: run.spent.ms,
    tokens: run.spent.tokens,
    commits: run.commits.map(({ sha }) => sha),
  };
}
