import { asChoice, asRecord, asText, excerptOf, readObject, type Unreadable } from '../answer-object.ts';
import { mayApprove, type Rung } from '../rungs.ts';
import { readFinding, type RawFinding } from '../raw-finding.ts';
import { VERDICTS } from './schema.ts';

/** What a verifier says of one finding. omitted: it says nothing. */
export type StatedCheck = {
  readonly id: string;
  readonly verdict: (typeof VERDICTS)[number] | 'omitted';
  readonly makes_instance_impossible: boolean;
  readonly why: string;
};

/** A verification as it was read: exactly one check for each finding that was asked about, in that order. */
export type Verification = {
  readonly rung: Rung;
  readonly summary: string;
  readonly checks: readonly StatedCheck[];
  /** What else it raises, not yet placed in the plan. */
  readonly findings: readonly RawFinding[];
};

type Said = Pick<Verification, 'summary' | 'checks' | 'findings'>;

/**
 * Reads a verifier's answer. A finding whose check is missing, unclear or contradicted stays open; so does every finding
 * if the answer was cut out of prose or repaired, though what such an answer raises counts. One that says nothing of use
 * is a problem.
 */
export function readVerification(
  text: string,
  { ids }: { readonly ids: readonly string[] },
): Verification | Unreadable {
  const read = readObject<Said>(text, ({ summary, checks, findings = [] }) => {
    if (!Array.isArray(checks)) return { problem: 'The "checks" are not an array.' };
    if (!Array.isArray(findings)) return { problem: 'The "findings" are not an array.' };
    return { summary: asText(summary), checks: checks.map(readCheck), findings: findings.map(readFinding) };
  });
  if ('problem' in read) return read;
  const { rung, said } = read;
  const stated = ids.map((id) => settle(id, said.checks));
  const isPlain = mayApprove(rung);
  const isOfUse = stated.some(({ verdict }) => verdict !== 'omitted' && (isPlain || verdict !== 'fixed'));
  if (!isOfUse && said.findings.length === 0 && !(isPlain && ids.length === 0))
    return { problem: noUse(isPlain) };
  return {
    rung,
    summary: said.summary,
    checks: isPlain ? stated : stated.map(withoutClosing),
    findings: said.findings,
  };
}

function noUse(isPlain: boolean): string {
  return isPlain
    ? 'The answer checks none of the findings.'
    : 'The answer is not one plain JSON object, so it cannot close a finding, and it says nothing else.';
}

function readCheck(value: unknown): StatedCheck {
  const { id, verdict, makes_instance_impossible: impossible, why } = asRecord(value) ?? {};
  const known = asChoice(verdict, VERDICTS);
  return {
    id: asText(id),
    verdict: known ?? 'cannot_tell',
    makes_instance_impossible: known !== undefined && impossible === true,
    why: [
      known === undefined && `the verdict is ${excerptOf(verdict)}`,
      typeof impossible !== 'boolean' && `makes_instance_impossible is ${excerptOf(impossible)}`,
      asText(why),
    ]
      .filter(Boolean)
      .join(': '),
  };
}

/** The one check of a finding, out of however many there are. Only checks that agree close it. */
function settle(id: string, checks: readonly StatedCheck[]): StatedCheck {
  const about = checks.filter((check) => isSame(check.id, id));
  const [first] = about;
  if (!first) return { id, ...OPEN, verdict: 'omitted', why: 'the verifier does not mention it' };
  if (about.some(({ verdict }) => verdict !== first.verdict)) {
    const why = `the verifier contradicts itself: ${about.map((check) => `${check.verdict} (${check.why})`).join(', ')}`;
    return { id, ...OPEN, verdict: 'cannot_tell', why };
  }
  return {
    ...first,
    id,
    makes_instance_impossible: about.every((check) => check.makes_instance_impossible),
  };
}

const OPEN = { makes_instance_impossible: false };

function withoutClosing(check: StatedCheck): StatedCheck {
  if (check.verdict !== 'fixed') return { ...check, ...OPEN };
  const why = `the verifier says fixed, in an answer that is not one plain JSON object: ${check.why}`;
  return { id: check.id, ...OPEN, verdict: 'cannot_tell', why };
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
