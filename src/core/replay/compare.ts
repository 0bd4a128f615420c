import type { Decided, Ended } from './decided.ts';

/** Where a recording has no answer to what a replay asks. */
export type RecordingEnd = {
  readonly round: number;
  readonly purpose: string;
  /** What is missing, to be read after a colon. */
  readonly problem: string;
};

/** What a replay came to. */
export type Replayed = {
  readonly rounds: readonly Decided[];
  readonly ended: Ended;
  /** Null: the recording carried to the end. */
  readonly end: RecordingEnd | null;
};

/** One round in the recording and in the replay; null where there was none. */
export type ComparedRound = {
  readonly round: number;
  readonly recorded: Decided | null;
  readonly replayed: Decided | null;
  /** What differs, by name: `there` where only one of them had this round. */
  readonly differs: readonly string[];
  /** The recording ended in this round or before, so that what the replay did not come to is not known. */
  readonly isOpen: boolean;
};

export type Comparison = {
  readonly rounds: readonly ComparedRound[];
  readonly ending: { readonly recorded: Ended; readonly replayed: Ended | null };
  readonly differs: boolean;
};

const FIELDS = [
  'mode',
  'sha256',
  'gates',
  'closed',
  'decisions',
  'accepted',
  'handed_over',
  'reverted',
  'edited',
  'how',
] as const satisfies readonly (keyof Decided)[];

/**
 * Puts what a run decided beside what its replay does. What no answer was recorded for is no difference; nor is how a
 * replay goes on where the run was cut short.
 */
export function compare(
  recorded: { readonly rounds: readonly Decided[]; readonly ended: Ended },
  { rounds, ended, end }: Replayed,
): Comparison {
  const isCut = recorded.ended.status === 'in_progress' && recorded.ended.reason === null;
  const count = Math.max(recorded.rounds.length, rounds.length);
  const compared = Array.from({ length: count }, (_, index): ComparedRound => {
    const pair = { recorded: recorded.rounds[index] ?? null, replayed: rounds[index] ?? null };
    const isOpen = end !== null && index + 1 >= end.round;
    const isLast = isCut && index + 1 >= recorded.rounds.length;
    return { round: index + 1, ...pair, isOpen, differs: differences(pair, { isOpen, isLast }) };
  });
  const ending = { recorded: recorded.ended, replayed: end ? null : ended };
  const isAlike = ended.status === recorded.ended.status && ended.reason === recorded.ended.reason;
  const endsApart = !isCut && ending.replayed !== null && !isAlike;
  return {
    rounds: compared,
    ending,
    differs: endsApart || compared.some(({ differs }) => differs.length > 0),
  };
}

/** `isOpen`: the replay came no further than this round. `isLast`: nor did the recorded run. */
function differences(
  { recorded, replayed }: Pick<ComparedRound, 'recorded' | 'replayed'>,
  { isOpen, isLast }: { readonly isOpen: boolean; readonly isLast: boolean },
): string[] {
  if (!recorded || !replayed) return (isOpen && !replayed) || (isLast && !recorded) ? [] : ['there'];
  const isUnknown = (field: (typeof FIELDS)[number]): boolean =>
    (isOpen && (replayed[field] === null || field === 'decisions')) ||
    (isLast && (recorded[field] === null || field === 'decisions'));
  return FIELDS.filter((field) => !isUnknown(field) && textOf(recorded[field]) !== textOf(replayed[field]));
}

/** The same text for the same value, in whatever order the keys of a record were set. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
