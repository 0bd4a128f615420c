import type { FactOf, Stamped } from '../core/fact.ts';
import { count } from '../lib/text.ts';
import { callers } from './who.ts';

/** Something that was refused, sent back or lost: whose work it was, what happened, and why. */
export type Refusal = {
  readonly round: number;
  readonly whose: string;
  readonly what: string;
  readonly why: string;
};

/** What a run refused, of agents and of itself, in order. */
export function refusalsOf(facts: readonly Stamped[]): Refusal[] {
  const who = callers(facts);
  return facts.flatMap((fact) => refusalsIn(fact, who));
}

type Who = ReturnType<typeof callers>;

function refusalsIn(fact: Stamped, who: Who): Refusal[] {
  switch (fact.type) {
    case 'review.unreadable': {
      const why = fact.excerpt ? `${fact.problem} It begins: ${fact.excerpt}` : fact.problem;
      return [refusal(fact, who, { what: 'an answer that could not be read', why })];
    }
    case 'arbitration.read':
    case 'verification.read':
      return fact.result === 'ruled' || fact.result === 'read'
        ? []
        : [refusal(fact, who, { what: NOT_TAKEN[fact.result], why: fact.problem ?? '' })];
    case 'edits.read':
      return editsRefused(fact, who);
    case 'drift.checked':
      return fact.ok ? [] : [driftRefused(fact)];
    case 'edits.confirmed':
      return fact.applied
        ? []
        : [{ round: fact.round, whose: 'the implementer', what: 'edits that you did not want', why: '' }];
    case 'commit.failed':
      return [{ round: fact.round, whose: 'git', what: 'a commit that failed', why: fact.output }];
    case 'call.finished':
      return callRefused(fact, who);
    case 'commit.created':
      return fact.extra_paths.length === 0
        ? []
        : [
            {
              round: fact.round,
              whose: 'a commit hook',
              what: 'files that a hook put into the commit; the commit stands',
              why: fact.extra_paths.join(', '),
            },
          ];
    default:
      return [];
  }
}

const NOT_TAKEN = {
  unreadable: 'an answer that could not be read',
  'refutes-all': 'a ruling that refuted everything; it was asked for again in another order',
  void: 'an answer that was not taken: everything stayed as it was',
} as const;

const SENT_BACK: Partial<Record<FactOf<'edits.read'>['result'], string>> = {
  noop: 'an answer that would change nothing',
  unfit: 'edits that cannot be applied',
  malformed: 'an answer that is no edits',
  skipped: 'an answer that passes findings over',
  growth: 'edits that add too much text',
};

function editsRefused(fact: FactOf<'edits.read'>, who: Who): Refusal[] {
  const { round, result, problem, declined, outside } = fact;
  const whose = who(round, fact.call) ?? 'the implementer';
  const what = SENT_BACK[result];
  return [
    ...(what === undefined ? [] : [{ round, whose, what, why: problem ?? '' }]),
    ...outside.map(({ findings, lines, excerpt, why }) => ({
      round,
      whose,
      what: `an edit for ${findings.join(', ')} at line ${lines.start}`,
      why: excerpt ? `${why} It reads: ${excerpt}` : why,
    })),
    ...(what === undefined
      ? declined.map(({ finding, reason }) => ({
          round,
          whose,
          what: `${finding}, which the implementer declined to fix`,
          why: reason,
        }))
      : []),
  ];
}

function driftRefused({
  round,
  of,
  lost,
  markers_before: before,
  markers_after: after,
}: FactOf<'drift.checked'>): Refusal {
  const marks = after < before ? [count(before - after, 'load-bearing mark')] : [];
  return {
    round,
    whose: of === 'hook' ? 'a commit hook, or somebody else' : 'the implementer',
    what: 'bytes that lose load-bearing text',
    why: [...lost, ...marks].join(', '),
  };
}

function callRefused(fact: FactOf<'call.finished'>, who: Who): Refusal[] {
  return [
    ...(fact.failure
      ? [refusal(fact, who, { what: 'a call that came to nothing', why: fact.failure.message })]
      : []),
    ...(fact.discarded.length > 0
      ? [
          refusal(fact, who, {
            what: 'files left beside the plan, discarded',
            why: fact.discarded.join(', '),
          }),
        ]
      : []),
  ];
}

function refusal(
  { round, call }: { readonly round: number; readonly call: string | null },
  who: Who,
  told: Pick<Refusal, 'what' | 'why'>,
): Refusal {
  return { round, whose: who(round, call) ?? 'an agent', ...told };
}
