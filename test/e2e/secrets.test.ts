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

/** A world whose plan has one defect, by this title. */
function tellingWorld(title: string): World {
  const world = briefWorld();
  const [, defect] = DEFECTS;
  world.defects(defect ? [{ ...defect, title }] : []);
  return world;
}

/** Leaves of the newest run what was on disk before this fact was recorded. */
function cutBefore(type: string, world: World): void {
  const path = join(world.runs().at(-1) ?? '', 'events.jsonl');
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes(`"type":"${type}"`));
  writeFileSync(path, `${lines.slice(0, at).join('\n')}\n`);
}
