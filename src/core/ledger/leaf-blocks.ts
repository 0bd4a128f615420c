import { countLines } from '../../lib/text.ts';
import MarkdownIt, { type Token } from 'markdown-it';

/**
 * What a block is. matter: front matter. other: a line of no block, such as the bare `>` between two quoted paragraphs, or a
 * link's definition.
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
  /** Every line that is not blank stands in exactly one of them; they are in order. */
  readonly blocks: readonly Block[];
  readonly headings: readonly HeadingLine[];
  /** Line ends. */
  readonly lines: number;
  /** The last block has no end of its own: it goes on in the text that follows. */
  readonly isOpen: boolean;
};

/** CommonMark with tables. What is nested in a hundred blocks is not read. */
const READER = new MarkdownIt({ html: true }).disable('strikethrough');

/** Reads markdown without front matter whose line ends are `\n`. */
export function leavesOf(text: string): Leaves {
  const tokens: Token[] = [];
  READER.block.parse(text, READER, {}, tokens); // what stands inside of a paragraph is not looked at
  const lines = text.split('\n');
  const found: Block[] = [];
  const headings: HeadingLine[] = [];
  for (const [at, token] of tokens.entries()) {
    if (!token.map) continue;
    const block = blockOf(token, token.map, tokens[at - 1], tokens[at + 1]);
    if (block) found.push(block);
    if (block?.kind === 'heading' && token.level === 0)
      headings.push({
        title: titleOf(tokens[at + 1]?.content ?? ''),
        depth: Number(token.tag.slice(1)),
        line: block.start,
      });
  }
  return {
    blocks: wholeOf(found, lines),
    headings,
    lines: lines.length - 1,
    isOpen: isOpen(tokens.at(-1), lines.length - 1),
  };
}

/** An item is its marker and its first paragraph, a row the rule below it too; what else an item holds is a block of its own. */
function blockOf(
  { type }: Token,
  [above, end]: readonly [number, number],
  before: Token | undefined,
  after: Token | undefined,
): Block | undefined {
  const start = above + 1;
  switch (type) {
    case 'heading_open':
      return { kind: 'heading', start, end };
    case 'paragraph_open':
      if (before?.type !== 'list_item_open') return { kind: 'paragraph', start, end };
      return { kind: 'item', start: (before.map?.[0] ?? above) + 1, end };
    case 'list_item_open':
      return after?.type === 'list_item_close' ? { kind: 'item', start, end } : undefined;
    case 'tr_open':
      return { kind: 'row', start, end: before?.type === 'thead_open' ? end + 1 : end };
    case 'fence':
    case 'code_block':
      return { kind: 'code', start, end };
    case 'html_block':
      return { kind: 'html', start, end };
    case 'hr':
      return { kind: 'rule', start, end };
    default:
      return undefined;
  }
}

/** Every line in one block: not in two, nor in none, and no blank line at the end of code that was never closed. */
function wholeOf(found: readonly Block[], lines: readonly string[]): Block[] {
  const whole: Block[] = [];
  let line = 1;
  const isBlank = (at: number): boolean => !/[^ \t]/.test(lines[at - 1] ?? '');
  const fillTo = (end: number): void => {
    for (; line <= end; line += 1) if (!isBlank(line)) whole.push({ kind: 'other', start: line, end: line });
  };
  for (const { kind, start, end } of found) {
    fillTo(start - 1);
    let last = end;
    while (last >= line && isBlank(last)) last -= 1;
    if (last < line) continue;
    whole.push({ kind, start: Math.max(start, line), end: last });
    line = last + 1;
  }
  fillTo(lines.length);
  return whole;
}

/** Fenced code without its last fence, and html that may have no end of its own, at the end of the text. */
function isOpen(last: Token | undefined, lines: number): boolean {
  if (!last?.map || last.level > 0 || last.map[1] < lines) return false;
  if (last.type === 'html_block') return !/^\s*<!--[^]*-->/.test(last.content);
  return last.type === 'fence' && countLines(last.content) === last.map[1] - last.map[0] - 1;
}

/** What is read of a title where it is shown. */
function titleOf(source: string): string {
  const [line] = READER.parseInline(source, {});
  const parts = (line?.children ?? []).map(({ type, content }) => (type.endsWith('break') ? ' ' : content));
  return parts.join('').trim() || source.trim();
}
