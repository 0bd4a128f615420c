import { join } from 'node:path';
import type { FactOf, Stamped, Tokens } from '../core/fact.ts';
import { atomicWrite } from './atomic-write.ts';

type Timing = { started: string; ended: string | null; tokens: number; toolUses: number };

/** The three phases of a round, under the names the manifest has always had. What looks at a fix is a reviewer. */
const PHASE = {
  reviewer: 'codex',
  arbiter: 'arbiter',
  implementer: 'implementer',
  verifier: 'codex',
} as const;

type Phase = (typeof PHASE)[keyof typeof PHASE];

/** A run at a glance: a projection of the journal, written for people and scripts, never read back by us. */
export function manifestProjection(): {
  readonly add: (fact: Stamped) => void;
  readonly json: () => Record<string, unknown>;
} {
  let head: Record<string, unknown> = {};
  let tail: Record<string, unknown> = {};
  const rounds = new Map<number, Map<Phase, Timing>>();
  const add = (fact: Stamped): void => {
    switch (fact.type) {
      case 'run.started':
        head = headOf(fact);
        break;
      case 'run.resumed':
        tail = {};
        break;
      case 'round.started':
        rounds.set(fact.round, rounds.get(fact.round) ?? new Map());
        break;
      case 'call.started':
        callStarted(rounds, fact);
        break;
      case 'call.finished':
        callFinished(rounds, fact);
        break;
      case 'run.finished':
        tail = tailOf(fact);
        break;
      default:
    }
  };
  const json = (): Record<string, unknown> => ({
    ...head,
    status: 'in_progress',
    current_round: Math.max(0, ...rounds.keys()),
    rounds: [...rounds].map(([round, phases]) => Object.assign({ round }, ...[...phases].map(timingFields))),
    ...tail,
  });
  return { add, json };
}

/**
 * Keeps `manifest.json` of a run directory in step; `past` are the facts that were there before. It need not survive a power
 * cut: a resumed run writes it anew.
 */
export function manifestWriter(dir: string, past: readonly Stamped[] = []): (fact: Stamped) => Promise<void> {
  const projection = manifestProjection();
  for (const fact of past) projection.add(fact);
  return async (fact) => {
    projection.add(fact);
    await atomicWrite(manifestPath(dir), `${JSON.stringify(projection.json(), null, 2)}\n`, {
      durable: fact.type === 'run.finished',
    });
  };
}

export function manifestPath(dir: string): string {
  return join(dir, 'manifest.json');
}

function headOf(fact: FactOf<'run.started'> & Stamped): Record<string, unknown> {
  return {
    schema_version: 1,
    kind: fact.kind,
    plan_path: fact.plan.path,
    plan_slug: fact.plan.slug,
    run_id: fact.run,
    started_at: seconds(fact.ts),
    initial_plan_sha256: fact.sha256,
    tool_version: fact.tool_version,
  };
}

function tailOf(fact: FactOf<'run.finished'> & Stamped): Record<string, unknown> {
  const { status, reason, exit_code, message, commits, unresolved, parked, card } = fact;
  return {
    status,
    ended_at: seconds(fact.ts),
    reason,
    exit_code,
    message,
    commits,
    unresolved,
    parked,
    card,
  };
}

function callStarted(rounds: Map<number, Map<Phase, Timing>>, fact: FactOf<'call.started'> & Stamped): void {
  const phases = rounds.get(fact.round) ?? new Map<Phase, Timing>();
  const before = phases.get(PHASE[fact.role]);
  phases.set(PHASE[fact.role], before ?? { started: fact.ts, ended: null, tokens: 0, toolUses: 0 });
  rounds.set(fact.round, phases);
}

function callFinished(
  rounds: Map<number, Map<Phase, Timing>>,
  fact: FactOf<'call.finished'> & Stamped,
): void {
  const timing = rounds.get(fact.round)?.get(PHASE[fact.role]);
  if (!timing) return;
  timing.ended = fact.ts;
  timing.tokens += spent(fact.tokens);
  timing.toolUses += fact.tool_uses;
}

function timingFields([phase, { started, ended, tokens, toolUses }]: [Phase, Timing]): Record<
  string,
  unknown
> {
  if (ended === null) return { [`${phase}_started_at`]: seconds(started) };
  return {
    [`${phase}_started_at`]: seconds(started),
    [`${phase}_ended_at`]: seconds(ended),
    [`${phase}_elapsed_seconds`]: Math.max(0, Math.floor((Date.parse(ended) - Date.parse(started)) / 1000)),
    [`${phase}_tokens`]: tokens,
    [`${phase}_tool_uses`]: toolUses,
  };
}

function spent(tokens: Tokens | null): number {
  return tokens ? tokens.input + tokens.output : 0;
}

/** The manifest's times are whole seconds. */
function seconds(ts: string): string {
  return ts.replace(/\.\d+Z$/, 'Z');
}
