import type { Shift } from '../core/fact.ts';
import { lineMapOf } from '../core/ledger/hunks.ts';
import { files } from '../core/paths.ts';
import type { Run } from '../core/run.ts';
import type { Ports } from '../ports.ts';
import { keptText } from './round-text.ts';

/** How the plan that the run last knew became this; undefined where it is the same, or was not kept. */
export async function shiftTo(text: string, run: Run, ports: Ports): Promise<Shift | undefined> {
  if (ports.plan.digest(text) === run.placedIn) return undefined;
  const before = await textWith(run.placedIn, run, ports);
  return before === undefined ? undefined : shiftBetween(before, text);
}

/** The plan as the current round left it: what was written, or what a commit made of that. */
export async function leftText(run: Run, ports: Ports): Promise<string> {
  const text = await textWith(run.expected.sha256, run, ports);
  return text ?? keptText(ports.files, files.candidate(run.rounds.length));
}

/** The version of the last round that has these bytes. */
async function textWith(
  sha256: string,
  { rounds }: Run,
  { files: kept, plan }: Ports,
): Promise<string | undefined> {
  const round = rounds.length;
  for (const name of [files.left(round, sha256), files.candidate(round), files.baseline(round)]) {
    const text = round > 0 ? await kept.read(name) : undefined;
    if (text !== undefined && plan.digest(text) === sha256) return text;
  }
  return undefined;
}

function shiftBetween(before: string, text: string): Shift {
  const { hunks, moves } = lineMapOf(before, text);
  return {
    hunks: hunks.map(([a, b, c, d]): [number, number, number, number] => [a, b, c, d]),
    moves: moves.map(([a, b, c]): [number, number, number] => [a, b, c]),
    growth: Buffer.byteLength(text) - Buffer.byteLength(before),
  };
}
