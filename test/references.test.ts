import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/cli/command-table.ts';
import { schema, SCHEMAS } from '../src/cli/commands/schema.ts';
import { PROMPT_NAMES, type PromptName } from '../src/cli/config-file.ts';
import { configKey, envName, flagOf, OPTIONS } from '../src/cli/option-table.ts';
import { arbiterPrompt } from '../src/core/arbiter/prompt.ts';
import { readArbitration } from '../src/core/arbiter/read.ts';
import { ArbitrationAnswer } from '../src/core/arbiter/schema.ts';
import { EditsAnswer } from '../src/core/edits-schema.ts';
import { Fact, REASONS, STATUSES } from '../src/core/fact.ts';
import type { Finding } from '../src/core/finding.ts';
import { files } from '../src/core/paths.ts';
import { deltaPrompt, fixPrompt, reviewPrompt } from '../src/core/prompts.ts';
import { readEdits } from '../src/core/read-edits.ts';
import { readReview } from '../src/core/reading.ts';
import { ReviewAnswer } from '../src/core/review-schema.ts';
import { QUESTIONS } from '../src/core/question-names.ts';
import { blanks, fill } from '../src/core/template.ts';
import { verifyPrompt } from '../src/core/verify/prompt.ts';
import { readVerification } from '../src/core/verify/read.ts';
import { VerificationAnswer } from '../src/core/verify/schema.ts';

const ROOT = new URL('..', import.meta.url).pathname;

describe('references/schemas', () => {
  it('holds the schemas that the program knows, and no other', () => {
    const kept = readdirSync(join(ROOT, 'references/schemas')).toSorted();

    expect(kept).toEqual(
      Object.keys(SCHEMAS)
        .map((name) => `${name}.json`)
        .toSorted(),
    );
  });

  it.each(Object.keys(SCHEMAS))(
    'holds %s as the program prints it (mend it with: npm run schemas)',
    async (name) => {
      const printed = await printedSchema(name);

      await expect(printed).toMatchFileSnapshot(join(ROOT, `references/schemas/${name}.json`));
    },
  );
});

describe('references/prompts', () => {
  it('holds the prompts that the program loads, and no other', () => {
    const kept = readdirSync(join(ROOT, 'references/prompts')).toSorted();

    expect(kept).toEqual(PROMPT_NAMES.map((name) => `${name}.md`).toSorted());
  });

  it.each(PROMPT_NAMES)('leaves no blank of %s unfilled', (name) => {
    const filled = filledPrompt(name);

    expect(filled).not.toMatch(/\{\{|\}\}/);
  });

  it.each(PROMPT_NAMES)('names every blank of %s in references/README.md', (name) => {
    const row = text('references/README.md')
      .split('\n')
      .find((line) => line.startsWith(`| \`${name}.md\``));

    for (const blank of blanks(template(name))) expect(row).toContain(`\`${blank}\``);
  });

  it.each(['review', 'delta'] as const)('shows answers in %s that are reviews', (name) => {
    const answers = shownAnswers(name);

    expect(answers).toHaveLength(2);
    for (const answer of answers) {
      ReviewAnswer.parse(JSON.parse(answer));
      expect(readReview(answer)).toMatchObject({ rung: 'json' });
    }
    expect(answers.map((answer) => JSON.parse(answer).verdict)).toEqual(['needs-attention', 'approve']);
  });

  it('shows an answer in fix-patch that is edits', () => {
    const [answer = '', ...others] = shownAnswers('fix-patch');

    expect(others).toEqual([]);
    EditsAnswer.parse(JSON.parse(answer));
    expect(readEdits(answer)).not.toHaveProperty('problem');
  });
});

describe('references/prompts for looks at a fix and at findings', () => {
  it('shows an answer in arbitrate that is an arbitration', () => {
    const [answer = '', ...others] = shownAnswers('arbitrate');

    expect(others).toEqual([]);
    ArbitrationAnswer.parse(JSON.parse(answer));
    expect(readArbitration(answer, { count: 2 })).not.toHaveProperty('problem');
  });

  it('shows answers in verify that are verifications', () => {
    const answers = shownAnswers('verify');

    expect(answers).toHaveLength(2);
    for (const answer of answers) {
      VerificationAnswer.parse(JSON.parse(answer));
      expect(readVerification(answer, { ids: ['F1'] })).not.toHaveProperty('problem');
    }
  });
});

describe('the papers', () => {
  it('link to files that exist', () => {
    const broken = papers().flatMap((paper) =>
      linksIn(text(paper))
        .filter((link) => !existsSync(join(ROOT, dirname(paper), link)))
        .map((link) => `${paper}: ${link}`),
    );

    expect(broken).toEqual([]);
  });

  it('name every setting by flag, variable and key', () => {
    const page = text('docs/configuration.md');
    const names = OPTIONS.flatMap(({ name }) => [flagOf(name), envName(name), configKey(name)]);

    expect(names.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  });

  it('name every fact with its fields', () => {
    const rows = new Map(
      text('docs/events.md')
        .split('\n')
        .map((line) => [/^\| `([a-z.-]+)` \|/.exec(line)?.[1], line]),
    );
    const missing = Fact.options.flatMap(({ shape }) =>
      Object.keys(shape)
        .filter((field) => field !== 'type' && !rows.get(shape.type.value)?.includes(`\`${field}\``))
        .map((field) => `${shape.type.value}: ${field}`),
    );

    expect(missing).toEqual([]);
  });

  it('name every status and reason', () => {
    const names = ['in_progress', ...STATUSES, ...REASONS];

    for (const page of ['docs/exit-codes.md', 'references/orchestration.md'])
      expect(names.filter((name) => !text(page).includes(`\`${name}\``))).toEqual([]);
  });

  it('name every question with its answers', () => {
    const page = text('references/orchestration.md');
    const flags = Object.keys(QUESTIONS).map((question) => flagOf(`on-${question.replaceAll('_', '-')}`));
    const answers = Object.values(QUESTIONS).flat();

    expect([...flags, ...answers].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('name every file of a run directory', () => {
    const page = text('docs/state-directory.md');
    const names = Object.entries(files).map(([name, file]) =>
      (typeof file === 'string' ? file : file(1, name === 'left' ? '<sha256>' : '<call>')).replace(
        'round-01/',
        '',
      ),
    );

    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('name every command in the changelog', () => {
    const page = text('docs/changelog.md');
    const names = COMMANDS.flatMap(({ name, commands }) => commands?.map((child) => child.name) ?? [name]);

    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('keep to about 120 lines each, the README and the table of what may go wrong to 170; the changelog only grows', () => {
    const most = (paper: string): number =>
      ['README.md', 'docs/troubleshooting.md'].includes(paper) ? 170 : 130;
    const pages = papers().filter((paper) => paper !== 'docs/changelog.md');
    const long = pages.filter((paper) => text(paper).split('\n').length > most(paper));

    expect(long).toEqual([]);
  });
});

const FINDING: Finding = {
  id: 'F1',
  severity: 'high',
  title: 'retry bound missing',
  body: 'It never ends.',
  file: 'docs/plans/foo.md',
  confidence: 0.9,
  recommendation: 'Bound it.',
  instance: '',
  kind: 'other',
  materialization: 1,
  materialization_reason: '',
  cause: '',
  fix_kind: 'guard',
  coerced: [],
  anchor: { how: 'exact', lines: { start: 1, end: 1 }, quote: 'retry', section: [] },
  gate: 'actionable',
  generation: 0,
  parent: null,
};

/** A template as an agent would read it, filled by the function that fills it in a run. */
function filledPrompt(name: PromptName): string {
  const subject = {
    path: 'docs/plans/foo.md',
    repository: '/repo',
    plan: 'retry\n',
    boundary: '=====0=====',
  };
  const fix = { findings: [FINDING], expanded: ['F1'], sentinels: ['id'] };
  switch (name) {
    case 'review':
      return reviewPrompt(template(name), subject, { floor: 0.3, lens: template('lens-1') });
    case 'arbitrate':
      return arbiterPrompt(template(name), subject, { shown: [FINDING], candidates: new Map() });
    case 'verify':
      return verifyPrompt(template(name), subject, {
        findings: [FINDING],
        diff: '-try\n+retry\n',
        touched: [{ start: 1, end: 1 }],
      });
    case 'lens-1':
    case 'lens-2':
    case 'lens-3':
      return template(name);
    case 'delta':
      return deltaPrompt(template(name), subject, { before: 'try\n', findings: [FINDING], floor: 0.3 });
    case 'fix-patch':
    case 'fix-in-place':
      return fixPrompt(template(name), subject, fix);
    case 'retry':
    case 'send-back':
      return fill(template(name), { problem: 'The answer is empty.' });
  }
}

function shownAnswers(name: PromptName): string[] {
  return filledPrompt(name)
    .split('\n')
    .filter((line) => line.startsWith('{'));
}

async function printedSchema(name: string): Promise<string> {
  const parts: string[] = [];
  const world = { stdout: { write: (part: string) => parts.push(part) } };
  // A schema asks nothing of the flags, and only stdout of the world.
  await schema([name], ...([undefined, world] as unknown as [never, never]));
  return parts.join('');
}

function template(name: PromptName): string {
  return text(`references/prompts/${name}.md`);
}

/** Every page for people: README.md, docs/ and the two of references/. */
function papers(): string[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  return [
    'README.md',
    ...docs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
    'references/README.md',
    'references/orchestration.md',
  ];
}

/** The relative links of a page, code left out, without their anchors. */
function linksIn(page: string): string[] {
  const prose = page.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}

function text(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}
