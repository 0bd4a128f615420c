import type { FactOf, Tokens } from './fact.ts';
import { currentRound, withRound, type Asking, type Position, type Run } from './run.ts';

type CallFact = FactOf<'call.started'> | FactOf<'call.finished'> | FactOf<'limit.waited'>;

/** Remembers what happened to a call, and what it cost. */
export function evolveCall(run: Run, fact: CallFact): Run {
  switch (fact.type) {
    case 'call.started':
      return started(run, fact);
    case 'call.finished':
      return finished(run, fact);
    case 'limit.waited':
      return {
        ...run,
        position: withAsking(run.position, (asking) => ({ ...asking, failures: [] })),
        spent: { ...run.spent, waitedMs: run.spent.waitedMs + fact.waited_ms },
      };
  }
}

function started(run: Run, fact: FactOf<'call.started'>): Run {
  const spent = { ...run.spent, calls: run.spent.calls + 1 };
  const round = currentRound(run);
  const looks = fact.purpose === 'second-look' ? 2 : round.looks;
  const calls = [...round.calls, { started: fact, finished: null }];
  return withRound({ ...run, spent, position: asked(run.position, fact) }, { calls, looks });
}

/** A conversation goes on, or a new one begins. */
function asked(position: Position, { call, role, purpose }: FactOf<'call.started'>): Position {
  const fresh: Asking = { role, purpose, pending: call, answered: null, failures: [] };
  switch (position.at) {
    case 'reviewing':
      return { ...position, asking: { ...position.asking, purpose, pending: call } };
    case 'unreadable':
      return { at: 'reviewing', asking: fresh, unreadable: position.problems };
    case 'judging':
      return { at: 'reviewing', asking: fresh, unreadable: [] };
    case 'implementing':
      return { ...position, asking: position.asking ? { ...position.asking, pending: call } : fresh };
    case 'refused': {
      const sentBack = [...position.work.sentBack, { cause: position.cause, problem: position.problem }];
      return { at: 'implementing', work: { ...position.work, sentBack }, asking: fresh };
    }
    case 'looking':
      return { ...position, asking: { ...position.asking, pending: call } };
    case 'between':
      return { at: 'looking', asking: fresh };
    default:
      throw new Error(`A call cannot start while the run is ${position.at}.`);
  }
}

function finished(run: Run, fact: FactOf<'call.finished'>): Run {
  const { failure } = fact;
  const position = withAsking(run.position, (asking) =>
    failure
      ? { ...asking, pending: null, failures: [...asking.failures, failure] }
      : { ...asking, pending: null, answered: fact.call },
  );
  const spent = {
    ...run.spent,
    ms: run.spent.ms + fact.duration_ms,
    tokens: addTokens(run.spent.tokens, fact.tokens),
  };
  const calls = currentRound(run).calls.map((call) =>
    call.started.call === fact.call ? { ...call, finished: fact } : call,
  );
  return withRound({ ...run, position, spent }, { calls });
}

function withAsking(position: Position, change: (asking: Asking) => Asking): Position {
  if (position.at === 'reviewing' || position.at === 'looking')
    return { ...position, asking: change(position.asking) };
  if (position.at === 'implementing' && position.asking)
    return { ...position, asking: change(position.asking) };
  return position;
}

/** Null stands for "nobody said": it adds nothing. */
export function addTokens(a: Tokens | null, b: Tokens | null): Tokens | null {
  if (!a || !b) return a ?? b;
  return { input: a.input + b.input, cached: a.cached + b.cached, output: a.output + b.output };
}
