import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFECTS, PLAN, readyWorld, type World } from '../rig/world.ts';
import { briefWorld, FIXED } from './support.ts';

const NAME = 'docs/plans/import.md';
/** Longer than the line of a commit message, and with whatever is written otherwise in one format or another. */
const TOKEN = `hush_1234-${'abcdefghij'.repeat(8)}"@#<&>*`;
const env = { CI_JOB_TOKEN: TOKEN };

describe.concurrent('a secret that a reviewer repeats', () => {
  it.for([
    ['as it is', `CI shows ${TOKEN} to all`],
    ['divided by what nobody sees', `CI shows ${TOKEN.slice(0, 12)}\u200b${TOKEN.slice(12)} to all`],
  ])('%s is in no commit message', async ([, title = '']) => {
    using world = tellingWorld(title);

    const { code } = await world.cli([NAME], { env });

    expect(code).toBe(0);
    expect(world.read(NAME)).toBe(FIXED);
    expect(world.git('log', '-1', '--format=%b').split('\n')[0]).toBe(
      '1 medium (CI shows [redacted] to all)',
    );
  });

  it.for([
    ['with the secret', env],
    ['without it', {}],
  ] as const)('leaves its commit known to a run that is resumed %s', async ([, later]) => {
    using world = tellingWorld(`CI shows ${TOKEN}`);
    await world.cli([NAME], { env });
    cutBefore('commit.created', world);

    const { code } = await world.cli(['resume', NAME], { env: later });

    expect(code).toBe(0);
    expect(world.git('log', '--format=%s').trim().split('\n')).toEqual([
      'docs(plans): refine import against codex (round 1)',
      'Add the plan',
    ]);
    expect(world.facts().find(({ type }) => type === 'commit.created')).toMatchObject({ recognised: true });
  });
});

describe.concurrent('a secret that a reviewer repeats is in no report', () => {
  it('that is written when a run ends', async () => {
    using world = tellingWorld(`CI shows ${TOKEN} to all`);
    const files = ['html', 'md', 'json', 'sarif', 'xml', 'txt'].map((ending) => `../told.${ending}`);

    await world.cli(['review', NAME, ...files.flatMap((file) => ['--report', file])], { env });

    expect(files.map((file) => tells(world.read(file)))).toEqual(files.map(() => CLEAN));
  });

  it.for(['text', 'markdown', 'html', 'json', 'sarif', 'junit', 'github'])(
    'in the format %s',
    async (format) => {
      using world = tellingWorld(`CI shows ${TOKEN} to all`);
      await world.cli(['review', NAME], { env });

      const printed = await world.cli(['report', '--format', format], { env });
      await world.cli(['report', '--format', format, '--output', '../told'], { env });

      expect([printed.stdout, world.read('../told')].map(tells)).toEqual([CLEAN, CLEAN]);
    },
  );

  it('also where its place tells it: the plan is named by it', async () => {
    const plan = 'docs/plans/import hush-1234.md';
    using world = readyWorld(plan);
    const hush = { env: { CI_JOB_TOKEN: 'hush-1234' } };
    const files = ['../told.json', '../told.txt'];

    await world.cli(['review', plan, ...files.flatMap((file) => ['--report', file])], hush);
    const atTheEnd = files.map((file) => world.read(file));
    await world.cli(['report', '--format', 'json', '--output', '../told.json'], hush);
    await world.cli(['report', '--output', '../told.txt'], hush);

    for (const text of [...atTheEnd, ...files.map((file) => world.read(file))]) {
      expect(text).toContain('docs/plans/import [redacted].md');
      expect(text).not.toContain('hush-1234');
    }
  });
});

it('a secret that stands in the plan is in no report of what was changed there', async () => {
  using world = briefWorld();
  world.write(NAME, PLAN.replace('Send a mail', `Sign with ${TOKEN} and send a mail`));
  world.defects(DEFECTS.slice(0, 1).map((defect) => ({ ...defect, after: TOKEN })));
  await world.cli([NAME, '--max-rounds', '1', '--on-dirty', 'baseline'], { env });

  const formats = ['html', 'markdown', 'json'];
  const told = await Promise.all(formats.map((format) => world.cli(['report', '--format', format], { env })));

  for (const { stdout } of told) {
    expect(stdout).toContain('retry bound missing');
    expect(stdout).not.toMatch(/hush|abcdefghij/);
  }
});

it('a password that is a word of the program costs no report', async () => {
  using world = readyWorld();
  await world.cli(['review', NAME]);

  const args = ['report', '--format', 'html'];
  const told = await world.cli(args, { env: { DB_PASSWORD: 'critical', MAIL_PASSWORD: 'actionable' } });

  expect({ ...told, stdout: told.stdout.includes('retry bound missing') }).toEqual({
    code: 0,
    signal: null,
    stdout: true,
    stderr: '',
  });
});

it('a secret that a reviewer repeats is taken out of the log of its call, which is kept', async () => {
  using world = tellingWorld(`CI shows ${TOKEN} to all`);

  await world.cli(['review', NAME], { env });

  const [dir = ''] = world.runs();
  expect(tells(readFileSync(join(dir, 'round-01/agent-review-1.log'), 'utf8'))).toEqual(CLEAN);
});

it('a secret that a plan is named by is in no subject of a commit', async () => {
  const plan = 'docs/plans/import hush-1234.md';
  using world = readyWorld(plan);
  world.write(plan, `${PLAN}More.\n`);

  const hush = { env: { CI_JOB_TOKEN: 'hush-1234' } };
  await world.cli([plan, '--max-rounds', '1', '--on-dirty', 'baseline'], hush);
  await world.cli(['undo', ...world.runs(), '--yes'], hush);

  expect(world.git('log', '--format=%s').trim().split('\n')).toEqual([
    'docs(plans): restore import [redacted] to before its refinement',
    'docs(plans): refine import [redacted] against codex (round 1)',
    'docs(plans): draft import [redacted] before refinement',
    'Add the plan',
  ]);
});

const CLEAN = { isTold: true, isSecret: false };

/** What a text tells of the finding, in whatever form. */
function tells(text: string): typeof CLEAN {
  return { isTold: /CI shows \\?\[redacted\\?\] to all/.test(text), isSecret: /hush|abcdefghij/.test(text) };
}

/** A world whose plan has one defect, by this title. */
function tellingWorld(title: string): World {
  const world = briefWorld();
  const [, defect] = DEFECTS;
  world.defects(defect ? [{ ...defect, title, body: title, recommendation: title }] : []);
  return world;
}

/** Leaves of the newest run what was on disk before this fact was recorded. */
function cutBefore(type: string, world: World): void {
  const path = join(world.runs().at(-1) ?? '', 'events.jsonl');
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes(`"type":"${type}"`));
  writeFileSync(path, `${lines.slice(0, at).join('\n')}\n`);
}
