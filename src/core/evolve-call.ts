import { notAsked } from './conversation.ts';
import type { FactOf, Tokens } from './fact.ts';
import { currentRound, withRound, type Asking, type Position, type Run, type Unread } from './run.ts';

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
        position: withAskings(run.position, waited),
        spent: { ...run.spent, waitedMs: run.spent.waitedMs + fact.waited_ms },
      };
  }
}

/** Whoever met a limit may be asked again; whoever failed otherwise, side by side with it, may not. */
function waited(asking: Asking): Asking {
  const last = asking.failures.at(-1);
  return last?.kind === 'usage-limit' ? { ...asking, failures: [], waitedFor: last.resets_at } : asking;
}

/** Remembers an answer that nobody could read: whoever gave it is asked once more. */
export function unread(position: Position, problem: Unread): Position {
  return withAskings(position, (asking) =>
    asking.answered === problem.call
      ? {
          ...asking,
          answered: null,
          failures: [],
          waitedFor: null,
          unreadable: [...asking.unreadable, problem],
        }
      : asking,
  );
}

function started(run: Run, fact: FactOf<'call.started'>): Run {
  const spent = { ...run.spent, calls: run.spent.calls + 1 };
  const round = currentRound(run);
  const looks = fact.purpose === 'second-look' ? 2 : round.looks;
  const calls = [...round.calls, { started: fact, finished: null }];
  return withRound({ ...run, spent, position: asked(run.position, fact) }, { calls, looks });
}

/** A conversation goes on, or a new one begins. */
function asked(position: Position, { call, role, purpose, seat }: FactOf<'call.started'>): Position {
  const fresh: Asking = { ...notAsked(role, purpose, seat), pending: call };
  switch (position.at) {
    case 'judging': {
      if (role === 'arbiter')
        return { at: 'arbitrating', asking: fresh, refuted: null, looks: position.looks };
      return { at: 'reviewing', looks: purpose === 'hunt' ? [...position.looks, fresh] : [fresh] };
    }
    case 'refused': {
      const sentBack = [...position.work.sentBack, { cause: position.cause, problem: position.problem }];
      return { at: 'implementing', work: { ...position.work, sentBack }, asking: fresh };
    }
    case 'implementing':
      return { ...position, asking: { ...(position.asking ?? fresh), pending: call } };
    case 'between':
      return { at: 'looking', asking: fresh };
    case 'reviewing':
    case 'calibrating':
    case 'arbitrating':
    case 'verifying':
    case 'looking':
      return withAskings(position, (asking) =>
        asking.seat === seat ? { ...asking, purpose, pending: call } : asking,
      );
    default:
      throw new Error(`A call cannot start while the run is ${position.at}.`);
  }
}

function finished(run: Run, fact: FactOf<'call.finished'>): Run {
  const { failure } = fact;
  const position = withAskings(run.position, (asking) => {
    if (asking.pending !== fact.call) return asking;
    return failure
      ? { ...asking, pending: null, failures: [...asking.failures, failure] }
      : { ...asking, pending: null, answered: fact.call };
  });
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

/** The position with each conversation of it changed. */
export function withAskings(position: Position, change: (asking: Asking) => Asking): Position {
  switch (position.at) {
    case 'reviewing':
      return { ...position, looks: position.looks.map(change) };
    case 'calibrating':
    case 'arbitrating':
    case 'verifying':
    case 'looking':
      return { ...position, asking: change(position.asking) };
    case 'implementing':
      return position.asking ? { ...position, asking: change(position.asking) } : position;
    default:
      return position;
  }
}

/** Null stands for "nobody said": it adds nothing. */
export function addTokens(a: Tokens | null, b: Tokens | null): Tokens | null {
  if (!a || !b) return a ?? b;
  return { input: a.input + b.input, cached: a.cached + b.cached, output: a.output + b.output };
}
