import { beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE } from '../report/hostile.ts';
import { ANNOTATION, elementsOf, markdownShape, NAMED, tagsOf, unseenIn } from '../report/shapes.ts';
import { readyWorld } from '../rig/world.ts';

const NAME = 'docs/plans/import.md';
const FORMATS = ['text', 'markdown', 'html', 'json', 'sarif', 'junit', 'github'];

/** What `report` prints, by format; what a runner reads is `annotations`. */
type Told = Readonly<Record<string, string>>;

describe('where models are hostile,', () => {
  let [plain, hostile]: readonly Told[] = [];
  const both = (format: string): [string, string] => [plain?.[format] ?? '', hostile?.[format] ?? ''];

  beforeAll(async () => {
    [plain, hostile] = await Promise.all([told((text) => text), told((text) => `${text}\n${HOSTILE}`)]);
  });

  it('the page has the elements that it would have', () => {
    const [expected, found] = both('html');

    expect(found).toContain('gotcha');
    expect(tagsOf(found)).toEqual(tagsOf(expected));
  });

  it.each(['markdown', 'github'])('%s has words, and nothing else that it would not have', (format) => {
    const [expected, found] = both(format);

    expect(found).toContain('gotcha');
    expect(markdownShape(found)).toEqual({ types: markdownShape(expected).types, acting: [] });
  });

  it('JUnit has the elements that it would have', () => {
    const [expected, found] = both('junit');

    expect(elementsOf(found)).toEqual(elementsOf(expected));
  });

  it('a runner is given the annotations that it would be given, and no command', () => {
    const [expected, found] = both('annotations').map((text) => text.trimEnd().split('\n'));

    expect(found).toHaveLength(expected?.length ?? 0);
    expect(found?.filter((line) => !ANNOTATION.test(line))).toEqual([]);
  });

  it.each(['html', 'markdown', 'github', 'junit'])('nothing is hidden in %s', (format) => {
    const [, found] = both(format);

    expect(unseenIn(found)).toEqual([]);
    expect(found).toMatch(NAMED);
  });

  it('text has what can be read, and no line of theirs', () => {
    const [expected, found] = both('text');

    expect(unseenIn(found)).toEqual([]);
    expect(found.split('\n')).toHaveLength(expected.split('\n').length);
  });

  it('SARIF and JSON are what they would be, and SARIF gives no link', () => {
    for (const format of ['sarif', 'json']) {
      const [expected, found] = both(format).map((text) => JSON.stringify(shapeOf(JSON.parse(text))));
      expect(found).toEqual(expected);
    }
    expect(hostile?.['sarif']).toContain('gotcha');
    expect(hostile?.['sarif']).not.toContain('](');
  });
});

/** A run whose models say this, told in every format. */
async function told(taint: (text: string) => string): Promise<Told> {
  using world = readyWorld();
  await world.cli([NAME, '--max-rounds', '1'], { env: answers(taint) });
  const summary = world.write('../summary.md', '');
  const print = async (format: string, env = {}): Promise<string> =>
    (await world.cli(['report', '--format', format], { env })).stdout;
  const entries = FORMATS.map(async (format) => [format, await print(format)] as const);
  const annotations = print('github', { GITHUB_STEP_SUMMARY: summary });
  await Promise.all([...entries, annotations]);
  return {
    ...Object.fromEntries(await Promise.all(entries)),
    annotations: await annotations,
    github: world.read('../summary.md'),
  };
}

/** One finding that is fixed, one that is declined, one below the floor, one about nothing; and one of the last look. */
function answers(taint: (text: string) => string): NodeJS.ProcessEnv {
  const finding = (title: string, quote: string, confidence = 0.9): unknown => ({
    severity: 'high',
    kind: 'missing-case',
    file: NAME,
    line_start: 5,
    line_end: 5,
    quote,
    confidence,
    title: taint(title),
    body: taint('It never ends.'),
    instance: taint('The database is down.'),
    cause: taint(`Nobody thought of it: ${title}.`),
    recommendation: taint('Bound it.'),
  });
  const review = (...findings: unknown[]): string =>
    JSON.stringify({
      verdict: 'needs-attention',
      summary: taint('No.'),
      findings,
      next_steps: [taint('Go.')],
    });
  return {
    WORLD_ANSWER_REVIEWER: review(
      finding('no bound', 'retry until it works'),
      finding('mails twice', 'Send a mail to each customer.'),
      finding('a guess', 'Read the file line by line.', 0.1),
      finding('about nothing', taint('What is not there')),
    ),
    WORLD_ANSWER_IMPLEMENTER: JSON.stringify({
      summary: taint('Done.'),
      edits: [{ findings: ['F1'], old_text: 'retry until it works', new_text: 'retry thrice' }],
      declined: [{ finding: 'F2', reason: taint('It is meant so.') }],
    }),
    WORLD_ANSWER_VERIFIER: review(finding('thrice of what', 'retry thrice')),
  };
}

/** What a value is made of but for its texts and numbers. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shapeOf(part)]));
}
