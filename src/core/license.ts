import { contain, type Outside } from './policies/containment.ts';
import { argumentsOf } from './policies/contested.ts';
import { overBudget } from './policies/growth.ts';
import { changesOf, meet, spanBefore } from './changes.ts';
import { contested, type Contest } from './contested/contested.ts';
import { isFrozen, proposedRecords, stateOf } from './contested/fix-record.ts';
import { applyEdits, type PlacedEdit } from './edits.ts';
import type { HandedOver } from './fact.ts';
import type { Finding } from './finding.ts';
import { outlineOf } from './ledger/blocks.ts';
import type { Span } from './ledger/line-map.ts';
import type { Run } from './run.ts';

/** What of an implementer's edits may be applied, and what became of the rest. */
export type Licensed = {
  readonly placed: readonly PlacedEdit[];
  readonly outside: readonly (Omit<Outside, 'why'> & { readonly why: string })[];
  /** Findings that lost all of their edits for being elsewhere, and may be asked for once more. */
  readonly without: readonly string[];
  /** The edits make the plan grow more than it may: what the implementer is told. */
  readonly growth: { readonly problem: string; readonly edits: readonly PlacedEdit[] } | null;
  readonly contests: readonly Contest[];
};

type Proposal = {
  readonly baseline: string;
  readonly placed: readonly PlacedEdit[];
  readonly findings: readonly Finding[];
  readonly expanded: readonly string[];
  readonly round: number;
};

/** Checks edits against what their findings license, what earlier fixes contest, and how much the plan may grow. */
export function license(
  proposal: Proposal,
  {
    fixes,
    frozen,
    grown,
    grownBeside,
    started,
  }: Pick<Run, 'fixes' | 'frozen' | 'grown' | 'grownBeside' | 'started'>,
  digest: (text: string) => string,
): Licensed {
  const { baseline, findings, round } = proposal;
  const { blocks } = outlineOf(baseline);
  const licence = { findings, blocks, expanded: new Set(proposal.expanded) };
  const contained = contain(baseline, proposal.placed, licence);
  const thawed = contained.licensed.filter((edit) => !isInFrozen(baseline, edit, frozen));
  const cold = contained.licensed.filter((edit) => !thawed.includes(edit));

  const records = proposedRecords(
    round,
    thawed.flatMap((edit) => changesOf(baseline, edit)),
    blocks,
  );
  const state = digest(stateOf(applyEdits(baseline, thawed)));
  const contests = contested(fixes, { records, state }, blocks);
  const disputed = contests.flatMap(({ lines }) => lines);
  const placed = thawed.filter((edit) => !touches(baseline, edit, disputed));
  const budget = { original: started.bytes, grownSoFar: grown - grownBeside };
  return {
    placed,
    outside: [
      ...contained.outside,
      ...cold.map((edit) => ({ edit, why: 'contested', lines: linesOfEdit(baseline, edit) })),
    ],
    without: contained.without,
    growth: overBudget(baseline, placed, budget),
    contests,
  };
}

/** Every edit as it is. */
export function unlicensed(placed: readonly PlacedEdit[]): Licensed {
  return { placed, outside: [], without: [], growth: null, contests: [] };
}

/** Every finding of either side is left to the user, with both arguments. */
export function handedOverBy(contests: readonly Contest[], { ledger }: Pick<Run, 'ledger'>): HandedOver[] {
  return contests.flatMap((contest) =>
    contest.findings
      .filter((id) => ledger.has(id))
      .map((id): HandedOver => ({ id, because: 'contested', why: argumentsOf(contest) })),
  );
}

function isInFrozen(baseline: string, edit: PlacedEdit, frozen: readonly Span[]): boolean {
  return changesOf(baseline, edit).some((change) => isFrozen(spanBefore(change), frozen));
}

function touches(baseline: string, edit: PlacedEdit, spans: readonly Span[]): boolean {
  return changesOf(baseline, edit).some((change) => {
    const own = spanBefore(change);
    return spans.some((span) => meet(own, span) || (own.start === span.start && own.end === span.end));
  });
}

/** The first lines that an edit changes. */
export function linesOfEdit(baseline: string, edit: PlacedEdit): Span {
  const [first] = changesOf(baseline, edit);
  return first ? spanBefore(first) : { start: 1, end: 1 };
}
