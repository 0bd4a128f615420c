import { meet, spanBefore, type Change } from '../changes.ts';
import type { Finding } from '../finding.ts';
import { outlineOf } from '../ledger/blocks.ts';
import type { Span } from '../ledger/line-map.ts';

/** What of a plan no fix may touch in passing. */
export type Protected = {
  readonly frontMatter: Span | null;
  /** The line of the first heading, where that is the plan's title. */
  readonly title: Span | null;
  /** Code blocks, fences included. */
  readonly code: readonly Span[];
};

/** Why a change is refused whatever block it is in. */
export type Protection = 'front-matter' | 'title' | 'code';

/** Whom a change acts for: what its findings cite, and whether one of them may edit any block. */
export type Named = {
  readonly anchors: readonly Finding['anchor'][];
  readonly isExpanded: boolean;
};

/** The protected lines of a plan; take them from the bytes before an edit. */
export function protectedIn(plan: string): Protected {
  const { blocks, sections } = outlineOf(plan);
  const heading = blocks.find(({ kind }) => kind === 'heading');
  const [first] = sections;
  const isTitle = first?.depth === 1 && first.start === heading?.start;
  return {
    frontMatter: blocks.find(({ kind }) => kind === 'matter') ?? null,
    title: isTitle ? heading : null,
    code: blocks.filter(({ kind }) => kind === 'code'),
  };
}

/**
 * Why a change may not be, or null. Front matter and the title are never changed; code is where a finding stands
 * in it, or may edit any block. Load-bearing strings have a guard of their own.
 */
export function protection(
  change: Change,
  { frontMatter, title, code }: Protected,
  { anchors, isExpanded }: Named,
): Protection | null {
  const span = spanBefore(change);
  const changes = (block: Span): boolean => meet(span, block);
  const cited = anchors.flatMap(({ lines }) => lines ?? []);
  if (frontMatter && (changes(frontMatter) || change.at <= frontMatter.start)) return 'front-matter';
  if (title && changes(title)) return 'title';
  const isCited = (block: Span): boolean => cited.some((place) => meet(place, block));
  return !isExpanded && code.some((block) => changes(block) && !isCited(block)) ? 'code' : null;
}
