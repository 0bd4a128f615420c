import { oneLine, truncate, count } from '../lib/text.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import { countLines } from '../core/ledger/locate.ts';
import { files } from '../core/paths.ts';
import { placeFindings } from '../core/place-findings.ts';
import { scanProse } from '../core/prose-scan.ts';
import { LONGEST_ANSWER, mayApprove, readReview, type Reading, type Unreadable } from '../core/reading.ts';
import { currentRound, type Run } from '../core/run.ts';
import { countBySeverity } from '../core/severity.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { baselineText, keptText } from './round-text.ts';

/** Reads a reviewer's answer down the ladder. The prose scan is the rung after the one retry. */
export async function* readReviewStep(
  step: Extract<Step, { do: 'read-review' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  const round = currentRound(run).number;
  const plan = await baselineText(run, ports.files);
  const answers = await answersToRead(step, run, ports);
  const [latest = ''] = answers.values();
  let read: { call: string; reading: Reading } | undefined;
  const reading = readReview(latest);
  if (!('problem' in reading)) read = { call: step.call, reading };
  else if (step.isLast) read = firstProse(answers, { paths: pathsOf(run), lines: countLines(plan) });

  if (!read) {
    yield {
      type: 'review.unreadable',
      round,
      call: step.call,
      problem: problemOf(reading),
      excerpt: truncate(oneLine(latest.slice(0, 2000)), 200),
    };
    return;
  }
  const findings = placeFindings(read.reading.findings, {
    plan,
    ledger: run.ledger,
    floor: run.settings.confidence_floor,
  });
  const parsed = reviewParsed(round, read, findings);
  await ports.files.write(files.findings(round), answers.get(read.call) ?? '');
  await ports.files.write(files.review(round), `${JSON.stringify(parsed, null, 2)}\n`);
  if (!mayApprove(read.reading.rung))
    await ports.files.write(files.parseWarning(round), warning(read.reading));
  yield parsed;
}

/** The answer to read, and behind it, for the prose scan, the one that was unreadable before. */
async function answersToRead(
  step: Extract<Step, { do: 'read-review' }>,
  run: Run,
  ports: Ports,
): Promise<Map<string, string>> {
  const before = run.position.at === 'reviewing' ? run.position.unreadable.map(({ call }) => call) : [];
  const answers = new Map<string, string>();
  for (const call of [step.call, ...before]) {
    answers.set(call, await keptText(ports.files, files.answer(currentRound(run).number, call)));
  }
  return answers;
}

function firstProse(
  answers: Map<string, string>,
  plan: { paths: string[]; lines: number },
): { call: string; reading: Reading } | undefined {
  for (const [call, text] of answers) {
    if (text.length > LONGEST_ANSWER) continue; // malformed, whatever it holds
    const reading = scanProse(text, plan);
    if (!('problem' in reading)) return { call, reading };
  }
  return undefined;
}

/** The names a reviewer may cite the plan by. */
function pathsOf({ started: { plan } }: Run): string[] {
  return [plan.relative, plan.path, plan.relative.split('/').at(-1) ?? plan.relative, `./${plan.relative}`];
}

function problemOf(reading: Reading | Unreadable): string {
  return 'problem' in reading ? reading.problem : '';
}

function reviewParsed(
  round: number,
  { call, reading }: { call: string; reading: Reading },
  findings: FactOf<'review.parsed'>['findings'],
): FactOf<'review.parsed'> {
  const gated = (gate: string): FactOf<'review.parsed'>['findings'] =>
    findings.filter((finding) => finding.gate === gate);
  return {
    type: 'review.parsed',
    round,
    call,
    rung: reading.rung,
    verdict: reading.verdict,
    summary: reading.summary,
    counts: countBySeverity(gated('actionable')),
    filtered: gated('filtered').length,
    void: gated('void').length,
    settled: gated('settled').length,
    next_steps: [...reading.next_steps],
    findings,
  };
}

function warning({ rung, findings }: Reading): string {
  const how = {
    json: '',
    fence: '',
    cut: 'was cut out of other text',
    repaired: 'had to be repaired',
    prose: 'was no JSON and was scanned for findings',
  };
  return `The answer ${how[rung]}; ${count(findings.length, 'finding')} came of it. Such an answer can raise findings, but never approves.\n`;
}
