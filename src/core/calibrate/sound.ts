import type { Nodes } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { isFrontMatter, nodesIn, parseMarkdown } from '../markdown.ts';

/**
 * Says of a mutated plan whether it still is one: code, html, front matter and headings are the same to the letter, every
 * table has as many cells, and there is nothing of a kind that was not there before.
 */
export function soundnessOf(plan: string): (mutated: string) => boolean {
  const before = [...nodesIn(parseMarkdown(plan))];
  const kinds = new Set(before.map(({ type }) => type));
  const kept = JSON.stringify(before.flatMap(fixed));
  return (mutated) => {
    const after = [...nodesIn(parseMarkdown(mutated))];
    return JSON.stringify(after.flatMap(fixed)) === kept && after.every(({ type }) => kinds.has(type));
  };
}

/** What no mutation may change. */
function fixed(node: Nodes): string[] {
  if (node.type === 'code' || node.type === 'html' || isFrontMatter(node))
    return [`${node.type} ${'value' in node ? node.value : ''}`];
  if (node.type === 'heading') return [`${node.depth} ${toString(node)}`];
  return node.type === 'tableRow' ? [`row ${node.children.length}`] : [];
}
