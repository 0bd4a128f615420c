import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, constantFrom, oneof, array, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { workflowText } from '../../src/cli/init/workflow-text.ts';
import { readWorkflow, ROOT } from './runner.ts';

const TOOL = 'OWNER/refine-plan';

/** What a workflow says, read as YAML. */
function workflow(glob: string, reviewer?: string) {
  return parse(workflowText({ tool: TOOL, glob, reviewer }));
}

describe('the workflow that init writes', () => {
  it('is the example of docs/ci-github.md, to the letter', () => {
    const page = readFileSync(join(ROOT, 'docs/ci-github.md'), 'utf8');
    const example = /^## A gate for plans\n[^]*?^```yaml\n([^]*?)^```$/m.exec(page)?.[1];

    expect(example).toBe(workflowText({ tool: TOOL, glob: 'docs/plans/*.md' }));
  });

  it('gives the workflow it calls nothing but inputs and secrets that this has', () => {
    const { workflow_call: called } = Object(
      parse(readFileSync(join(ROOT, '.github/workflows/review.yml'), 'utf8')),
    ).on;
    const { uses, with: given, secrets, permissions } = workflow('*.md', 'codex').jobs.plans;
    const needed = Object.values(readWorkflow('review.yml').jobs).map((job) => job.permissions);

    expect(uses).toBe(`${TOOL}/.github/workflows/review.yml@main`);
    expect(Object.keys(given).filter((name) => !(name in called.inputs))).toEqual([]);
    expect(Object.keys(secrets).filter((name) => !(name in called.secrets))).toEqual([]);
    expect([permissions]).toEqual(needed);
  });

  it('says any glob so that YAML gives it back, and adds nothing else', () => {
    const usual = workflow('docs/plans/*.md');
    const pieces = oneof(
      string({ unit: 'grapheme' }),
      constantFrom(
        ': ',
        ' #',
        '\n',
        '"',
        "'",
        '- ',
        '*',
        '**/',
        '\u2028',
        '\u0085',
        '{',
        '&a',
        '!x',
        '%',
        '\t',
      ),
    );
    assert(
      property(array(pieces, { minLength: 1 }), (parts) => {
        const glob = parts.join('').replaceAll('${{', '');
        const { on, ...rest } = workflow(glob);

        expect(rest.jobs.plans.with['plan-glob']).toBe(glob);
        expect(on.pull_request.paths).toHaveLength(1);
        rest.jobs.plans.with['plan-glob'] = 'docs/plans/*.md';
        expect({ ...rest, on: usual.on }).toEqual(usual);
      }),
    );
  });

  it.each([
    ['docs/plans/*.md', 'docs/plans/*.md'],
    ['././docs/*.md', 'docs/*.md'],
    ['**/[0-9]?-plan.md', '**/**-plan.md'],
    ['c++/!*.md', 'c\\+\\+/\\!*.md'],
    ['a\\?b\\+[]x]/*.md', 'a\\?b\\+*/*.md'],
    ['a\\\\+b', 'a\\\\\\+b'],
  ])('starts for whatever matches %s', (glob, pattern) => {
    expect(workflow(glob).on.pull_request.paths).toEqual([pattern]);
  });

  it('has no expression but that of the secret', () => {
    const text = workflowText({ tool: TOOL, glob: '${{ secrets.OTHER }}/*.md' });

    expect(text.match(/\$\{\{ .*?\}\}/g)).toEqual(["${{ '${{' }}", '${{ secrets.OPENAI_API_KEY }}']);
  });
});
