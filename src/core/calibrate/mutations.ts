import type { Span } from '../ledger/line-map.ts';
import { invertCondition, widenScope } from './change-words.ts';
import { changeNumber } from './change-number.ts';
import { contradictConstraint } from './contradict-constraint.ts';
import { documentOf, type PlanDocument } from './document.ts';
import { dropAcceptance, dropErrorPath, dropRollback } from './drop.ts';
import { shuffled, type Candidate, type Operator, type Propose, type Random } from './mutation.ts';
import { renameIdentifier } from './rename-identifier.ts';
import { soundnessOf } from './sound.ts';
import { inverse, linesAt, placeAfter, spliced, type Splice } from './splice.ts';
import { swapSteps } from './swap-steps.ts';

/** A defect put into a copy of a plan. */
export type Mutation = Pick<Candidate, 'operator' | 'cues' | 'describes'> & {
  /** The plan with this defect alone. */
  readonly text: string;
  /** The lines of the block it is in, in that text; of what is missing, the lines of its section. */
  readonly span: Span;
  /** What was done to the plan, in offsets of the plan. */
  readonly splices: readonly Splice[];
  /** The block, or section, in offsets of the plan. */
  readonly place: Span;
  /** What makes the plan of that text again. */
  readonly back: readonly Splice[];
};

/** A copy of a plan with several defects. */
export type Seeded = {
  readonly text: string;
  /** Each with its lines in that text. */
  readonly seeds: readonly Pick<Mutation, 'operator' | 'cues' | 'describes' | 'span'>[];
  /** What makes the plan of it again. */
  readonly back: readonly Splice[];
};

const PROPOSE: Readonly<Record<Operator, Propose>> = {
  'swap-steps': swapSteps,
  'drop-rollback': dropRollback,
  'change-number': changeNumber,
  'invert-condition': invertCondition,
  'rename-identifier': renameIdentifier,
  'drop-acceptance': dropAcceptance,
  'widen-scope': widenScope,
  'drop-error-path': dropErrorPath,
  'contradict-constraint': contradictConstraint,
};

/**
 * At most so many defects that can stand in one copy of a plan together: of different kinds and in different sections as
 * far as there are any, no two in one block, none in code, front matter, html or headings. The same for the same numbers.
 */
export function mutations(plan: string, random: Random, wanted: number): Mutation[] {
  const mark = plan.startsWith('\ufeff') ? 1 : 0;
  const document = documentOf(plan.slice(mark));
  const all = Object.values(PROPOSE).flatMap((propose) => shuffled(propose(document, random), random));
  const chosen = choose(document.plan, shuffled(all, random), wanted);
  return chosen.map((candidate) =>
    mutation(plan, placeOf(candidate, document), moved(candidate, mark), mark),
  );
}

/** A copy of the plan with all of these defects, which must be of one call of `mutations`. */
export function seed(plan: string, chosen: readonly Mutation[]): Seeded {
  const splices = chosen.flatMap((one) => one.splices);
  const text = spliced(plan, splices);
  const seeds = chosen.map((one) => ({
    operator: one.operator,
    cues: one.cues,
    describes: one.describes,
    span: linesAt(text, placeAfter(one.place, splices)),
  }));
  return { text, seeds, back: inverse(plan, splices) };
}

/** The plan again, out of a copy. */
export function undo({ text, back }: Pick<Seeded, 'text' | 'back'>): string {
  return spliced(text, back);
}

/** New kinds in new sections first, then new kinds, then anything in a block of its own. */
function choose(plan: string, candidates: readonly Candidate[], wanted: number): Candidate[] {
  const chosen: Candidate[] = [];
  const isSound = soundnessOf(plan);
  const isNewKind = ({ operator }: Candidate): boolean => chosen.every((one) => one.operator !== operator);
  const isNewSection = ({ section }: Candidate): boolean => chosen.every((one) => one.section !== section);
  const passes = [
    (one: Candidate) => isNewKind(one) && isNewSection(one),
    isNewKind,
    isNewSection,
    () => true,
  ];
  for (const mayCome of passes) {
    for (const one of candidates) {
      if (chosen.length >= wanted) return chosen;
      if (!mayCome(one) || chosen.some((other) => isNear(one, other))) continue;
      const splices = [...chosen, one].flatMap((other) => other.splices);
      if (isSound(spliced(plan, splices))) chosen.push(one);
    }
  }
  return chosen;
}

/** Would two defects be in one block, or touch? */
function isNear(a: Candidate, b: Candidate): boolean {
  const [one, other] = [reach(a), reach(b)];
  return one.start <= other.end && other.start <= one.end;
}

/** All that a defect touches: numbers below a dropped step are its, too. */
function reach({ block, splices }: Candidate): Span {
  return {
    start: Math.min(block.start, ...splices.map(({ start }) => start)),
    end: Math.max(block.end, ...splices.map(({ end }) => end)),
  };
}

function placeOf({ isAbsence, block, section }: Candidate, { sections }: PlanDocument): Span {
  const { start, end } = (isAbsence ? sections[section] : undefined) ?? block;
  return { start, end };
}

function moved(candidate: Candidate, by: number): Candidate {
  const splices = candidate.splices.map(({ start, end, fresh }) => ({
    start: start + by,
    end: end + by,
    fresh,
  }));
  return { ...candidate, splices };
}

function mutation(
  plan: string,
  block: Span,
  { operator, splices, cues, describes }: Candidate,
  by: number,
): Mutation {
  const place = { start: block.start + by, end: block.end + by };
  const text = spliced(plan, splices);
  const back = inverse(plan, splices);
  return {
    operator,
    cues,
    describes,
    splices,
    place,
    back,
    text,
    span: linesAt(text, placeAfter(place, splices)),
  };
}
