import type { Verdict } from './review-schema.ts';
import { balancedObjects, onlyFence, parseJson, repairJson } from './json-objects.ts';
import { readFinding, type RawFinding } from './raw-finding.ts';

/** The rungs of the ladder, best first: how an answer could be read. */
export const RUNGS = ['json', 'fence', 'cut', 'repaired', 'prose'] as const;

export type Rung = (typeof RUNGS)[number];

/** A review as it was read. Only a plain or fenced answer may approve. */
export type Reading = {
  readonly rung: Rung;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly findings: readonly RawFinding[];
  readonly next_steps: readonly string[];
};

/** Why an answer is no review; one sentence, fit to be quoted to the agent. */
export type Unreadable = { readonly problem: string };

/** The most characters an answer may have; a longer one is malformed. */
export const LONGEST_ANSWER = 16 * 1024 * 1024;

/** Stands for an answer that was too long to be kept. */
export const OVERLONG = 'The answer is longer than 16 MB.';

/** Reads a reviewer's final message: the whole text, one fence, or one object cut out of prose or repaired. */
export function readReview(text: string): Reading | Unreadable {
  if (text.trim() === '') return { problem: 'The answer is empty.' };
  if (text.length > LONGEST_ANSWER || text === OVERLONG) return { problem: OVERLONG };

  const whole = parseJson(text.replace(/^\ufeff/, ''));
  if (whole) return framed(whole.value, 'json');
  const fenced = onlyFence(text);
  const inside = fenced === undefined ? undefined : parseJson(fenced);
  if (inside) return framed(inside.value, 'fence');
  return cutOut(text);
}

/** Can this answer, as far as its form goes, mean that nothing is wrong? */
export function mayApprove(rung: Rung): boolean {
  return rung === 'json' || rung === 'fence';
}

function cutOut(text: string): Reading | Unreadable {
  const readings = balancedObjects(text).flatMap((object): Reading[] => {
    const strict = parseJson(object);
    const loose = strict ?? repairJson(object);
    const reading = loose && framed(loose.value, strict ? 'cut' : 'repaired');
    return reading && 'rung' in reading ? [reading] : [];
  });
  const [first] = readings;
  if (!first) return { problem: 'The answer is not the JSON object that was asked for.' };
  if (new Set(readings.map((r) => JSON.stringify({ ...r, rung: null }))).size > 1) {
    return { problem: 'The answer holds several different review objects.' };
  }
  if (first.findings.length === 0) {
    return {
      problem:
        'The answer raises nothing, and it is not one plain JSON object, so it cannot count as a review.',
    };
  }
  return first;
}

function framed(value: unknown, rung: Rung): Reading | Unreadable {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problem: 'The answer is JSON, but not an object with "verdict" and "findings".' };
  }
  const { verdict, summary, findings, next_steps: steps } = value as Record<string, unknown>; // an object, as checked
  if (verdict !== 'approve' && verdict !== 'needs-attention') {
    return { problem: 'The "verdict" is neither "approve" nor "needs-attention".' };
  }
  if (!Array.isArray(findings)) return { problem: 'The "findings" are not an array.' };
  return {
    rung,
    verdict,
    summary: typeof summary === 'string' ? summary : '',
    findings: findings.map(readFinding),
    next_steps: Array.isArray(steps) ? steps.filter((step) => typeof step === 'string') : [],
  };
}
