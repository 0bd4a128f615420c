import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Span } from './ledger/line-map.ts';

const KINDS: ['yaml', 'toml'] = ['yaml', 'toml'];
const SYNTAX = [frontmatter(KINDS), gfmTable()];
const MDAST = [frontmatterFromMarkdown(KINDS), gfmTableFromMarkdown()];

/** Reads CommonMark with tables and front matter. Offsets count a byte order mark only where the text has none. */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, { extensions: SYNTAX, mdastExtensions: MDAST });
}

/** A node and everything below it, in order of the text. */
export function* nodesIn(node: Nodes): Generator<Nodes> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* nodesIn(child);
}

/** The offsets of a node in UTF-16 units. */
export function offsetsOf({ position }: Nodes): Span {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}

/** Is it front matter? The types of mdast know only the one in YAML. */
export function isFrontMatter({ type }: { readonly type: string }): boolean {
  return type === 'yaml' || type === 'toml';
}
