import type { Spread } from './random.ts';

/**
 * What the plan and the agents are like: chances from 0 to 1, and means (of Poisson counts) per plan, per review, per fix.
 * A blocking defect must be mended before the plan is built; a minor one need not.
 */
export type Parameters = {
  readonly blocking: number;
  readonly minor: number;
  /** Blocks without a defect. */
  readonly sound: number;
  /** How likely one review reports a defect that is there; each defect has its own chance. */
  readonly seen: Spread;
  /** The most findings of one review: it keeps the worst. */
  readonly longest: number;
  /** Findings about nothing, per review: called blocking, called minor. */
  readonly falseBlocking: number;
  readonly falseMinor: number;
  /** Findings about wording, per review and size of the plan, and how many of them are called blocking. */
  readonly wording: number;
  readonly inflated: number;
  /** A plan may hold a matter of taste: a review that raises it wants the other way, whichever way it is. */
  readonly taste: number;
  readonly tasteSeen: number;
  /**
   * What a reviewer does with what it calls minor. acted: it is as sure of it as of the rest. noted: it stays below the
   * confidence floor. with-blockers: noted in a review that raises nothing blocking, acted on in any other.
   */
  readonly minors: 'acted' | 'noted' | 'with-blockers';
  readonly fixHolds: number;
  /** New defects per fix: of a real defect, and of anything else; and how many of them are blocking. */
  readonly induced: number;
  readonly inducedByNoise: number;
  readonly inducedBlocking: number;
  /** What a fix adds, as a share of the plan it began with. */
  readonly growth: number;
  /** A verifier calls fixed what is fixed, and what is not; it sees a blocking defect of the fix; it sees what is not there. */
  readonly saysFixed: number;
  readonly saysFixedWrongly: number;
  readonly seesInduced: number;
  readonly falseOfFix: number;
  /** An arbiter keeps what is real and blocking, and what was only called so. */
  readonly keepsReal: number;
  readonly keepsNoise: number;
  /** How well reviewers cite: lines that are off by a few, quotes with their line ends folded, and only a part of the sentence. */
  readonly wrongLines: number;
  readonly foldedQuotes: number;
  readonly partialQuotes: number;
  /** Citations of text that is nowhere in the plan. */
  readonly voidQuotes: number;
  /** Answers that nobody can read, of any role. */
  readonly garbage: number;
};

/** The values of the study that this benchmark puts on its feet; the measured loops they come from vary widely. */
export const BASE: Parameters = {
  blocking: 8,
  minor: 12,
  sound: 65,
  seen: { mean: 0.45, concentration: 3 },
  longest: 6,
  falseBlocking: 0.7,
  falseMinor: 0.8,
  wording: 1.5,
  inflated: 0.4,
  taste: 0.35,
  tasteSeen: 0.5,
  minors: 'with-blockers',
  fixHolds: 0.9,
  induced: 0.5,
  inducedByNoise: 0.25,
  inducedBlocking: 0.4,
  growth: 0.02,
  saysFixed: 0.92,
  saysFixedWrongly: 0.1,
  seesInduced: 0.65,
  falseOfFix: 0.25,
  keepsReal: 0.93,
  keepsNoise: 0.3,
  wrongLines: 0.3,
  foldedQuotes: 0.2,
  partialQuotes: 0.15,
  voidQuotes: 0,
  garbage: 0,
};

/** What a call costs, in reviews of the plan it began with; each grows with the plan. */
export const COSTS = { review: 1, verify: 0.35, fix: 0.5, arbitrate: 0.3 } as const;
