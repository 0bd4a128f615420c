import { SaxesParser } from 'saxes';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Nodes } from 'mdast';

/* What a report is made of: so one whose models are hostile can be held against one whose models are not. */

/** Every tag by its name; code spans are the one thing that a model may make. */
export function tagsOf(page: string): string[] {
  return [...page.matchAll(/<(\/?[a-z][a-z0-9]*)/gi)]
    .map(([, tag = '']) => tag)
    .filter((tag) => !SPANS.has(tag));
}

/** In a diff, a line that is longer has other words marked. */
const SPANS: ReadonlySet<string> = new Set(['code', '/code', 'ins', '/ins', 'del', '/del']);

/** The elements of an XML text in order; throws where it is not well-formed. */
export function elementsOf(xml: string): string[] {
  const elements: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => elements.push(name));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return elements;
}

/** What a comment is made of but for its words, and what of it is more than words: there must be none of that. */
export function markdownShape(markdown: string): { readonly types: string[]; readonly acting: string[] } {
  const nodes = all(
    fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }),
  );
  const isShape = ({ type, ...node }: Nodes): boolean =>
    !['text', 'inlineCode'].includes(type) && !('value' in node && /^<\/?span>$/.test(node.value));
  return {
    types: nodes.filter(isShape).map(({ type }) => type),
    acting: nodes.flatMap((node) => {
      if (LINKS.has(node.type)) return [node.type];
      if (node.type === 'html') return OURS.test(node.value) ? [] : [node.value];
      return node.type === 'text' && REFERENCE.test(node.value) ? [node.value] : [];
    }),
  };
}

const LINKS: ReadonlySet<string> = new Set([
  'link',
  'image',
  'definition',
  'linkReference',
  'imageReference',
]);

const OURS =
  /^(?:<!-- refine-plan [0-9a-f]{16} -->|<details><summary>[^\n]*<\/summary>|<\/details>|<\/?span>|<b>|<\/b>)$/;

const REFERENCE = /@(?=\w)|#(?=\d)|GH-(?=\d)|:\/\/|www\./;

function all(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(all) : [])];
}

/** An annotation of the plan, as a runner reads it. */
export const ANNOTATION = /^::(?:error|warning|notice) file=[^,:]+,line=\d+,endLine=\d+,title=[^:,]*::./;

/** What has no width, or acts, with what stands around it. */
export function unseenIn(text: string): string[] {
  return [...text.matchAll(UNSEEN)].map(
    ({ index, 0: found }) =>
      `${found.codePointAt(0)?.toString(16) ?? ''} in ${JSON.stringify(text.slice(index - 20, index + 20))}`,
  );
}

const UNSEEN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- these are what must not be there
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u{e0000}-\u{e0fff}]/gu;

/** The name by which something unseen of the hostile text is shown. */
export const NAMED = /\\?\[U\+202E\\?\]gnp\.exe/;
