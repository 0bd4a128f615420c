import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { SCHEMAS } from '../../src/cli/commands/schema.ts';
import type { Finding } from '../../src/core/finding.ts';
import { findingsText } from '../../src/report/findings.ts';
import { formatOf } from '../../src/report/formats-by-ending.ts';
import { githubAnnotations, githubSummary } from '../../src/report/github.ts';
import { wholeReport } from '../../src/report/json.ts';
import { leftLines } from '../../src/report/left.ts';
import { markdownReport } from '../../src/report/markdown/report.ts';
import { sarifReport } from '../../src/report/sarif.ts';
import type { ReportSource } from '../../src/report/source.ts';
import { textReport } from '../../src/report/text.ts';
import { finding, reviewed, roundStarted, runOf, started } from '../ui/told-run.ts';
import { hostileRun } from './hostile.ts';
import { wholeRun, wholeRunUntil } from './whole-run.ts';

const RUNS: readonly (readonly [string, () => ReportSource])[] = [
  ['of every kind of outcome', () => wholeRun()],
  ['whose models are hostile', hostileRun],
  ['that was cut off', () => wholeRunUntil('findings.accepted', 2)],
  ['that has not begun', () => wholeRunUntil('decision', 0)],
];

describe('SARIF', () => {
  const isValid = sarifValidator();

  it.each(RUNS)('of a run %s is valid against the schema of OASIS', (_, source) => {
    const log = sarifReport(source());

    expect(isValid(log)).toEqual([]);
  });

  it('names rules that it has, and places within the repository', () => {
    const [run] = sarifReport(wholeRun()).runs;

    for (const { ruleIndex = -1, ruleId, locations } of run?.results ?? []) {
      expect(run?.tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId);
      expect(locations?.[0]?.physicalLocation?.artifactLocation).toMatchObject({
        uri: 'docs/plans/2026-05-04-webhooks.md',
        uriBaseId: 'SRCROOT',
      });
    }
    expect(run?.results).toHaveLength(10);
  });

  it('knows a finding again that stands elsewhere, in other words', () => {
    const first = finding('F1', {
      title: 'retry bound missing',
      anchor: anchorAt(88, 'Retry until  it works.'),
    });
    const moved = finding('F4', { title: 'it never ends', anchor: anchorAt(131, 'retry until it works.') });
    const other = finding('F1', { anchor: anchorAt(88, 'Send a mail.') });

    expect(printsOf(first)).toEqual(printsOf(moved));
    expect(printsOf(first)).not.toEqual(printsOf(other));
  });

  it('tells apart what is raised about the same text', () => {
    const prints = printsOf(finding('F1'), finding('F2', { title: 'another one' }));

    expect(new Set(prints).size).toBe(2);
  });
});

describe('JSON', () => {
  it.each(RUNS)('of a run %s is as its schema says', (_, source) => {
    const ajv = new Ajv2020({ strict: false });
    const isValid = ajv.compile(SCHEMAS['report']?.() ?? {});

    isValid(JSON.parse(JSON.stringify(wholeReport(source(), '/state'))));

    expect(isValid.errors).toBeNull();
  });
});

describe('a run with more findings than anybody shows', () => {
  const many = reviewOf(
    ...Array.from({ length: 400 }, (_, index) =>
      finding(`F${index + 1}`, {
        severity: (['critical', 'high', 'medium', 'low'] as const)[index % 4] ?? 'low',
        body: 'ü'.repeat(4000),
        instance: 'It ends badly. '.repeat(300),
        ...(index < 200 ? {} : { generation: 1, parent: 'F1' }),
      }),
    ),
  );

  it('has a comment that fits, and says what was left out', () => {
    const comment = markdownReport(many);

    expect(comment.length).toBeLessThan(65_000);
    expect(comment).toContain('Left to you: 400 findings (200 in our fixes)\n');
    expect(comment).toMatch(/Left out for want of room: .* more\. The HTML report has all of it\.\n$/);
  });

  it('has a summary of less than 1 MiB', () => {
    expect(Buffer.byteLength(githubSummary(many))).toBeLessThan(1024 * 1024);
  });

  it('has ten annotations of each level at most, the last of which counts the rest', () => {
    const lines = githubAnnotations(many).trimEnd().split('\n');
    const of = (level: string): number => lines.filter((line) => line.startsWith(`::${level} `)).length;

    expect([of('error'), of('warning'), of('notice')]).toEqual([10, 10, 10]);
    expect(lines.at(-1)).toBe(
      '::notice title=refine-plan::371 more findings are left (200 in our fixes); the report names them.',
    );
  });
});

describe('a run whose models go on and on', () => {
  const long = wholeRun((text) => `${text} ${'and on '.repeat(5000)}`);

  it.each([
    ['the text', textReport(long, { ...long.where, isUnicode: true }).join('')],
    ['the list of its findings', findingsText(long.run)],
    ['what it leaves', leftLines(long.run).join('\n')],
  ])('is told in lines that end: %s', (_, text) => {
    const lines = text.split('\n');

    expect(lines.filter((line) => line.length > 12_500)).toEqual([]);
    expect(lines.filter((line) => line.includes('and on and...'))).not.toEqual([]);
  });
});

describe('a run that is to be reported from a severity on', () => {
  const some = {
    ...reviewOf(
      finding('F1', { severity: 'low' }),
      finding('F2', { severity: 'high' }),
      finding('F3', { severity: 'critical' }),
      finding('F4', { severity: 'medium' }),
    ),
    reportOn: 'high' as const,
  };

  it('is annotated with the findings that are so severe, and no others', () => {
    const titles = [...githubAnnotations(some).matchAll(/title=(F\d) /g)].map(([, id]) => id);

    expect(titles).toEqual(['F3', 'F2']);
  });

  it('has these alone as SARIF results, and all of them in its summary', () => {
    const [run] = sarifReport(some).runs;

    expect(run?.results).toHaveLength(2);
    expect(githubSummary(some)).toContain('Left to you: 4 findings');
  });
});

describe('the ending of a file', () => {
  it.each([
    ['report.html', 'html'],
    ['out/REPORT.MD', 'markdown'],
    ['a.json', 'json'],
    ['a.sarif', 'sarif'],
    ['junit.xml', 'junit'],
    ['a.b.txt', 'text'],
    ['report', undefined],
    ['report.pdf', undefined],
    ['a.constructor', undefined],
  ])('of %s means %s', (file, format) => {
    expect(formatOf(file)).toBe(format);
  });
});

function anchorAt(line: number, quote: string): Finding['anchor'] {
  return { how: 'exact', lines: { start: line, end: line }, quote, section: ['Import'] };
}

function printsOf(...findings: Finding[]): (string | undefined)[] {
  const [run] = sarifReport(reviewOf(...findings)).runs;
  return (run?.results ?? []).map(({ partialFingerprints: prints }) => prints?.['primaryLocationLineHash']);
}

/** A review that raised these. */
function reviewOf(...findings: Finding[]): ReportSource {
  const run = runOf(started({ kind: 'review' }), roundStarted(1), reviewed(1, ...findings));
  return { ...wholeRun(), run, facts: [], texts: new Map(), rejected: new Map() };
}

/** What the schema of OASIS, which is of draft 4, has against a log. */
function sarifValidator(): (log: Log) => unknown[] {
  const require = createRequire(import.meta.url);
  const file = require
    .resolve('@microsoft/jest-sarif')
    .replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const isValid = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  return (log) => (isValid(JSON.parse(JSON.stringify(log))) ? [] : (isValid.errors ?? []));
}
