import type { Nodes } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { isFrontMatter, nodesIn, parseMarkdown } from '../markdown.ts';

/**
 * Is the mutated plan still one? Code, html, front matter and headings are the same to the letter, every table has as many
 * cells, and there is nothing of a kind that was not there before.
 */
export function isSound(before: string, after: string): boolean {
  const [was, is] = [before, after].map((text) => [...nodesIn(parseMarkdown(text))]) as [Nodes[], Nodes[]]; // two in, two out
  const kinds = new Set(was.map(({ type }) => type));
  return JSON.stringify(was.flatMap(fixed)) === JSON.stringify(is.flatMap(fixed)) && is.every(({ type }) => kinds.has(type));
}

/** What no mutation may change. */
function fixed(node: Nodes): string[] {
  if (node.type === 'code' || node.type === 'html' || isFrontMatter(node))
    return [`${node.type} ${'value' in node ? node.value : ''}`];
  if (node.type === 'heading') return [`${node.depth} ${toString(node)}`];
  return node.type === 'tableRow' ? [`row ${node.children.length}`] : [];
}
