import type { FactOf, Role, Stamped } from '../core/fact.ts';

type Started = FactOf<'call.started'>;

/** Who made a call, in words: the agent, what it was asked for, and the model that answered where that is known. */
export function callerOf({ agent, role, model }: Pick<Started, 'agent' | 'role' | 'model'>): string {
  return `${agent}${model === null ? '' : ` (${model})`}, ${ROLES[role]}`;
}

const ROLES: Record<Role, string> = {
  reviewer: 'as reviewer',
  implementer: 'as implementer',
  arbiter: 'as arbiter',
  verifier: 'as verifier',
};

/** Names the caller of a call, or of several that are joined by `+`, of a round. */
export function callers(facts: readonly Stamped[]): (round: number, call: string | null) => string | null {
  const known = new Map<string, string>();
  for (const fact of facts)
    if (fact.type === 'call.started' || fact.type === 'call.finished')
      known.set(`${fact.round} ${fact.call}`, callerOf(fact));
  return (round, call) => {
    const names = (call ?? '').split('+').flatMap((id) => known.get(`${round} ${id}`) ?? []);
    return names.length === 0 ? null : [...new Set(names)].join('; ');
  };
}

/** Who answered a question. */
export function answererOf({ by, flag }: Pick<FactOf<'decision'>, 'by' | 'flag'>): string {
  switch (by) {
    case 'user':
      return 'you';
    case 'flag':
      return `you, by ${flag}`;
    case 'policy':
      return `the default policy (${flag})`;
  }
}
