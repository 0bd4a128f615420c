import { describe, expect, it } from 'vitest';
import type { Format } from '../../src/report/formats-by-ending.ts';
import { reportIn } from '../../src/report/formats.ts';
import { githubAnnotations } from '../../src/report/github.ts';
import { markdownReport } from '../../src/report/markdown/report.ts';
import type { ReportSource } from '../../src/report/source.ts';
import { hostileRun } from './hostile.ts';
import { ANNOTATION, elementsOf, markdownShape, NAMED, tagsOf, unseenIn } from './shapes.ts';
import { wholeRun } from './whole-run.ts';

/** So that nothing is left out. */
const ROOM = { most: Infinity, size: (text: string) => text.length };

const STYLE = { isUnicode: true, stateDir: '/state' };

describe('what a model wrote', () => {
  it('adds no element to the page', async () => {
    expect(tagsOf(await told('html', hostileRun()))).toEqual(tagsOf(await told('html', wholeRun())));
  });

  it('adds nothing to a comment but words', () => {
    const { types } = markdownShape(markdownReport(wholeRun(), ROOM));

    expect(markdownShape(markdownReport(hostileRun(), ROOM))).toEqual({ types, acting: [] });
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
    for (const line of hostile?.slice(0, -1) ?? []) expect(line).toMatch(ANNOTATION);
  });

  it.each(['html', 'markdown', 'github', 'junit'] as const)('hides nothing in %s', async (format) => {
    const text = await told(format, hostileRun());

    expect(unseenIn(text)).toEqual([]);
    expect(text).toMatch(NAMED);
  });

  it('gives no link in SARIF', async () => {
    expect(await told('sarif', hostileRun())).not.toContain('](');
  });
});

async function told(format: Format, source: ReportSource): Promise<string> {
  return (await reportIn(format, source, STYLE)).join('');
}
