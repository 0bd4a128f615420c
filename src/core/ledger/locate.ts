import { firstIndex } from '../../lib/first-index.ts';
import { countLines, lineOffsets } from '../../lib/text.ts';
import type { Anchor } from '../finding.ts';
import type { RawFinding } from '../raw-finding.ts';
import { outlineOf, sectionAt, sectionNamed, sectionsNamed, type Outline } from './blocks.ts';
import type { Span } from './line-map.ts';
import { quotedIn, type Quotes } from './quotes.ts';

/** What a reviewer says about where a finding stands. */
export type Citation = Pick<RawFinding, 'quote' | 'lines'> & Partial<Pick<RawFinding, 'heading'>>;

/** Places a finding in the plan: see `locatorOf`, which is cheaper for several findings of one plan. */
export function locate(finding: Citation, plan: string): Anchor {
  return locatorOf(plan)(finding);
}

/**
 * Places findings in a plan by their verbatim quotes; a finding without one by its lines. Where a quote occurs more than
 * once, the heading that the finding names decides, then the lines it came with. A quote that is nowhere is looked for
 * with white space folded, then with a few letters wrong; failing that, the finding has at best a section.
 */
export function locatorOf(plan: string): (finding: Citation) => Anchor {
  const [quotes, outline, starts] = [quotedIn(plan), outlineOf(plan), lineOffsets(plan)];
  const text: Text = { outline, quotes, lineAt: (offset) => lineAt(starts, offset), lines: countLines(plan) };
  return (finding) => place(finding, text);
}

type Text = {
  readonly quotes: Quotes;
  readonly outline: Outline;
  readonly lineAt: (offset: number) => number;
  readonly lines: number;
};

function place(finding: Citation, text: Text): Anchor {
  const { quote, heading = '' } = finding;
  if (quote === null) return byLines(finding, text);
  for (const how of ['exact', 'folded', 'fuzzy'] as const) {
    const found = best(
      text.quotes[how](quote).map((at) => spanOf(at, text)),
      finding,
      text,
    );
    if (found) return { how, lines: found, quote, section: sectionAt(text.outline, found.start) };
  }
  const section = sectionNamed(text.outline, heading);
  if (!section) return { how: 'void', lines: null, quote, section: [] };
  const line = section.start;
  return { how: 'section', lines: { start: line, end: line }, quote, section: sectionAt(text.outline, line) };
}

function byLines({ lines, heading = '' }: Citation, text: Text): Anchor {
  if (!lines || lines.start > text.lines) {
    const named = sectionNamed(text.outline, heading);
    return {
      how: 'none',
      lines: null,
      quote: null,
      section: named ? sectionAt(text.outline, named.start) : [],
    };
  }
  return {
    how: 'lines',
    lines: { start: lines.start, end: Math.min(lines.end, text.lines) },
    quote: null,
    section: sectionAt(text.outline, lines.start),
  };
}

function spanOf({ start, end }: Span, { lineAt }: Text): Span {
  return { start: lineAt(start), end: lineAt(Math.max(start, end - 1)) };
}

/** Of several places, those under the heading that was named; of these, the one nearest to the lines. */
function best(
  places: readonly Span[],
  { lines, heading = '' }: Citation,
  { outline }: Text,
): Span | undefined {
  if (places.length < 2) return places[0];
  const sections = sectionsNamed(outline, heading);
  const named = places.filter(({ start }) =>
    sections.some((section) => section.start <= start && start <= section.end),
  );
  const [first, ...others] = named.length > 0 ? named : places;
  if (!first || !lines) return first;
  const distance = ({ start }: Span): number => Math.abs(start - lines.start);
  return others.reduce((near, at) => (distance(at) < distance(near) ? at : near), first);
}

/** The 1-based line of an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  return Math.max(
    1,
    firstIndex(starts.length, (index) => (starts[index] ?? Infinity) > offset),
  );
}
