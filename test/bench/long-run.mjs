import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from './core.mjs';
import { compare, timeOf } from './measure.mjs';
import { PLAN } from './place.mjs';

const MOST_ROUNDS = 500;
const FINDINGS = 50;

/**
 * What a run of 500 rounds with 50 findings each costs to go on with, to list and to report, and what half as many rounds
 * cost: twice the rounds must take about twice the time. Its journal is written beforehand, up to where only the ending is
 * missing; resuming reads all of it, finds that, and writes it.
 */
export async function longRuns({ place, program }) {
  const { long } = await load({ long: 'test/bench/long-run.ts' });
  const { env, repo: cwd } = place;
  const runs = [MOST_ROUNDS / 2, MOST_ROUNDS].map((rounds) => kept(rounds, { long, place }));
  const rows = [];
  for (const name of ['resume', 'list', 'report', 'findings', 'status']) {
    const args = name === 'list' ? [] : [PLAN];
    const time = (run) => () => {
      run.restore();
      return timeOf(program(name, ...args), { env, cwd });
    };
    const { median, best } = compare(3, { half: time(runs[0]), whole: time(runs[1]) });
    const target = name === 'list' ? '< 1000 ms' : '< 1000 ms, < 2.5x';
    const growth = best.whole / best.half;
    rows.push({
      what: `${name}, ${MOST_ROUNDS} rounds of ${FINDINGS}`,
      measured: inMs(median.whole),
      against: inMs(median.half),
      is: `${growth.toFixed(2)}x`,
      best: inMs(best.whole),
      target,
      ok: best.whole < 1000 && growth < 2.5,
    });
  }
  place.reset();
  return rows;
}

/** A run as a killed process left it; `restore` puts it there, and nothing else. */
function kept(rounds, { long, place }) {
  const { path, repo } = place;
  const git = (...args) => execFileSync('git', args, { cwd: repo, env: place.env, encoding: 'utf8' }).trim();
  place.reset();
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const { journal: journalOf, after } = long.longRun({
    version,
    rounds,
    perRound: FINDINGS,
    plan: { path, relative: PLAN, slug: 'bench' },
    repo: { root: repo, state: { head: git('rev-parse', 'HEAD'), branch: 'main', operation: null } },
  });
  const run = 'bench-20260101T000000Z';
  const journal = journalOf(run);
  const state = join(dirname(path), '.refine-plan-against-codex');
  return {
    restore: () => {
      rmSync(state, { recursive: true, force: true });
      mkdirSync(join(state, run), { recursive: true });
      writeFileSync(join(state, run, 'events.jsonl'), journal);
      writeFileSync(path, after);
    },
  };
}

function inMs(ms) {
  return `${ms.toFixed(0)} ms`;
}
