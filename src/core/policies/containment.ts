import { linesOf } from '../../lib/text.ts';
import { changesOf, meet, spanBefore, type Change } from '../changes.ts';
import type { PlacedEdit } from '../edits.ts';
import type { Finding } from '../finding.ts';
import type { Span } from '../ledger/line-map.ts';
import { protectedIn, protection, type Protection } from './protected-lines.ts';

/** Blocks beside its own that the edits for one finding may touch. */
const MOST_NEIGHBOURS = 3;

/** What the findings of a round allow to be edited, in lines of the plan before. */
export type Licence = {
  readonly findings: readonly Pick<Finding, 'id' | 'anchor'>[];
  /** Paragraphs, list items, table rows, headings, code blocks, none within another. */
  readonly blocks: readonly Span[];
  /** Findings that may edit any block. */
  readonly expanded: ReadonlySet<string>;
};

/** An edit that is not applied. elsewhere: outside of the blocks of its findings and three neighbours. The rest say themselves. */
export type Outside = {
  readonly edit: PlacedEdit;
  readonly why: 'elsewhere' | Protection;
  readonly lines: Span;
};

export type Containment = {
  /** In the order of the plan. */
  readonly licensed: readonly PlacedEdit[];
  readonly outside: readonly Outside[];
  /** Findings that lost all of their edits. */
  readonly without: readonly string[];
};

/** Where one finding may edit, as far as it is spent. */
type Ground = { readonly spans: readonly Span[]; readonly room: number };

/**
 * Sorts edits into those their findings license and those they do not. A finding licenses the blocks it stands in, up to
 * three others that its edits touch, nearest first, and insertions beside these. One without a place licenses a single block,
 * the first that an edit for it touches. What no finding asked for is not applied.
 */
export function contain(plan: string, placed: readonly PlacedEdit[], licence: Licence): Containment {
  const guarded = protectedIn(plan);
  const lines = linesOf(plan);
  let grounds = new Map(licence.findings.map((finding) => [finding.id, groundOf(finding, licence.blocks)]));
  const outside: Outside[] = [];
  for (const { edit, changes } of nearestFirst(plan, placed, licence)) {
    const named = namedBy(edit, licence);
    const refused = firstRefusal(changes, (change) => protection(change, guarded, named));
    if (refused) {
      outside.push({ edit, ...refused });
      continue;
    }
    if (named.isExpanded) continue;
    const next = spend(changes, { ids: edit.edit.findings, grounds, lines, blocks: licence.blocks });
    if (next instanceof Map) grounds = next;
    else outside.push({ edit, why: 'elsewhere', lines: spanBefore(next) });
  }
  const isOutside = new Set(outside.map(({ edit }) => edit));
  const licensed = placed.filter((edit) => !isOutside.has(edit));
  const kept = new Set(licensed.flatMap(({ edit }) => edit.findings));
  const lost = new Set(outside.flatMap(({ edit }) => edit.edit.findings));
  return {
    licensed,
    outside: outside.toSorted((a, b) => a.edit.start - b.edit.start),
    without: [...lost].filter((id) => !kept.has(id)),
  };
}

/** The block a line stands in; a line in no block is one by itself. */
function blockOf(line: number, blocks: readonly Span[]): Span {
  return blocks.find(({ start, end }) => start <= line && line <= end) ?? { start: line, end: line };
}

function groundOf({ anchor }: Pick<Finding, 'anchor'>, blocks: readonly Span[]): Ground {
  if (!anchor.lines) return { spans: [], room: 1 };
  const { start, end } = anchor.lines;
  const own = Array.from({ length: end - start + 1 }, (_, index) => blockOf(start + index, blocks));
  return { spans: own, room: MOST_NEIGHBOURS };
}

type Weighed = { readonly edit: PlacedEdit; readonly changes: readonly Change[] };

function nearestFirst(plan: string, placed: readonly PlacedEdit[], { findings }: Licence): Weighed[] {
  const anchors = new Map(findings.map(({ id, anchor }) => [id, anchor.lines]));
  const distance = ({ edit, changes }: Weighed): number => {
    const homes = edit.edit.findings.flatMap((id) => anchors.get(id) ?? []);
    const apart = changes.flatMap((change) => homes.map((home) => gap(spanBefore(change), home)));
    return Math.min(...apart, Number.MAX_SAFE_INTEGER);
  };
  return placed
    .map((edit) => ({ edit, changes: changesOf(plan, edit) }))
    .map((weighed) => ({ ...weighed, distance: distance(weighed) }))
    .toSorted((a, b) => a.distance - b.distance || a.edit.start - b.edit.start);
}

function gap(a: Span, b: Span): number {
  return Math.max(0, a.start - b.end, b.start - a.end);
}

function namedBy({ edit }: PlacedEdit, { findings, expanded }: Licence) {
  return {
    anchors: findings.filter(({ id }) => edit.findings.includes(id)).map(({ anchor }) => anchor),
    isExpanded: edit.findings.some((id) => expanded.has(id)),
  };
}

function firstRefusal(
  changes: readonly Change[],
  refusal: (change: Change) => Protection | null,
): { why: Protection; lines: Span } | undefined {
  for (const change of changes) {
    const why = refusal(change);
    if (why) return { why, lines: spanBefore(change) };
  }
  return undefined;
}

type Spending = {
  readonly ids: readonly string[];
  readonly grounds: Map<string, Ground>;
  readonly lines: readonly string[];
  readonly blocks: readonly Span[];
};

/** The grounds after an edit, all of its changes together; the first change that finds no ground where there is one. */
function spend(
  changes: readonly Change[],
  { ids, grounds, lines, blocks }: Spending,
): Map<string, Ground> | Change {
  let next = grounds;
  for (const change of changes) {
    for (const choices of placesOf(change, lines, blocks)) {
      const after = stand(choices, ids, next);
      if (!after) return change;
      next = after;
    }
  }
  return next;
}

/** A line a change touches, and the block it stands in. */
type Place = { readonly line: number; readonly block: Span };

/** The places a change touches, each as the choices of which one must be licensed: an insertion stands beside two. */
function placesOf(change: Change, lines: readonly string[], blocks: readonly Span[]): Place[][] {
  const isBlank = (line: number): boolean => (lines[line - 1] ?? '').trim() === '';
  const placeOf = (line: number): Place => ({ line, block: blockOf(line, blocks) });
  const touched = change.removed.map((_, index) => change.at + index).filter((line) => !isBlank(line));
  if (touched.length > 0) return touched.map((line) => [placeOf(line)]);
  let above = change.at - 1;
  while (above > 0 && isBlank(above)) above -= 1;
  let below = change.at + change.removed.length;
  while (below <= lines.length && isBlank(below)) below += 1;
  const beside = [above, below].filter((line) => line > 0 && line <= lines.length).map(placeOf);
  return beside.length > 0 ? [beside] : [];
}

/** The grounds after one place: as they were where it is licensed, with one neighbour more, or undefined. */
function stand(
  choices: readonly Place[],
  ids: readonly string[],
  grounds: Map<string, Ground>,
): Map<string, Ground> | undefined {
  const spans = ids.flatMap((id) => grounds.get(id)?.spans ?? []);
  if (choices.some(({ line }) => spans.some((span) => meet(span, { start: line, end: line }))))
    return grounds;
  const id = ids.find((name) => (grounds.get(name)?.room ?? 0) > 0);
  const ground = id === undefined ? undefined : grounds.get(id);
  const [first] = choices;
  if (!first || id === undefined || !ground) return undefined;
  return new Map(grounds).set(id, { spans: [...ground.spans, first.block], room: ground.room - 1 });
}
