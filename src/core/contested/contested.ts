import { meet } from '../changes.ts';
import type { Span } from '../ledger/line-map.ts';
import type { FixRecord } from './fix-record.ts';
import type { FixRecords } from './fix-records.ts';
import { isNearer, isSame, normalised } from './similarity.ts';

/**
 * Fixes that work against each other. reverses: one puts back what an earlier one took out, and takes out what that put in.
 * returns: a place, or the whole plan, comes to say again what it said before an earlier fix. ping-pong: one block is
 * edited in three rounds, for different findings. It is one decision, and none that another fix could settle.
 */
export type Contest = {
  readonly why: 'reverses' | 'returns' | 'ping-pong';
  /** Every finding of either side. */
  readonly findings: readonly string[];
  /** The places of the new edits, to be frozen with the blocks they stand in. */
  readonly lines: readonly Span[];
  /** Both sides, oldest first: for which findings, and what was taken out and put in, verbatim. */
  readonly arguments: readonly FixRecord[];
};

/** What a run remembers of its fixes. */
export type FixHistory = {
  readonly records: FixRecords;
  /** The plan before the first fix and after each, oldest first, as a digest of `stateOf`; equal digests are the same plan. */
  readonly states: readonly { readonly round: number; readonly state: string }[];
};

/** What a fix comes to: its records, and the digest of `stateOf` of the plan with it. */
export type NextFix = { readonly records: readonly FixRecord[]; readonly state: string };

/** Edits of one block in so many rounds, for so many findings, are one too many: a fix that is tried again is none of them. */
const PING_PONG = 3;

/** A text as long as this is recognised wherever it stands; a shorter one only at its own place. */
const TELLING = 24;

/**
 * Finds what a fix contests. The history is of the rounds before it; both, and the blocks, are placed in the same text: the
 * one before the fix to judge a proposal, or the one after it to judge what was done.
 */
export function contested(history: FixHistory, next: NextFix, blocks: readonly Span[]): Contest[] {
  if (history.states.at(-1)?.state === next.state) return []; // white space alone
  const [earlier, now] = [history.records.all.filter(saysElse), next.records.filter(saysElse)];
  const disputes = now.flatMap((record) => disputeOf(earlier, record) ?? []);
  const disputed = new Set(disputes.map(({ record }) => record));
  const rest = now.filter((record) => !disputed.has(record));
  const same = rest.length > 0 ? history.states.findLast(({ state }) => state === next.state) : undefined;
  const others = same
    ? [
        contest(
          'returns',
          earlier.filter(({ round }) => round > same.round),
          now,
        ),
      ]
    : backAndForth(earlier, rest, blocks);
  return merged([...disputes.map((dispute) => dispute.contest), ...others]);
}

/** Does it change more than wrapping, indentation and blank lines? */
function saysElse({ removed, added }: FixRecord): boolean {
  return normalised(removed) !== normalised(added);
}

function disputeOf(
  records: readonly FixRecord[],
  record: FixRecord,
): { record: FixRecord; contest: Contest } | undefined {
  const reversed = records.findLast((earlier) => reverses(record, earlier));
  if (reversed) return { record, contest: contest('reverses', [reversed], [record]) };
  const undone = records.findLast((earlier) => goesBack(record, earlier));
  const since = records.filter(
    ({ lines, round }) => undone && round > undone.round && near(lines, record.lines),
  );
  return undone && { record, contest: contest('returns', [undone, ...since], [record]) };
}

/** Small edits at two ends of a long line leave it alike each time; so the text must come nearer to what it was, too. */
function reverses(next: FixRecord, earlier: FixRecord): boolean {
  const [removed, added] = [normalised(next.removed), normalised(next.added)];
  const [old, put] = [normalised(earlier.removed), normalised(earlier.added)];
  const isTelling = Math.max(removed.length, added.length) >= TELLING;
  if (!isTelling && !near(next.lines, earlier.lines)) return false;
  return isSame(removed, put) && isSame(added, old) && isNearer(added, put, old);
}

function goesBack(next: FixRecord, earlier: FixRecord): boolean {
  const [removed, added] = [normalised(next.removed), normalised(next.added)];
  const old = normalised(earlier.removed);
  return old !== '' && near(next.lines, earlier.lines) && isSame(added, old) && isNearer(added, removed, old);
}

function backAndForth(
  records: readonly FixRecord[],
  next: readonly FixRecord[],
  blocks: readonly Span[],
): Contest[] {
  return next.flatMap((record) =>
    blocks
      .filter((block) => meet(record.lines, block))
      .flatMap((block) => {
        const earlier = records.filter(({ lines }) => meet(lines, block));
        const all = [...earlier, record];
        const rounds = new Set(all.map(({ round }) => round));
        const findings = new Set(all.flatMap(({ findings }) => findings));
        return rounds.size >= PING_PONG && findings.size >= PING_PONG
          ? [contest('ping-pong', earlier, [record])]
          : [];
      }),
  );
}

/** One after another, at the same place or right beside it. */
function near(a: Span, b: Span): boolean {
  return a.start <= b.end + 1 && b.start <= a.end + 1;
}

function contest(why: Contest['why'], earlier: readonly FixRecord[], next: readonly FixRecord[]): Contest {
  const all = oldestFirst([...earlier, ...next]);
  return {
    why,
    findings: [...new Set(all.flatMap(({ findings }) => findings))],
    lines: next.map(({ lines }) => lines),
    arguments: all,
  };
}

/** Contests of the same kind between the same findings are one decision. */
function merged(contests: readonly Contest[]): Contest[] {
  const decisions = new Map<string, Contest>();
  for (const one of contests) {
    const key = JSON.stringify([one.why, one.findings.toSorted()]);
    const known = decisions.get(key);
    decisions.set(key, {
      ...one,
      lines: [...new Set([...(known?.lines ?? []), ...one.lines])],
      arguments: oldestFirst([...(known?.arguments ?? []), ...one.arguments]),
    });
  }
  return [...decisions.values()];
}

function oldestFirst(records: readonly FixRecord[]): FixRecord[] {
  return [...new Set(records)].toSorted((a, b) => a.round - b.round);
}
