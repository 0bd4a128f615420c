import { firstIndex } from '../../lib/first-index.ts';
import { countLines } from '../../lib/text.ts';
import type { Span } from './line-map.ts';
import { leavesOf, type Block, type HeadingLine, type Leaves } from './leaf-blocks.ts';

/** The blocks and sections of a plan in markdown. */
export type Outline = {
  /** Every line that is not blank stands in exactly one of them; they are in order. */
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
};

/** A heading and all that stands under it, with the titles of the headings above, outermost first, its own last. */
export type Section = Span & { readonly depth: number; readonly path: readonly string[] };

/**
 * Reads the outline of a plan. Lines are numbered as everywhere: by `\n` alone, whatever else the text has for line ends,
 * with or without a byte order mark.
 */
export function outlineOf(text: string): Outline {
  const plain = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n/g, '\n')
    .replace(/\r/g, ' ');
  const blocks: Block[] = [];
  const headings: HeadingLine[] = [];
  const [matter] = FRONT_MATTER.exec(plain) ?? [''];
  if (matter !== '') blocks.push({ kind: 'matter', start: 1, end: countLines(matter) });
  let above = countLines(matter);
  for (const leaves of chunksOf(plain.slice(matter.length))) {
    for (const { kind, start, end } of leaves.blocks)
      blocks.push({ kind, start: start + above, end: end + above });
    for (const heading of leaves.headings) headings.push({ ...heading, line: heading.line + above });
    above += leaves.lines;
  }
  return { blocks, sections: sectionsOf(headings, countLines(plain)) };
}

/** A comment in it looks like a heading. */
const FRONT_MATTER = /^(---|\+\+\+)[ \t]*\n(?:[^]*?\n)?\1[ \t]*(?:\n|$)/;

/** The blocks that share a line with a span. */
export function blocksIn({ blocks }: Outline, { start, end }: Span): Block[] {
  const from = firstEndingAt(blocks, start);
  const found: Block[] = [];
  for (let at = from; at < blocks.length; at += 1) {
    const block = blocks[at];
    if (!block || block.start > end) break;
    found.push(block);
  }
  return found;
}

/** The titles of the headings above a line, outermost first; a heading's own line is below itself. */
export function sectionAt({ sections }: Outline, line: number): string[] {
  const section = sections.findLast(({ start, end }) => start <= line && line <= end);
  return [...(section?.path ?? [])];
}

/**
 * The section that a reviewer means by a heading, such as `## Rollback` or `Import > Rollback`. Undefined where none, or
 * more than one, is called so.
 */
export function sectionNamed(outline: Outline, heading: string): Span | undefined {
  const [only, another] = sectionsNamed(outline, heading);
  return another ? undefined : only;
}

/** Every section that is called so: by its title, or by the last of its path. */
export function sectionsNamed({ sections }: Outline, heading: string): Section[] {
  const [whole, steps] = [nameOf(heading), heading.split(/\s+[>›»/→]+\s+/).map(nameOf)];
  if (whole === '') return [];
  return sections.filter(({ path }) => {
    const names = path.map(nameOf);
    return names.at(-1) === whole || steps.every((step, index) => names.at(index - steps.length) === step);
  });
}

/** A title without what is only its dress: marks, case, white space, a colon at its end. */
function nameOf(title: string): string {
  return title
    .normalize('NFC')
    .toLowerCase()
    .replace(/^\s*#{1,6}(?=\s)|#+\s*$|[*_`~\\]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s:.]+$/, '')
    .trim();
}

/** Characters of text that are known at a time: several versions of a large plan. */
const MOST_KNOWN = 2_000_000;

/** Chunks that were read, the one longest unused first. */
const known = new Map<string, Leaves>();
let size = 0;

/** Two plans of one run differ in few sections: what is known is not read again, which is most of what a large plan costs. */
function read(chunk: string): Leaves {
  const leaves = known.get(chunk) ?? leavesOf(chunk);
  if (!known.delete(chunk)) size += chunk.length;
  known.set(chunk, leaves);
  for (const [oldest] of known) {
    if (size <= MOST_KNOWN) break;
    known.delete(oldest);
    size -= oldest.length;
  }
  return leaves;
}

/** A text cut before its headings, each part read on its own; one that goes on, with as many more as it has. */
function chunksOf(text: string): Leaves[] {
  const parts = text.split(/(?<=\n)(?=#{1,6}(?:[ \t\n]|$))/);
  const chunks: Leaves[] = [];
  for (let at = 0; at < parts.length;) {
    let count = 1;
    let leaves = read(parts[at] ?? '');
    while (leaves.isOpen && at + count < parts.length) {
      count *= 2;
      leaves = read(parts.slice(at, at + count).join(''));
    }
    chunks.push(leaves);
    at += count;
  }
  return chunks;
}

function sectionsOf(headings: readonly HeadingLine[], lines: number): Section[] {
  const sections: (HeadingLine & { end: number; path: string[] })[] = [];
  const above: typeof sections = [];
  for (const heading of headings) {
    for (let last = above.at(-1); last && last.depth >= heading.depth; last = above.at(-1)) {
      last.end = heading.line - 1;
      above.pop();
    }
    const path = [...above.map(({ title }) => title), heading.title];
    const section = { ...heading, end: lines, path };
    sections.push(section);
    above.push(section);
  }
  return sections.map(({ line, end, depth, path }) => ({ start: line, end, depth, path }));
}

/** The index of the first block that does not end above a line. */
function firstEndingAt(blocks: readonly Block[], line: number): number {
  return firstIndex(blocks.length, (index) => (blocks[index]?.end ?? Infinity) >= line);
}
