import type { FactOf, Stamped, Tokens } from '../core/fact.ts';

/** A call as a report tells it: who was asked for what, how it ended, and what it cost. */
export type ToldCall = {
  readonly round: number;
  readonly call: string;
  readonly role: FactOf<'call.started'>['role'];
  readonly purpose: FactOf<'call.started'>['purpose'];
  readonly agent: string;
  /** The model that answered, or else the one that was asked for. */
  readonly model: string | null;
  readonly effort: string | null;
  readonly started_at: string;
  /** cut: it did not come to its end in front of us. */
  readonly outcome: 'ok' | 'failed' | 'cut';
  readonly failure: string | null;
  readonly tokens: Tokens | null;
  readonly tool_uses: number;
  readonly duration_ms: number | null;
};

/** Every call of a run, in the order they were started. */
export function toldCalls(facts: readonly Stamped[]): ToldCall[] {
  const calls = new Map<string, ToldCall>();
  for (const fact of facts) {
    if (fact.type === 'call.started') {
      const { round, call, role, purpose, agent, model, effort, ts } = fact;
      const about = { round, call, role, purpose, agent, model, effort, started_at: ts };
      calls.set(`${round} ${call}`, { ...about, ...UNFINISHED });
    }
    const known = fact.type === 'call.finished' ? calls.get(`${fact.round} ${fact.call}`) : undefined;
    if (fact.type === 'call.finished' && known) {
      const { outcome, failure, model, tokens, tool_uses, duration_ms } = fact;
      const ended = { outcome, failure: failure?.message ?? null, tokens, tool_uses, duration_ms };
      calls.set(`${fact.round} ${fact.call}`, { ...known, model: model ?? known.model, ...ended });
    }
  }
  return [...calls.values()];
}

const UNFINISHED = {
  outcome: 'cut',
  failure: null,
  tokens: null,
  tool_uses: 0,
  duration_ms: null,
} as const;
