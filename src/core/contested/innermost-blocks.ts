import { meet } from '../changes.ts';
import type { Span } from '../ledger/line-map.ts';

/** The blocks a span is in or reaches into, but none that merely holds such a block. */
export function innermostBlocks(span: Span, blocks: readonly Span[]): Span[] {
  const touched = blocks.filter((block) => meet(span, block));
  return touched.filter((block) => !touched.some((inner) => holds(block, inner)));
}

function holds(outer: Span, inner: Span): boolean {
  const isLonger = outer.end - outer.start > inner.end - inner.start;
  return isLonger && outer.start <= inner.start && inner.end <= outer.end;
}
