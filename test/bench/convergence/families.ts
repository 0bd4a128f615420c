import type { Family } from './family.ts';
import { CONTRADICTIONS } from './families-contradictions.ts';
import { MISSING_CASES } from './families-missing.ts';
import { OTHERS } from './families-other.ts';

/** What a fix brings in contradicts something or leaves something out; nobody adds an acceptance test in passing. */
export const BROUGHT_IN: readonly Family[] = [...CONTRADICTIONS, ...MISSING_CASES];

/** What the author of a plan gets wrong. */
export const FAMILIES: readonly Family[] = [...BROUGHT_IN, ...OTHERS];
