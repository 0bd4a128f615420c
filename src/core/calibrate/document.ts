import type { List, ListItem, Nodes, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import type { Span } from '../ledger/line-map.ts';
import { nodesIn, offsetsOf, parseMarkdown } from '../markdown.ts';

/** A stretch of running text, or what stands inside of a code span, in offsets. */
export type Words = Span & { readonly text: string; readonly block: Span; readonly section: number };

/** A paragraph, in a list item or by itself. */
export type Paragraph = Span & { readonly text: string; readonly section: number; readonly isItem: boolean };

export type Item = Span & {
  /** What stands behind its marker. */
  readonly content: Span;
  readonly text: string;
  /** It holds a code block, html or a table, and is left alone. */
  readonly isHeavy: boolean;
};

export type Steps = Span & {
  readonly isOrdered: boolean;
  readonly items: readonly Item[];
  readonly section: number;
  /** The line above that ends in a colon, or else nothing. */
  readonly label: string;
};

/** From a heading to the next one; before the first heading its title is empty. */
export type Section = Span & { readonly title: string };

/** A plan, read for what a defect can be put into: never code blocks, front matter, html, headings or links' targets. */
export type PlanDocument = {
  readonly plan: string;
  readonly sections: readonly Section[];
  readonly texts: readonly Words[];
  readonly codes: readonly Words[];
  readonly paragraphs: readonly Paragraph[];
  readonly lists: readonly Steps[];
};

/** Reads a plan that has no byte order mark. */
export function documentOf(plan: string): PlanDocument {
  const tree = parseMarkdown(plan);
  const sections = sectionsOf(tree, plan.length);
  const sectionOf = (node: Nodes): number =>
    sections.findLastIndex(({ start }) => start <= offsetsOf(node).start);
  const blocks = tree.children
    .filter(({ type }) => type !== 'heading')
    .flatMap((child) => [...nodesIn(child)]);
  const texts: Words[] = [];
  const codes: Words[] = [];
  for (const node of blocks) {
    if (node.type !== 'paragraph' && node.type !== 'tableCell') continue;
    const where = { block: offsetsOf(node), section: sectionOf(node) };
    for (const inner of nodesIn(node)) {
      if (inner.type === 'text') texts.push({ ...source(plan, offsetsOf(inner)), ...where });
      if (inner.type === 'inlineCode') codes.push(...insideOf(plan, inner.value, offsetsOf(inner), where));
    }
  }
  const items = new Set(blocks.flatMap((node) => (node.type === 'listItem' ? node.children : [])));
  return {
    plan,
    sections,
    texts,
    codes,
    paragraphs: blocks
      .filter((node) => node.type === 'paragraph')
      .map((node) => ({
        ...source(plan, offsetsOf(node)),
        section: sectionOf(node),
        isItem: items.has(node),
      })),
    lists: listsIn(tree).map(({ list, label }) => ({
      ...offsetsOf(list),
      isOrdered: list.ordered === true,
      items: list.children.map((item) => itemOf(plan, item)),
      section: sectionOf(list),
      label,
    })),
  };
}

function sectionsOf(tree: Root, end: number): Section[] {
  const headings = tree.children
    .filter((node) => node.type === 'heading')
    .map((node) => ({ start: offsetsOf(node).start, title: toString(node) }));
  return [{ start: 0, title: '' }, ...headings].map(({ start, title }, index) => ({
    start,
    end: headings[index]?.start ?? end,
    title,
  }));
}

function source(plan: string, { start, end }: Span): Span & { readonly text: string } {
  return { start, end, text: plan.slice(start, end) };
}

function insideOf(
  plan: string,
  value: string,
  { start, end }: Span,
  where: { readonly block: Span; readonly section: number },
): Words[] {
  const at = plan.slice(start, end).indexOf(value);
  return at < 1 ? [] : [{ start: start + at, end: start + at + value.length, text: value, ...where }];
}

/** Every list, with the label of the paragraph above it. */
function listsIn(tree: Root): { list: List; label: string }[] {
  return [...nodesIn(tree)].flatMap((parent) => {
    if (!('children' in parent)) return [];
    const children: readonly Nodes[] = parent.children;
    return children.flatMap((list, index) => {
      if (list.type !== 'list') return [];
      const above = children[index - 1];
      const label = above?.type === 'paragraph' ? toString(above).trim() : '';
      return [{ list, label: label.endsWith(':') ? label : '' }];
    });
  });
}

function itemOf(plan: string, item: ListItem): Item {
  const [first, last] = [item.children[0], item.children.at(-1)];
  const whole = offsetsOf(item);
  const content = first && last ? { start: offsetsOf(first).start, end: offsetsOf(last).end } : whole;
  return {
    ...whole,
    content,
    text: plan.slice(content.start, content.end),
    isHeavy: !first || [...nodesIn(item)].some(({ type }) => HEAVY.includes(type)),
  };
}

const HEAVY: readonly Nodes['type'][] = ['code', 'html', 'table'];
