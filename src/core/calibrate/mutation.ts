import type { Span } from '../ledger/line-map.ts';
import type { PlanDocument } from './document.ts';
import type { Splice } from './splice.ts';

/** Ways to put one defect into a plan, each of which a careful reader can see. */
export const OPERATORS = [
  'swap-steps',
  'drop-rollback',
  'change-number',
  'invert-condition',
  'rename-identifier',
  'drop-acceptance',
  'widen-scope',
  'drop-error-path',
  'contradict-constraint',
] as const;

export type Operator = (typeof OPERATORS)[number];

/** A defect that could be put into a plan. */
export type Candidate = {
  readonly operator: Operator;
  readonly splices: readonly Splice[];
  /** The block it is in, in offsets; no two defects share one. */
  readonly block: Span;
  /** Something is missing: there is no block to point at, and its section stands for it. */
  readonly isAbsence: boolean;
  readonly section: number;
  /** A finding about it says at least one of these. */
  readonly cues: readonly string[];
  readonly describes: string;
};

/** A random number in [0, 1). */
export type Random = () => number;

/** Everything of its kind that can be done to a plan. */
export type Propose = (document: PlanDocument, random: Random) => Candidate[];

/** One of several, or undefined of none. */
export function pick<T>(list: readonly T[], random: Random): T | undefined {
  return list[Math.floor(random() * list.length)];
}

/** The same, in random order (Fisher and Yates). */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const left = [...list];
  return list.flatMap(() => left.splice(Math.floor(random() * left.length), 1));
}
