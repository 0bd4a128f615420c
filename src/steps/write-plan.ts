import type { Fact } from '../core/fact.ts';
import { hunksBetween } from '../core/ledger/hunks.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Ports } from '../ports.ts';
import { lookAround } from './look-around.ts';
import { baselineText, keptText } from './round-text.ts';

/** Writes the checked text over the baseline, and over nothing else. Repeated, it finds its own bytes and is done. */
export async function* writePlan(run: Run, ports: Ports): AsyncGenerator<Fact> {
  if (run.position.at !== 'writing') throw new Error('There is nothing to write.');
  const { proposal } = run.position;
  const round = currentRound(run).number;
  const before = await baselineText(run, ports.files);
  const text = await keptText(ports.files, proposal.candidate);

  const isWritten = (await ports.plan.read())?.sha256 === proposal.sha256;
  if (!isWritten) {
    let isDisturbed = false;
    for await (const fact of lookAround(run, ports, 'before-write')) {
      isDisturbed = true;
      yield fact;
    }
    if (isDisturbed) return;
    const outcome = await ports.plan.write(text, run.expected.sha256);
    if ('found' in outcome) {
      yield {
        type: 'plan.changed',
        round,
        expected: run.expected.sha256,
        found: outcome.found,
        when: 'before-write',
      };
      return;
    }
  }
  yield {
    type: 'edits.applied',
    round,
    sha256_before: run.expected.sha256,
    sha256_after: proposal.sha256,
    findings: [...new Set(proposal.edits.flatMap(({ findings }) => findings))],
    hunks:
      hunksBetween(before, text)?.map(([a, b, c, d]): [number, number, number, number] => [a, b, c, d]) ??
      null,
  };
}
