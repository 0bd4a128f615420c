import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readyWorld } from '../rig/world.ts';
import { briefWorld, interrupt, refusal, treeOf } from './support.ts';

const NAME = 'docs/plans/import.md';
const FORMATS = ['text', 'markdown', 'html', 'json', 'sarif', 'junit', 'github'];

describe.concurrent('report', () => {
  it('tells a run in every format, by its directory and by its id', async () => {
    using world = readyWorld();
    await world.cli([NAME]);
    const [dir = ''] = world.runs();

    const told = await Promise.all(FORMATS.map((format) => world.cli(['report', dir, '--format', format])));
    const byId = await world.cli(['report', dir.split('/').at(-1) ?? '', '--format', 'sarif']);

    for (const [index, { code, stderr, stdout }] of told.entries()) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(FORMATS[index] === 'sarif' ? '"results": []' : 'retry bound missing');
    }
    expect(byId.stdout).toBe(told[FORMATS.indexOf('sarif')]?.stdout);
  });

  it('shows what each fix took out and put in, from the bytes that the run kept', async () => {
    using world = readyWorld();
    await world.cli([NAME]);

    const { stdout } = await world.cli(['report', '--format', 'html']);

    expect(stdout).toContain('Round 1: fixes of F1, F2, commit ');
    expect(stdout.replace(/<[^>]*>/g, '')).toContain(
      '+2. Insert each customer; retry three times, then write the line to &#96;failed.csv&#96;',
    );
    expect(stdout).not.toContain('the bytes were not kept');
  });

  it('hands annotations to a runner, and the summary to the step', async () => {
    using world = briefWorld();
    const summary = world.write('../summary.md', 'What was there before.\n');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    await world.cli(['review', NAME], { env });

    const { stdout } = await world.cli(['report', '--format', 'github'], { env });
    const unset = await world.cli(['report', '--format', 'github'], { env: { GITHUB_ACTIONS: 'true' } });

    expect(stdout).toMatch(
      /^::warning file=docs\/plans\/import\.md,line=7,endLine=7,title=F1 medium%3A .*\n$/,
    );
    expect(readFileSync(summary, 'utf8')).toMatch(
      /^What was there before\.\n<!-- refine-plan [0-9a-f]{16} -->\n### ◆ The review raised 1 finding to act on/,
    );
    expect(unset.stdout).toMatch(/^::warning .*\n::stop-commands::([0-9a-f]{64})\n[^]*\n::\1::\n$/);
  });
});

describe.concurrent('--report', () => {
  it('writes each file in the format of its ending when the run ends', async () => {
    using world = briefWorld();
    const files = ['a.html', 'a.md', 'a.json', 'a.sarif', 'a.xml', 'a.txt'].map((file) => `../${file}`);

    const { code, stderr } = await world.cli([NAME, ...files.flatMap((file) => ['--report', file])]);

    expect(code).toBe(0);
    for (const file of files) expect(stderr).toContain(`Report   ${file}\n`);
    expect(files.map((file) => world.read(file).slice(0, 14))).toEqual([
      '<!doctype html',
      '<!-- refine-pl',
      '{\n  "v": 1,\n  ',
      '{\n  "$schema":',
      '<?xml version=',
      'Plan hardened ',
    ]);
    expect(world.git('status', '--porcelain')).toBe('');
  });

  it('tells a run that was interrupted, and the same run once it has been resumed', async () => {
    using world = briefWorld();
    const env = { REFINE_PLAN_REPORT: '../run.md\n../run.json' };
    await interrupt(world, [NAME, '--report', '../run.md']);
    const interrupted = world.read('../run.md');

    const { code } = await world.cli(['resume', NAME], { env });

    expect(interrupted).toContain('The run is not finished: it is reviewing, in round 1');
    expect(code).toBe(0);
    expect(world.read('../run.md')).toContain('the last review raised nothing actionable');
    expect(JSON.parse(world.read('../run.json'))).toMatchObject({ status: 'completed_clean', exit_code: 0 });
  });

  it('tells a run that came to nothing', async () => {
    using world = briefWorld();

    const { code } = await world.cli([NAME, '--report', '../run.xml', '--reviewer', 'cmd:exit 3']);

    expect(code).toBe(4);
    expect(world.read('../run.xml')).toContain(
      '<error message="Stopped: the reviewer could not be reached">',
    );
  });

  it('leaves the output of a review for scripts as it is', async () => {
    using world = briefWorld();

    const { code, stdout } = await world.cli(['review', NAME, '--json', '--report', '../review.sarif']);

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'needs-attention' });
    expect(JSON.parse(world.read('../review.sarif')).runs[0].results).toHaveLength(1);
  });

  it('is refused at once where no report can be written, or the plan would be written over', async () => {
    using world = briefWorld();

    expect(await refusal(world, [NAME, '--report', 'no/run.html'])).toMatchObject({
      code: 2,
      said: 'No report can be written to no/run.html: its directory is not there, or that is a directory itself.\nMake it first: mkdir -p no - or name another file with --report\n',
    });
    expect(await refusal(world, [NAME, '--report', NAME])).toMatchObject({
      code: 2,
      said: `${NAME} is the plan itself, and a report would replace it.\nName another file with --report\n`,
    });
    expect(await refusal(world, [NAME, '--report', 'run.pdf'])).toMatchObject({
      code: 2,
      said: expect.stringContaining('it takes files that end in .txt, .md, .html, .json, .sarif, .xml.'),
    });
  });

  it('is not taken from a project file that nobody trusts', async () => {
    using world = briefWorld();
    world.write('.refine-plan.json', '{ "report": ["../run.html"] }');

    const { stderr } = await world.cli([NAME]);

    expect(stderr).toContain('.refine-plan.json sets "report"; ignored');
    expect(existsSync(join(world.repo, '../run.html'))).toBe(false);
    expect(treeOf(world.repo).some((file) => file.startsWith('run.html'))).toBe(false);
  });
});
