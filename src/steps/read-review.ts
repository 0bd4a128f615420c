import { count, countLines, oneLine, truncate } from '../lib/text.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import { files } from '../core/paths.ts';
import { affords } from '../core/policies/budget.ts';
import { scanProse } from '../core/prose-scan.ts';
import { LONGEST_ANSWER } from '../core/longest-answer.ts';
import { mayApprove } from '../core/rungs.ts';
import { readReview, type Reading } from '../core/reading.ts';
import { currentRound, type Asking, type Run } from '../core/run.ts';
import type { Ports } from '../ports.ts';
import { reviewParsed, type Look } from './review-parsed.ts';
import { baselineText, keptText } from './round-text.ts';

/**
 * Reads the answers of every look down the ladder. The prose scan is the rung after the one retry, or after none where the
 * budget does not cover it. An answer that nobody can read is said to be so, and its look is taken once more; once each has
 * come to something, they are one review.
 */
export async function* readReviewStep(run: Run, ports: Ports): AsyncGenerator<Fact> {
  if (run.position.at !== 'reviewing') throw new Error('There is no review to read.');
  const round = currentRound(run).number;
  const plan = await baselineText(run, ports.files);
  const looks: Look[] = [];
  let isUnread = false;
  for (const asking of run.position.looks) {
    const look = await read(asking, plan, run, ports);
    if ('type' in look) {
      isUnread = true;
      yield look;
    } else looks.push(look);
  }
  if (isUnread) return;
  const { parsed, answer } = await reviewParsed(looks, { plan, run, ports });
  await ports.files.write(files.findings(round), answer);
  await ports.files.write(files.review(round), `${JSON.stringify(parsed, null, 2)}\n`);
  const bent = looks.flatMap(({ reading }) =>
    reading && !mayApprove(reading.rung) ? [warning(reading)] : [],
  );
  if (bent.length > 0) await ports.files.write(files.parseWarning(round), bent.join(''));
  yield parsed;
}

/** What came of one look: a reading, the reason why there is none, or the fact that its answer could not be read. */
async function read(
  asking: Asking,
  plan: string,
  run: Run,
  { files: kept }: Ports,
): Promise<Look | FactOf<'review.unreadable'>> {
  const round = currentRound(run).number;
  const { answered, unreadable } = asking;
  const scan = async (answers: readonly string[]): Promise<Look | undefined> => {
    const found = await firstProse(answers, { round, run, kept, lines: countLines(plan) });
    return found && { ...found, seat: asking.seat, problem: null };
  };
  const before = unreadable.map(({ call }) => call);
  if (answered === null) {
    const found = await scan(before.toReversed());
    if (found) return found;
    const problem =
      asking.failures.at(-1)?.message ?? unreadable.at(-1)?.problem ?? 'The budget did not cover it.';
    return { call: unreadable.at(-1)?.call ?? '', seat: asking.seat, problem, text: '', reading: null };
  }
  const text = await keptText(kept, files.answer(round, answered));
  const reading = readReview(text);
  if (!('problem' in reading)) return { call: answered, seat: asking.seat, problem: null, text, reading };
  const isLast = unreadable.length > 0 || !affords(run, 1);
  const found = isLast && (await scan([answered, ...before]));
  if (found) return found;
  return {
    type: 'review.unreadable',
    round,
    call: answered,
    problem: reading.problem,
    excerpt: truncate(oneLine(text.slice(0, 2000)), 200),
  };
}

/** The latest answer whose prose says something, of those that could not be read otherwise. */
async function firstProse(
  calls: readonly string[],
  { round, run, kept, lines }: { round: number; run: Run; kept: Ports['files']; lines: number },
): Promise<{ call: string; text: string; reading: Reading } | undefined> {
  for (const call of calls) {
    const text = await keptText(kept, files.answer(round, call));
    if (text.length > LONGEST_ANSWER) continue; // malformed, whatever it holds
    const reading = scanProse(text, { paths: pathsOf(run), lines });
    if (!('problem' in reading)) return { call, text, reading };
  }
  return undefined;
}

/** The names a reviewer may cite the plan by. */
function pathsOf({ started: { plan } }: Run): string[] {
  return [plan.relative, plan.path, plan.relative.split('/').at(-1) ?? plan.relative, `./${plan.relative}`];
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
