// What a run cannot do without: its agents, each given a prompt, and a commit for each word of the plan. Nothing else.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { WORDS } from './place.mjs';

const { BENCH_AGENT: agent, REFINE_PLAN_PLAN: path } = process.env;
const ask = (role) =>
  execFileSync(agent, { input: readFileSync(path), env: { ...process.env, REFINE_PLAN_ROLE: role } });

for (const word of WORDS.filter((word) => readFileSync(path, 'utf8').includes(word))) {
  ask('reviewer');
  ask('implementer');
  writeFileSync(path, readFileSync(path, 'utf8').replace(word, word.toUpperCase()));
  execFileSync('git', ['commit', '--quiet', '--only', `--message=Replace ${word}`, '--', path]);
}
ask('reviewer');
