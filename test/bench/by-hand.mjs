// What a run of three rounds cannot do without: its five agents, each given a prompt, and its two commits. Nothing else.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const { BENCH_AGENT: agent, REFINE_PLAN_PLAN: path } = process.env;
const ask = (role) =>
  execFileSync(agent, { input: readFileSync(path), env: { ...process.env, REFINE_PLAN_ROLE: role } });

for (const word of ['alpha', 'beta']) {
  ask('reviewer');
  ask('implementer');
  writeFileSync(path, readFileSync(path, 'utf8').replace(word, word.toUpperCase()));
  execFileSync('git', ['commit', '--quiet', '--only', `--message=Replace ${word}`, '--', path]);
}
ask('reviewer');
