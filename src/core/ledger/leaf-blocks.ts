import type { Heading as HeadingNode, ListItem, Nodes, Root, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { isFrontMatter, linesOfNode, parseMarkdown } from '../markdown.ts';

/**
 * What a block is. matter: front matter. other: a line of no block, such as the bare `>` between two quoted paragraphs.
 */
export type BlockKind =
  | 'heading'
  | 'paragraph'
  | 'item'
  | 'row'
  | 'code'
  | 'html'
  | 'matter'
  | 'rule'
  | 'other';

/** A leaf of the text: lines that are read as one, 1-based. */
export type Block = { readonly kind: BlockKind; readonly start: number; readonly end: number };

/** A heading that stands under no list and no quotation, and so begins a section. */
export type HeadingLine = { readonly title: string; readonly depth: number; readonly line: number };

export type Leaves = {
  readonly blocks: readonly Block[];
  readonly headings: readonly HeadingLine[];
  /** The last block has no end of its own: it goes on in the text that follows. */
  readonly isOpen: boolean;
};

/** Reading what stands inside of a paragraph is half of the time, and blocks do not depend on it. */
const NO_INLINE = {
  disable: {
    null: [
      'attention',
      'autolink',
      'characterEscape',
      'characterReference',
      'codeText',
      'hardBreakEscape',
      'htmlText',
      'labelEnd',
      'labelStartImage',
      'labelStartLink',
    ],
  },
};

/** Reads markdown whose line ends are `\n` into blocks that hold each of its lines at most once, in order. */
export function leavesOf(text: string): Leaves {
  const tree = parseMarkdown(text, NO_INLINE);
  const headings = tree.children.filter((node) => node.type === 'heading');
  return {
    blocks: apart([...leaves(tree)], text.split('\n')),
    headings: headings.map((node) => ({
      title: titleOf(node),
      depth: node.depth,
      line: linesOfNode(node).start,
    })),
    isOpen: isOpen(tree, text),
  };
}

function* leaves(node: Nodes): Generator<Block> {
  switch (node.type) {
    case 'heading':
    case 'paragraph':
    case 'code':
    case 'html':
      yield { kind: node.type, ...linesOfNode(node) };
      break;
    case 'thematicBreak':
    case 'definition':
      yield { kind: 'rule', ...linesOfNode(node) };
      break;
    case 'table':
      yield* rowsOf(node);
      break;
    case 'listItem':
      yield* itemOf(node);
      break;
    default:
      if (isFrontMatter(node)) yield { kind: 'matter', ...linesOfNode(node) };
      if ('children' in node) for (const child of node.children) yield* leaves(child);
  }
}

/** The row of dashes belongs to the header above it. */
function* rowsOf({ children }: Table): Generator<Block> {
  for (const [index, row] of children.entries()) {
    const { start, end } = linesOfNode(row);
    yield { kind: 'row', start, end: index === 0 ? end + 1 : end };
  }
}

/** An item is its marker and its first paragraph; what else it holds are blocks of their own. */
function* itemOf(item: ListItem): Generator<Block> {
  const { start } = linesOfNode(item);
  const [first, ...others] = item.children;
  if (!first) yield { kind: 'item', ...linesOfNode(item) };
  else if (first.type === 'paragraph') yield { kind: 'item', start, end: linesOfNode(first).end };
  else yield* leaves(first);
  for (const child of others) yield* leaves(child);
}

/** No line in two blocks, as with `- # Title`, and no blank line at the end of code that was never closed. */
function apart(blocks: readonly Block[], lines: readonly string[]): Block[] {
  const kept: Block[] = [];
  const isBlank = (line: number): boolean => !/[^ \t]/.test(lines[line - 1] ?? '');
  for (const { kind, ...block } of blocks) {
    const start = Math.max(block.start, (kept.at(-1)?.end ?? 0) + 1);
    let { end } = block;
    while (end >= start && isBlank(end)) end -= 1;
    if (start <= end) kept.push({ kind, start, end });
  }
  return kept;
}

function titleOf(heading: HeadingNode): string {
  const source = toString(heading).replace(/\s*\n\s*/g, ' '); // nothing inside of it has been read yet
  const isPlain = !/[*_`[\]<>\\&!]/.test(source);
  return isPlain ? source.trim() : toString(fromMarkdown(`# ${source}`)).trim() || source.trim();
}

const FENCE_END = /^[ \t]*(?:`{3,}|~{3,})[ \t]*$/;
const FENCE = /^[ \t]*(?:`{3,}|~{3,})/;

/** Html that goes on to an end of its own; any other ends at a blank line. */
const HTML_ENDS: readonly (readonly [RegExp, RegExp])[] = [
  [/^\s*<!--/, /-->/],
  [/^\s*<\?/, /\?>/],
  [/^\s*<!\[CDATA\[/, /\]\]>/],
  [/^\s*<![a-z]/i, />/],
  [/^\s*<(?:script|pre|style|textarea)/i, /<\/(?:script|pre|style|textarea)>/i],
];

/** Fenced code without its last fence, and html that no blank line and no end tag closed, run to the end of the text. */
function isOpen({ children }: Root, text: string): boolean {
  const last = children.at(-1);
  if (last?.type === 'html') {
    const end = HTML_ENDS.find(([begins]) => begins.test(last.value))?.[1];
    return end ? !end.test(last.value) : !text.endsWith('\n\n');
  }
  if (last?.type !== 'code') return false;
  const lines = text.split('\n');
  const { start, end } = linesOfNode(last);
  const isFenced = FENCE.test(lines[start - 1] ?? '');
  return isFenced && (end === start || !FENCE_END.test(lines[end - 1] ?? ''));
}
