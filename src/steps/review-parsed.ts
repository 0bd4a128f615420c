import type { FactOf } from '../core/fact.ts';
import type { Finding } from '../core/finding.ts';
import { RUNGS } from '../core/rungs.ts';
import { type Reading } from '../core/reading.ts';
import { currentRound, type Run } from '../core/run.ts';
import { countBySeverity } from '../core/severity.ts';
import { unite } from '../core/unite.ts';
import type { Ports } from '../ports.ts';
import { answerIn } from './answer-in.ts';
import { groundOf } from './ground.ts';

/** What came of one look at the plan: a reading, or why there is none. */
export type Look = {
  readonly call: string;
  readonly seat: number;
  readonly problem: string | null;
  readonly text: string;
  readonly reading: Reading | null;
};

type Parsed = FactOf<'review.parsed'>;

/** The review that a round is decided on, and its answer: byte for byte that of one look, synthesised from several. */
export async function reviewParsed(
  looks: readonly Look[],
  { plan, run, ports }: { readonly plan: string; readonly run: Run; readonly ports: Ports },
): Promise<{ parsed: Parsed; answer: string }> {
  const read = looks.flatMap((look) => (look.reading ? [{ ...look, reading: look.reading }] : []));
  const [first] = read;
  if (!first) throw new Error('No look came to an answer.');
  const { findings, seen } = unite(
    read.map(({ reading }) => reading.findings),
    await groundOf(run, plan, ports),
  );
  const parsed: Parsed = {
    ...frameOf(
      read.map(({ reading }) => reading),
      [...findings],
    ),
    type: 'review.parsed',
    round: currentRound(run).number,
    call: read.map(({ call }) => call).join('+'),
    looks: looks.map(({ call, reading, problem }) => ({
      call,
      verdict: reading?.verdict ?? null,
      problem,
      findings: [...(seen[read.findIndex((look) => look.call === call)] ?? [])],
    })),
  };
  return {
    parsed,
    answer: read.length === 1 ? first.text : answerIn(parsed),
  };
}

/** Several readings in one frame: it approves if each of them does, and is read as well as the worst of them. */
function frameOf(
  readings: readonly Reading[],
  findings: Finding[],
): Omit<Parsed, 'type' | 'round' | 'call' | 'looks'> {
  const gated = (gate: Finding['gate']): Finding[] => findings.filter((finding) => finding.gate === gate);
  return {
    rung: RUNGS[Math.max(...readings.map(({ rung }) => RUNGS.indexOf(rung)))] ?? 'prose',
    verdict: readings.every(({ verdict }) => verdict === 'approve') ? 'approve' : 'needs-attention',
    summary: readings
      .map(({ summary }) => summary)
      .filter(Boolean)
      .join(' '),
    counts: countBySeverity(gated('actionable')),
    filtered: gated('filtered').length,
    void: gated('void').length,
    settled: gated('settled').length,
    next_steps: readings.flatMap(({ next_steps: steps }) => steps),
    findings,
  };
}
