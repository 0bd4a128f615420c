import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ended, PLAN, type World } from '../rig/world.ts';
import { briefWorld, FIXED, untilCalled } from '../e2e/support.ts';

const PLANS = Array.from({ length: 10 }, (_, i) => `docs/plans/plan ${i}.md`);

/**
 * A person who stages, unstages and commits files of their own without a pause, and types a command again where git was busy.
 * What was staged must be what they staged, each time they look. Git itself moves HEAD an instant before the index, so what
 * seems to be staged by somebody else counts where it stays; and `git commit` reads the index before it locks it, so that "All"
 * may rarely take back what was committed in that instant (see test/git/index-lock.test.ts).
 */
const PERSON = String.raw`
notes="$1"
again() { until "$@" 2>> "$notes/refusals"; do [ -d "$notes" ] || exit; done; }
i=0
while [ ! -e "$notes/stop" ] || [ "$i" -lt 2 ]; do
  i=$((i+1))
  echo "staged $i" > staged.txt; again git add staged.txt
  [ "$(git show :staged.txt)" = "staged $i" ] || echo "lost: staged $i" >> "$notes/lost"
  echo "half staged $i" > half.txt; again git add half.txt; echo "and edited $i" > half.txt
  echo "mine $i" > mine.txt; again git commit -q -m "Mine $i" -- mine.txt; echo x >> "$notes/commits"
  [ "$(git show :half.txt)" = "half staged $i" ] || echo "lost: half staged $i" >> "$notes/lost"
  again git reset -q -- staged.txt half.txt
  for look in 1 2 3; do left=$(git diff --cached --name-only); [ -n "$left" ] || break; done
  [ -z "$left" ] || echo "staged by somebody else: $left" >> "$notes/lost"
  echo "all $i" > all.txt; again git add all.txt; again git commit -q -m "All $i"; echo x >> "$notes/commits"
done
echo last > staged.txt; again git add staged.txt
echo last > half.txt; again git add half.txt; echo edited > half.txt
`;

it('ten runs on ten plans of one repository go through beside a person at work, and nobody loses anything', async () => {
  using world = crowdedWorld();
  const go = join(world.root, 'go');
  const person = ended(
    spawn('sh', ['-c', PERSON, 'sh', world.root], {
      cwd: world.repo,
      env: world.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const runs = PLANS.map((plan) =>
    ended(world.start([plan, '--json'], { env: { WORLD_HOLD_REVIEWER: go } })),
  );
  await untilCalled(world, PLANS.length, Promise.race(runs));
  writeFileSync(go, '');

  const ends = await Promise.all(runs);
  writeFileSync(join(world.root, 'stop'), '');
  await person;

  expect(ends.map(({ code, stderr }) => ({ code, locks: stderr.includes('.lock') }))).toEqual(
    PLANS.map(() => ({ code: 0, locks: false })),
  );
  const ours = ends.map(({ stdout }) => shasOf(stdout));
  expect(ours.map((shas) => shas.map((sha) => filesOf(world, sha)))).toEqual(PLANS.map((plan) => [[plan]]));
  expect(PLANS.map((plan) => readFileSync(join(world.repo, plan), 'utf8'))).toEqual(PLANS.map(() => FIXED));
  const last = PLANS.map((plan) => world.git('log', '-1', '--format=%s', '--', plan));
  const takenBack = PLANS.filter((_, i) => last[i]?.startsWith('All '));
  expect(takenBack.length).toBeLessThan(3);

  const theirs = world
    .git('rev-list', 'begin..HEAD')
    .trim()
    .split('\n')
    .filter((sha) => !ours.flat().includes(sha));
  expect(theirs).toHaveLength(note(world, 'commits').length);
  expect(new Set(theirs.flatMap((sha) => filesOf(world, sha)))).toEqual(
    new Set(['mine.txt', 'all.txt', ...takenBack]),
  );
  expect(note(world, 'lost')).toEqual([]);
  expect(world.git('show', ':staged.txt', ':half.txt')).toBe('last\nlast\n');
  expect(world.git('status', '--porcelain')).toBe(
    [...takenBack.map((plan) => ` M "${plan}"`), 'AM half.txt', 'A  staged.txt', ''].join('\n'),
  );
}, 600_000);

function crowdedWorld(): World {
  const world = briefWorld();
  for (const plan of PLANS) world.write(plan, PLAN);
  for (const name of ['mine.txt', 'all.txt']) world.write(name, '');
  world.git('add', '.');
  world.git('commit', '-q', '-m', 'Add ten plans');
  world.git('tag', 'begin');
  for (const name of ['lost', 'commits']) writeFileSync(join(world.root, name), '');
  return world;
}

function note(world: World, name: string): string[] {
  return readFileSync(join(world.root, name), 'utf8').split('\n').filter(Boolean);
}

/** The commits that a run says it made. */
function shasOf(events: string): string[] {
  const facts: { type: string; sha?: string }[] = events
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return facts.flatMap(({ type, sha }) => (type === 'commit.created' && sha !== undefined ? [sha] : []));
}

function filesOf(world: World, sha: string): string[] {
  return world.git('show', '--format=', '--name-only', '-z', sha).split('\0').filter(Boolean);
}
