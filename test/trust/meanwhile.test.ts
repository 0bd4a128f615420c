import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended, PLAN, type Ended, type World } from '../rig/world.ts';
import { briefWorld, FIXED, untilCalled } from '../e2e/support.ts';

const NAME = 'docs/plans/import.md';
const REBASE = 'GIT_SEQUENCE_EDITOR="sed -i 1ibreak" git rebase -q -i HEAD~1';

/** What a person does meanwhile, in a shell at the top of the repository. */
type Change = {
  readonly does: string;
  /** The same in a commit hook, while git holds the index; `post-commit` where it cannot be done before. */
  readonly inHook?: string;
  readonly hook?: 'post-commit';
  readonly why: string;
  readonly leaves?: string | null;
  /** Puts right what keeps the run from going on. */
  readonly mend: (world: World) => unknown;
};

const nothing = (): void => undefined;

const CHANGES: Readonly<Record<string, Change>> = {
  'a branch is switched': {
    does: 'git switch -q -c side',
    inHook: 'git branch side; git symbolic-ref HEAD refs/heads/side',
    why: 'The repository changed: the branch is side, it was main.',
    mend: nothing,
  },
  'a rebase starts': {
    does: REBASE,
    hook: 'post-commit',
    why: 'The repository changed: a rebase is under way.',
    mend: (world) => world.git('rebase', '--abort'),
  },
  'HEAD moves': {
    does: 'git commit -q --amend -m Rewritten',
    inHook: 'git update-ref HEAD $(git commit-tree -m Rewritten HEAD^{tree})',
    why: 'The repository changed: the history was rewritten under the run.',
    mend: nothing,
  },
  'the plan is edited': {
    does: `echo 'Ask Ann.' >> ${NAME}`,
    why: `${NAME} was edited by someone else during the round.`,
    leaves: `${PLAN}Ask Ann.\n`,
    mend: nothing,
  },
  'the plan is renamed': {
    does: `mv ${NAME} docs/other.md`,
    why: `${NAME} is gone.`,
    leaves: null,
    mend: (world) => renameSync(join(world.repo, 'docs/other.md'), join(world.repo, NAME)),
  },
  'the plan is deleted': {
    does: `rm ${NAME}`,
    why: `${NAME} is gone.`,
    leaves: null,
    mend: (world) => world.git('checkout', '--', NAME),
  },
};

/** When a person does it; what runs is the whole program. */
const MOMENTS: Readonly<Record<string, (world: World, change: Change) => Promise<Ended>>> = {
  'while the reviewer thinks': (world, { does }) =>
    whileThinking(world, { role: 'REVIEWER', calls: 1, does }),
  'while the implementer thinks': (world, { does }) =>
    whileThinking(world, { role: 'IMPLEMENTER', calls: 2, does }),
  'just before the write': (world, { does }) => {
    // The last thing before a write is to ask git where the repository stands.
    onGit(
      world,
      '*"rev-parse HEAD --symbolic-full-name"*',
      `grep -qs drift.checked ${JOURNALS} && once "${does.replaceAll('"', '\\"')}"`,
    );
    return world.cli([NAME]);
  },
  'while a commit hook runs': (world, { does, inHook = does, hook = 'pre-commit' }) => {
    hookOnce(world, hook, inHook);
    return world.cli([NAME]);
  },
};

const JOURNALS = 'docs/plans/.refine-plan-against-codex/*/events.jsonl';
const isHook = (moment: string): boolean => moment === 'while a commit hook runs';

const CASES = Object.keys(CHANGES).flatMap((change) =>
  Object.keys(MOMENTS).map((moment) => [change, moment] as const),
);

describe.concurrent('meanwhile', () => {
  it.each(CASES.filter(([change, moment]) => !(isHook(moment) && change === 'the plan is edited')))(
    '%s %s: it is noticed before anything more is written, the run rests, and goes on when told',
    async (name, moment) => {
      using world = twoCommits();
      const change = changeNamed(name);

      const { code, stderr } = await momentNamed(moment)(world, change);

      expect(stderr).toContain(`! ${change.why} Unattended: abort (--on-`);
      expect(stderr).toContain('The run rests; nothing is lost.\n');
      expect(code).toBe(3);
      expect(decisions(world)).toEqual([
        expect.stringMatching(/^(external_edit|repo_change): abort by policy$/),
      ]);
      const left = change.leaves === undefined ? PLAN : change.leaves;
      // By the time of a hook the fix is written; a rebase takes it out of the tree for a while.
      const written = change.hook === 'post-commit' ? PLAN : FIXED;
      expect(planOf(world)).toBe(isHook(moment) && left !== null ? written : left);
      expect(commitsOfRuns(world)).toHaveLength(isHook(moment) && name !== 'HEAD moves' ? 1 : 0);

      change.mend(world);
      const resumed = await world.cli(['resume', NAME, '--on-repo-change', 'continue']);

      expect(resumed).toMatchObject({ code: 0, stderr: expect.stringContaining('Plan hardened') });
      expect(planOf(world)).toBe(left === `${PLAN}Ask Ann.\n` ? `${FIXED}Ask Ann.\n` : FIXED);
      expect(world.git('status', '--porcelain')).toBe('');
      expect(commitsOfRuns(world).flatMap((sha) => filesOf(world, sha))).toContain(NAME);
    },
    300_000,
  );

  it('the plan is edited while a commit hook runs: the commit is without it, and the next round takes it', async () => {
    using world = twoCommits();

    const { code, stderr } = await momentNamed('while a commit hook runs')(
      world,
      changeNamed('the plan is edited'),
    );

    expect(stderr).toContain(
      `! ${NAME} was edited by someone else. Unattended: take (--on-external-edit decides).`,
    );
    expect(code).toBe(0);
    expect(planOf(world)).toBe(`${FIXED}Ask Ann.\n`);
    expect(commitsOfRuns(world).map((sha) => world.git('show', `${sha}:${NAME}`))).toEqual([
      `${FIXED}Ask Ann.\n`,
      FIXED,
    ]);
  }, 300_000);

  it('the plan is edited between the last look and the write: both versions are kept', async () => {
    using world = twoCommits();
    onGit(
      world,
      '*"rev-parse HEAD --symbolic-full-name"*',
      `grep -qs drift.checked ${JOURNALS} && { "$real" "$@"; once "echo 'Ask Ann.' >> ${NAME}"; exit; }`,
    );

    const { code, stderr } = await world.cli([NAME]);

    expect(stderr).toContain(`! ${changeNamed('the plan is edited').why} Unattended: abort`);
    expect(code).toBe(3);
    expect(planOf(world)).toBe(`${PLAN}Ask Ann.\n`);
    expect(readFileSync(join(world.runs()[0] ?? '', 'round-01/candidate.md'), 'utf8')).toBe(FIXED);
  }, 300_000);
});

const UNFIT = [
  ['is emptied', `: > ${NAME}`, 'was emptied', 'is empty'],
  [
    'gets a NUL byte',
    String.raw`printf 'x\000\n' > ${NAME}`,
    'has a NUL byte in it now, and is no text any more',
    'is a binary file',
  ],
  [
    'is no UTF-8 any more',
    String.raw`printf 'gr\374n\n' > ${NAME}`,
    'is no UTF-8 text any more',
    'is not UTF-8 text',
  ],
] as const;

const WAYS: Readonly<Record<string, (world: World, does: string) => Promise<Ended>>> = {
  'during a review': (world, does) =>
    whileThinking(world, { role: 'REVIEWER', calls: 1, does, flags: ['--on-external-edit', 'take'] }),
  'by a hook that stages it': (world, does) => {
    hookOnce(world, 'pre-commit', `${does}; git add ${NAME}`);
    return world.cli([NAME, '--on-external-edit', 'take']);
  },
  'by a hook that fails': (world, does) => {
    hookOnce(world, 'pre-commit', `${does}; exit 1`);
    return world.cli([NAME, '--on-external-edit', 'take']);
  },
};

describe.concurrent('a plan that', () => {
  it.each(UNFIT.flatMap((unfit) => Object.keys(WAYS).map((way) => [unfit[0], way, unfit] as const)))(
    '%s %s is taken by nobody: the run rests until it is put right',
    async (_, way, [, does, why, refusal]) => {
      using world = briefWorld();

      const { code, stderr } = await (WAYS[way] ?? never)(world, does);

      expect(stderr).toContain(`! ${NAME} ${why}. Unattended: abort (--on-external-edit decides).\n`);
      expect(stderr).toContain(`Next     Put the plan right, then run: refine-plan resume ${NAME}\n`);
      expect(code).toBe(3);
      const left = readFileSync(join(world.repo, NAME), 'latin1');

      const refused = await world.cli(['resume', NAME]);

      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(`${NAME} ${refusal}`) });
      expect(readFileSync(join(world.repo, NAME), 'latin1')).toBe(left);

      world.write(NAME, `${PLAN}Mended.\n`);
      expect(await world.cli(['resume', NAME])).toMatchObject({ code: 0 });
      expect(planOf(world)).toBe(`${FIXED}Mended.\n`);
    },
    300_000,
  );
});

function never(): never {
  throw new Error('There is no such case.');
}

function changeNamed(name: string): Change {
  return CHANGES[name] ?? never();
}

function momentNamed(name: string): (world: World, change: Change) => Promise<Ended> {
  return MOMENTS[name] ?? never();
}

/** A rebase needs a commit to begin with. */
function twoCommits(): World {
  const world = briefWorld();
  world.write('more.txt', '');
  world.git('add', '.');
  world.git('commit', '-q', '-m', 'More');
  return world;
}

async function whileThinking(
  world: World,
  { role, calls, does, flags = [] }: { role: string; calls: number; does: string; flags?: readonly string[] },
): Promise<Ended> {
  const go = join(world.root, 'go');
  const end = ended(world.start([NAME, ...flags], { env: { [`WORLD_HOLD_${role}`]: go } }));
  await untilCalled(world, calls, end);
  execFileSync('sh', ['-c', does], { cwd: world.repo, env: world.env, stdio: 'ignore' });
  writeFileSync(go, '');
  return end;
}

/** Puts a script before git that does something when it is called in a certain way, and then is git. */
function onGit(world: World, pattern: string, script: string): void {
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  world.git('pack-refs', '--all'); // otherwise git need not be asked where HEAD is
  const once = `once() { test -e ${world.root}/once || { touch ${world.root}/once; eval "$1" >&2; }; }`;
  writeFileSync(
    join(world.root, 'bin/git'),
    `#!/bin/sh\nreal=${real}\n${once}\ncase "$*" in ${pattern}) ${script} ;; esac\nexec "$real" "$@"\n`,
    { mode: 0o755 },
  );
}

/** A hook that does something the first time, and whose failure is the hook's. */
function hookOnce(world: World, name: string, script: string): void {
  const [path, once] = [join(world.repo, '.git/hooks', name), join(world.root, 'once')];
  writeFileSync(path, `#!/bin/sh\ntest -e ${once} && exit 0\ntouch ${once}\n${script}\n`);
  chmodSync(path, 0o755);
}

function planOf(world: World): string | null {
  return existsSync(join(world.repo, NAME)) ? world.read(NAME) : null;
}

function decisions(world: World): string[] {
  return world
    .facts()
    .filter(({ type }) => type === 'decision')
    .map(({ question, answer, by }) => `${String(question)}: ${String(answer)} by ${String(by)}`);
}

/** The commits of runs on any branch, newest first. */
function commitsOfRuns(world: World): string[] {
  const log = world.git('log', '--all', '--format=%H', '--grep=^Refine-Plan-Run:');
  return log.split('\n').filter(Boolean);
}

function filesOf(world: World, sha: string): string[] {
  return world.git('show', '--format=', '--name-only', sha).split('\n').filter(Boolean);
}
