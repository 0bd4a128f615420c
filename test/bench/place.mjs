import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

export const PLAN = 'docs/plans/bench.md';

/** Each is found and replaced in a round of its own. */
export const WORDS = ['alpha', 'beta', 'gamma', 'delta', 'kappa', 'sigma', 'omega', 'lambda'];

/** A plan that takes so many rounds: one for each of its words, and one that finds nothing left. */
const planOf = (rounds) =>
  [
    '# Bench\n\n**Load-bearing:** `id`.\n',
    ...WORDS.slice(0, rounds - 1).map((word) => `- Read ${word}.`),
    '',
  ].join('\n');

/** How many rounds a run takes: the fewest in which a fix follows a fix, and the most that there are words for. */
export const ROUNDS = 3;
export const MORE_ROUNDS = WORDS.length + 1;

/** An agent that answers at once, from the state of the plan. */
const AGENT = `#!/bin/sh
cat >/dev/null
for word in ${WORDS.join(' ')}; do
  grep -q "$word" "$REFINE_PLAN_PLAN" && exec cat "$(dirname "$0")/$REFINE_PLAN_ROLE-$word.json"
done
exec cat "$(dirname "$0")/reviewer-nothing.json"
`;

/** A repository with a plan and an agent for it, in a fresh directory; `reset` takes everything back that a run did. */
export function openPlace() {
  const dir = mkdtempSync(join(tmpdir(), 'refine-plan-bench-'));
  const repo = join(dir, 'repo');
  const agent = join(dir, 'agent.sh');
  writeFileSync(agent, AGENT);
  chmodSync(agent, 0o755);
  for (const [name, answer] of Object.entries(answers()))
    writeFileSync(join(dir, name), JSON.stringify(answer));
  const env = {
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    HOME: dir,
    LANG: 'C.UTF-8',
    CI: 'true',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    REFINE_PLAN_REVIEWER: `cmd:${agent}`,
    REFINE_PLAN_IMPLEMENTER: `cmd:${agent}`,
    REFINE_PLAN_EDIT_MODE: 'patch',
    REFINE_PLAN_MAX_ROUNDS: String(MORE_ROUNDS),
  };
  const git = (...args) => execFileSync('git', args, { cwd: repo, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const path = join(repo, PLAN);
  mkdirSync(dirname(path), { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Bench');
  git('config', 'user.email', 'bench@example.invalid');
  for (const rounds of [MORE_ROUNDS, ROUNDS]) {
    writeFileSync(path, planOf(rounds));
    git('add', '.');
    git('commit', '--quiet', '--message=Add the plan');
    git('branch', startOf(rounds));
  }
  return {
    dir,
    repo,
    env,
    agent,
    path,
    reset: (rounds = ROUNDS) => {
      git('reset', '--quiet', '--hard', startOf(rounds));
      rmSync(join(dirname(path), '.refine-plan-against-codex'), { recursive: true, force: true });
    },
    /** As if a run on another host were at work on the plan. */
    lock: () => {
      const state = join(dirname(path), '.refine-plan-against-codex');
      mkdirSync(state);
      const name = createHash('sha256').update(basename(path)).digest('hex').slice(0, 16);
      const holder = {
        host: 'elsewhere',
        boot: '',
        pid: 1,
        started: '',
        run: 'bench',
        since: 'now',
        token: 'bench',
      };
      writeFileSync(join(state, `${name}.lock`), JSON.stringify(holder));
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function startOf(rounds) {
  return `start-of-${rounds}`;
}

function answers() {
  const finding = (word, line) => ({
    severity: 'high',
    title: `${word} is wrong`,
    body: `${word} fails.`,
    file: PLAN,
    line_start: line,
    line_end: line,
    quote: word,
    confidence: 0.9,
    recommendation: `Replace ${word}.`,
  });
  const review = (...findings) => ({
    verdict: findings.length > 0 ? 'needs-attention' : 'approve',
    summary: '',
    findings,
    next_steps: [],
  });
  const edit = (id, word) => ({
    summary: '',
    edits: [{ findings: [id], old_text: word, new_text: word.toUpperCase() }],
    declined: [],
  });
  return {
    'reviewer-nothing.json': review(),
    ...Object.fromEntries(
      WORDS.flatMap((word, nth) => [
        [`reviewer-${word}.json`, review(finding(word, 5 + nth))],
        [`implementer-${word}.json`, edit(`F${nth + 1}`, word)],
      ]),
    ),
  };
}
