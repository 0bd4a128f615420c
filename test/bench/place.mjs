import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

export const PLAN = 'docs/plans/bench.md';

// Three rounds: the first two words are each found and replaced, then there is nothing left.
const TEXT = '# Bench\n\n**Load-bearing:** `id`.\n\n1. Read alpha.\n2. Write beta.\n';

/** An agent that answers at once, from the state of the plan. */
const AGENT = `#!/bin/sh
cat >/dev/null
for word in alpha beta; do
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
  };
  const git = (...args) => execFileSync('git', args, { cwd: repo, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const path = join(repo, PLAN);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, TEXT);
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Bench');
  git('config', 'user.email', 'bench@example.invalid');
  git('add', '.');
  git('commit', '--quiet', '--message=Add the plan');
  git('branch', 'start');
  return {
    dir,
    repo,
    env,
    agent,
    path,
    reset: () => {
      git('reset', '--quiet', '--hard', 'start');
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
    'reviewer-alpha.json': review(finding('alpha', 5)),
    'reviewer-beta.json': review(finding('beta', 6)),
    'reviewer-nothing.json': review(),
    'implementer-alpha.json': edit('F1', 'alpha'),
    'implementer-beta.json': edit('F2', 'beta'),
  };
}
