import { SaxesParser } from 'saxes';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../src/report/formats-by-ending.ts';
import { reportIn } from '../../src/report/formats.ts';
import { githubAnnotations } from '../../src/report/github.ts';
import { markdownReport } from '../../src/report/markdown/report.ts';
import type { ReportSource } from '../../src/report/source.ts';
import { hostileRun } from './hostile.ts';
import { wholeRun } from './whole-run.ts';

/** So that nothing is left out. */
const ROOM = { most: Infinity, size: (text: string) => text.length };

const STYLE = { isUnicode: true, stateDir: '/state' };

const UNSEEN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- these are what must not be there
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u{e0000}-\u{e0fff}]/u;

describe('what a model wrote', () => {
  it('adds no element to the page', async () => {
    expect(tagsOf(await told('html', hostileRun()))).toEqual(tagsOf(await told('html', wholeRun())));
  });

  it('adds nothing to a comment but words', () => {
    const [plain, hostile] = [markdownTree(wholeRun()), markdownTree(hostileRun())];

    expect(hostile.types).toEqual(plain.types);
    expect(
      hostile.types.filter((type) =>
        ['link', 'image', 'definition', 'linkReference', 'imageReference'].includes(type),
      ),
    ).toEqual([]);
    expect(hostile.html.filter((value) => !OURS.test(value))).toEqual([]);
    expect(hostile.words.filter((word) => /@(?=\w)|#(?=\d)|GH-(?=\d)|:\/\/|www\./.test(word))).toEqual([]);
  });

  it('adds no element to JUnit, which stays well-formed', async () => {
    expect(elementsOf(await told('junit', hostileRun()))).toEqual(
      elementsOf(await told('junit', wholeRun())),
    );
  });

  it('is no command to a runner', () => {
    const [plain, hostile] = [githubAnnotations(wholeRun()), githubAnnotations(hostileRun())].map((text) =>
      text.split('\n'),
    );

    expect(hostile).toHaveLength(plain?.length ?? 0);
    for (const line of hostile?.slice(0, -1) ?? [])
      expect(line).toMatch(/^::(?:error|warning|notice) file=[^,:]+,line=\d+,endLine=\d+,title=[^:,]*::./);
  });

  it.each(['html', 'markdown', 'github', 'junit'] as const)('hides nothing in %s', async (format) => {
    const text = await told(format, hostileRun());

    expect(unseenIn(text)).toEqual([]);
    expect(text).toMatch(/\\?\[U\+202E\\?\]gnp\.exe/);
  });

  it('gives no link in SARIF', async () => {
    expect(await told('sarif', hostileRun())).not.toContain('](');
  });
});

async function told(format: Format, source: ReportSource): Promise<string> {
  return (await reportIn(format, source, STYLE)).join('');
}

/** What has no width, or acts, with what stands around it. */
function unseenIn(text: string): string[] {
  return [...text.matchAll(new RegExp(UNSEEN, 'gu'))].map(
    ({ index, 0: found }) =>
      `${found.codePointAt(0)?.toString(16) ?? ''} in ${JSON.stringify(text.slice(index - 20, index + 20))}`,
  );
}

/** Every tag by its name; code spans are the one thing that a model may make. */
function tagsOf(page: string): string[] {
  return [...page.matchAll(/<(\/?[a-z][a-z0-9]*)/gi)]
    .map(([, tag = '']) => tag)
    .filter((tag) => !SPANS.has(tag));
}

/** In a diff, a line that is longer has other words marked. */
const SPANS: ReadonlySet<string> = new Set(['code', '/code', 'ins', '/ins', 'del', '/del']);

const OURS =
  /^(?:<!-- refine-plan [0-9a-f]{16} -->|<details><summary>[^\n]*<\/summary>|<\/details>|<\/?span>|<b>|<\/b>)$/;

function markdownTree(source: ReportSource): { types: string[]; html: string[]; words: string[] } {
  const tree = fromMarkdown(markdownReport(source, ROOM), {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  const nodes = all(tree);
  const isShape = ({ type, ...node }: Nodes): boolean =>
    !['text', 'inlineCode'].includes(type) && !('value' in node && /^<\/?span>$/.test(node.value));
  return {
    types: nodes.filter(isShape).map(({ type }) => type),
    html: nodes.flatMap((node) => (node.type === 'html' ? [node.value] : [])),
    words: nodes.flatMap((node) => (node.type === 'text' ? [node.value] : [])),
  };
}

function all(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(all) : [])];
}

/** The elements of an XML text in order; throws where it is not well-formed. */
function elementsOf(xml: string): string[] {
  const elements: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => elements.push(name));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return elements;
}
