import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLAN, readyWorld, type Ended, type World } from '../rig/world.ts';

const NAME = 'docs/plans/import.md';
const FORMATS = ['text', 'markdown', 'html', 'json', 'sarif', 'junit', 'github'] as const;

describe('a run of which one finding is fixed and the others are declined', () => {
  it('is told in lines that end, be a title ten megabytes long', async () => {
    using world = readyWorld();
    const title = `long ${'\u001b[2J\u202e🎉x'.repeat(10_000)}${'y'.repeat(10_000_000)}`;
    const findings = [findingAt('Read the file', title), findingAt('Send a mail', title.slice(0, 5_000_000))];

    const run = await refined(world, findings, 'no '.repeat(100_000));
    const listed = await world.cli(['findings']);
    const told = await reportsOf(world);

    expect(world.git('log', '-1', '--format=%b').split('\n')[0]).toMatch(/^2 high \(long (?:🎉x)+…\)$/u);
    expect(longest(world.git('log', '-1', '--format=%B'))).toBeLessThan(80);
    expect([run.stderr, listed.stdout, told.text].map(longest).filter((length) => length > 12_500)).toEqual(
      [],
    );
    expect(told.text).toContain('F2 high docs/plans/import.md:7 long...\n');
    expect(Math.max(told.markdown?.length ?? Infinity, told.github?.length ?? Infinity)).toBeLessThan(65_000);
  }, 400_000);

  it('is told, be there five thousand', async () => {
    using world = readyWorld();
    const findings = Array.from({ length: 5000 }, (_, at) =>
      findingAt(at % 2 === 0 ? 'Read the file' : `nowhere ${at}`, `Number ${at} of many`),
    );

    await refined(world, findings, 'It is meant so.');
    const told = await reportsOf(world);

    expect(world.git('log', '-1', '--format=%b').split('\n')[0]).toBe('2500 high (Number 0 of many)');
    expect(told.text).toContain('\nF5000 high docs/plans/import.md Number 4999 of many\n');
    expect(JSON.parse(told.json ?? '').findings).toHaveLength(5000);
    expect(told.markdown?.length).toBeLessThan(65_000);
    expect(Buffer.byteLength(told.github ?? '')).toBeLessThan(2 ** 20);
  }, 400_000);
});

/** A run of one round in which these are raised, the first is fixed, and the others that are about the plan are declined. */
async function refined(world: World, findings: readonly Raised[], reason: string): Promise<Ended> {
  const said = (name: string, answer: unknown): string => {
    writeFileSync(join(world.root, name), JSON.stringify(answer));
    return `cmd:cat ${join(world.root, name)}`;
  };
  const review = { verdict: 'needs-attention', summary: '', findings, next_steps: [] };
  const declined = findings.flatMap(({ quote }, at) =>
    at > 0 && PLAN.includes(quote) ? [{ finding: `F${at + 1}`, reason }] : [],
  );
  const edits = [{ findings: ['F1'], old_text: 'Read the file', new_text: 'Read each file' }];

  const agents = {
    REFINE_PLAN_REVIEWER: said('review', review),
    REFINE_PLAN_IMPLEMENTER: said('edits', { summary: '', edits, declined }),
    REFINE_PLAN_VERIFIER: said('look', { verdict: 'approve', summary: '', findings: [], next_steps: [] }),
  };
  const ended = await world.cli([NAME, '--max-rounds', '1', '--edit-mode', 'patch'], { env: agents });
  expect(world.read(NAME)).toBe(PLAN.replace('Read the file', 'Read each file'));
  return ended;
}

/** What `report` says, by format. */
async function reportsOf(world: World): Promise<Partial<Record<(typeof FORMATS)[number], string>>> {
  const told: Partial<Record<(typeof FORMATS)[number], string>> = {};
  for (const format of FORMATS) {
    const { code, stdout, stderr } = await world.cli(['report', '--format', format]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    told[format] = stdout;
  }
  return told;
}

function longest(text = ''): number {
  return text.split('\n').reduce((most, { length }) => Math.max(most, length), 0);
}

type Raised = ReturnType<typeof findingAt>;

function findingAt(quote: string, title: string) {
  return {
    severity: 'high',
    title,
    body: 'It fails.',
    file: NAME,
    line_start: 5,
    line_end: 5,
    quote,
    confidence: 0.9,
    recommendation: 'Mend it.',
  };
}
