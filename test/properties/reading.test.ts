import { readdirSync, readFileSync } from 'node:fs';
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanProse } from '../../src/core/prose-scan.ts';
import type { RawFinding } from '../../src/core/raw-finding.ts';
import { mayApprove } from '../../src/core/rungs.ts';
import { readReview } from '../../src/core/reading.ts';
import { APPROVAL, fenced, FINDING, REVIEW } from '../core/answers.ts';
import { mutated } from './mutated.ts';
import { numbers } from './numbers.ts';

/* The reading ladder on answers that agents really gave, and on answers as we ask for them, each mutated. */

const OUTPUTS = new URL('../fixtures/outputs/', import.meta.url);

const REAL = readdirSync(OUTPUTS)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(new URL(name, OUTPUTS), 'utf8'));

const AS_ASKED = [
  JSON.stringify(APPROVAL),
  JSON.stringify(REVIEW, null, 2),
  fenced(APPROVAL),
  fenced(REVIEW),
  JSON.stringify({ ...REVIEW, verdict: 'approve' }),
  `- high: the retry has no bound (\`plan.md:6\`)\n- low: no issues at \`plan.md:7\`\n`,
  JSON.stringify({
    ...REVIEW,
    findings: [FINDING, 'Step 2 never ends.', null, { severity: 'P1', title: 7 }],
  }),
];

const ANSWERS = mutated([...REAL, ...AS_ASKED]);

/** What stands in the one fence that a text is, or the text: another way than the one that is tested. */
function bare(text: string): string {
  const plain = text.replace(/^\ufeff/, '').trim();
  const lines = plain.split('\n');
  const fence = /^(```+|~~~+)[^`~]*$/.exec(lines[0] ?? '')?.[1];
  return fence !== undefined && lines.at(-1)?.trim() === fence ? lines.slice(1, -1).join('\n') : plain;
}

function isPlainApproval(text: string): boolean {
  try {
    const { verdict, findings } = JSON.parse(bare(text));
    return verdict === 'approve' && Array.isArray(findings) && findings.length === 0;
  } catch {
    return false;
  }
}

/** Runs of letters that need no escaping in JSON, so that they stand in the answer as they stand in the finding. */
function wordsOf({ title, body, quote }: RawFinding): string[] {
  return `${title} ${body} ${quote ?? ''}`.match(/[A-Za-z]{3,}/g) ?? [];
}

describe('an answer, however it was mangled', () => {
  it('is read or refused, and nothing of it approves but one plain object that says so', () => {
    assert(
      property(ANSWERS, (text) => {
        const reading = readReview(text);
        if ('problem' in reading) return /^[A-Z].*\.$/.test(reading.problem);
        const approves = reading.verdict === 'approve' && reading.findings.length === 0;
        return !approves || (mayApprove(reading.rung) && isPlainApproval(text));
      }),
      numbers(2000),
    );
  });

  it('raises only findings whose words stand in it', () => {
    assert(
      property(ANSWERS, (text) => {
        const reading = readReview(text);
        const findings = 'problem' in reading ? [] : reading.findings;
        const said = text.replaceAll(/\\u[0-9a-fA-F]{4}|\\[nrtbf]/g, ' ');

        expect(findings.flatMap(wordsOf).filter((word) => !said.includes(word))).toEqual([]);
      }),
      numbers(2000),
    );
  });

  it('raises from prose only lines that name a severity and cite the plan', () => {
    assert(
      property(ANSWERS, (text) => {
        const reading = scanProse(text, { paths: ['plan.md'], lines: 10 });
        if ('problem' in reading) return;
        const lines = new Set(text.split('\n').map((line) => line.trim()));

        expect(reading.verdict).toBe('needs-attention');
        for (const { body } of reading.findings) {
          expect(lines.has(body)).toBe(true);
          expect(body).toMatch(/\b(?:critical|high|medium|low)\b[^]*`plan\.md:\d+/i);
        }
      }),
      numbers(2000),
    );
  });
});
