import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createdIn, request, tempRepo, type TempRepo } from './temp-repo.ts';

async function planRepo(files: Readonly<Record<string, string>> = {}): Promise<TempRepo> {
  const repo = await tempRepo({ 'plan.md': 'one\n', ...files });
  await repo.write('plan.md', 'two  \n');
  return repo;
}

/** Whether a process is there and not merely waiting to be noticed as dead. */
function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false; // It has no entry any more.
  }
}

describe('a commit hook', () => {
  it('that rewrites the plan and fails leaves its bytes for another try', async () => {
    const repo = await planRepo();
    await repo.hook(
      'pre-commit',
      `grep -q ' $' plan.md && { sed -i 's/ *$//' plan.md; echo 'plan.md was reformatted'; exit 1; }; exit 0`,
    );

    const first = await repo.commit('plan.md');
    const second = await repo.commit('plan.md');

    expect(first).toEqual({ result: 'failed', output: 'plan.md was reformatted' });
    expect(createdIn(second).recognised).toBe(false);
    expect(await repo.git('show', 'HEAD:plan.md')).toBe('two\n');
    expect(await repo.status()).toEqual([]);
  });

  it('that rewrites the plan and succeeds leaves no phantom change in the index', async () => {
    const repo = await planRepo();
    await repo.hook('pre-commit', `sed -i 's/ *$//' plan.md && git add plan.md`);

    createdIn(await repo.commit('plan.md'));

    expect(await repo.git('show', 'HEAD:plan.md')).toBe('two\n');
    expect(await repo.read('plan.md')).toBe('two\n');
    expect(await repo.status()).toEqual([]);
  });

  it.each([
    ['what it staged', 'echo three > plan.md; git add plan.md', 'three\n', 'three\n'],
    ['not what it did not stage', 'echo three > plan.md', 'two  \n', 'three\n'],
    [
      'not what was written after it was staged',
      'git add plan.md; echo three > plan.md',
      'two  \n',
      'three\n',
    ],
    ['the plan, though it is gone', 'rm plan.md', 'two  \n', null],
  ])('that writes to the plan: the commit says it holds %s', async (_, script, held, left) => {
    const repo = await planRepo();
    await repo.hook('pre-commit', script);

    const { content } = createdIn(await repo.commit('plan.md'));

    expect(content).toBe(held);
    expect(await repo.read('plan.md').catch(() => null)).toBe(left);
  });

  it('that writes to a plan with other line ends: the commit says what it would check out', async () => {
    const repo = await planRepo();
    await repo.git('config', 'core.autocrlf', 'true');
    await repo.write('plan.md', 'two\r\n');
    await repo.hook('pre-commit', 'echo more >> plan.md');

    expect(createdIn(await repo.commit('plan.md')).content).toBe('two\r\n');
  });

  it('that rewrites a new plan and succeeds leaves no phantom change either', async () => {
    const repo = await planRepo();
    await repo.write('new.md', 'new  \n');
    await repo.hook('pre-commit', `sed -i 's/ *$//' new.md && git add new.md`);

    createdIn(await repo.commit('new.md'));

    expect(await repo.git('show', 'HEAD:new.md')).toBe('new\n');
    expect(await repo.status()).toEqual([' M plan.md']);
  });

  it('that puts other files in is reported, and the index follows HEAD', async () => {
    const repo = await planRepo({ 'old.md': 'old\n', 'gone.md': 'x\n' });
    await repo.hook(
      'pre-commit',
      `echo index > 'in dex.md'; echo new > old.md; git add 'in dex.md' old.md; git rm -q --cached gone.md; rm gone.md`,
    );

    const result = createdIn(await repo.commit('plan.md'));

    expect(result.extraPaths).toEqual(['gone.md', 'in dex.md', 'old.md']);
    expect(await repo.status()).toEqual([]);
  });

  it('that puts files into the first commit is reported too', async () => {
    const repo = await tempRepo();
    await repo.write('plan.md', 'one\n');
    await repo.hook('pre-commit', 'echo index > index.md; git add index.md');

    const result = createdIn(await repo.commit('plan.md'));

    expect(result.extraPaths).toEqual(['index.md']);
    expect(await repo.status()).toEqual([]);
  });

  it('that puts more files in than fit on one command line has every one of them follow HEAD', async () => {
    const repo = await planRepo();
    const long = 'x'.repeat(200);
    await repo.hook(
      'pre-commit',
      `mkdir many; for i in $(seq 300); do echo > "many/$i-${long}"; done; git add many`,
    );

    const result = createdIn(await repo.commit('plan.md'));

    expect(result.extraPaths).toHaveLength(300);
    expect(await repo.status()).toEqual([]);
  });

  it('that writes bytes which are no UTF-8: the commit says so', async () => {
    const repo = await planRepo();
    await repo.hook('pre-commit', String.raw`printf '\377\n' > plan.md; git add plan.md`);

    expect(createdIn(await repo.commit('plan.md')).content).toBe(null);
  });

  it('during which another commit empties the file of the message is run again', async () => {
    const repo = await planRepo();
    await repo.hook('commit-msg', '[ -e "$DIR/once" ] || : > .git/COMMIT_EDITMSG; : > "$DIR/once"');

    createdIn(await repo.commit('plan.md'));

    expect(await repo.git('log', '--format=%s')).toBe(
      'docs(plans): refine foo against codex (round 1)\nBegin\n',
    );
  });

  it('that empties every message ends in a failed commit, with the words of git', async () => {
    const repo = await planRepo();
    await repo.hook('commit-msg', ': > .git/COMMIT_EDITMSG; echo x >> "$DIR/tries"');

    expect(await repo.commit('plan.md')).toEqual({
      result: 'failed',
      output: 'Aborting commit due to empty commit message.',
    });
    expect(await readFile(repo.beside('tries'), 'utf8')).toBe('x\nx\nx\n');
  });

  it('during which history is rewritten: nothing is committed on top of that', async () => {
    const repo = await planRepo();
    await repo.hook('pre-commit', 'git update-ref HEAD $(git commit-tree -m Rewritten HEAD^{tree})');
    const isAsChecked = async (): Promise<boolean> =>
      (await repo.git('log', '-1', '--format=%s')) === 'Begin\n';

    expect(await repo.commit('plan.md', { isAsChecked })).toEqual({ result: 'not-as-checked' });

    expect(await repo.git('log', '--format=%s')).toBe('Rewritten\n');
    expect(await repo.status()).toEqual([' M plan.md']);
  });

  it('that puts a file in which the user has staged leaves the staged version alone', async () => {
    const repo = await planRepo({ 'other.md': 'x\n', 'index.md': 'x\n' });
    await repo.write('other.md', 'staged by the user\n');
    await repo.git('add', 'other.md');
    await repo.hook('pre-commit', 'echo hook > other.md; echo hook > index.md; git add other.md index.md');

    const result = createdIn(await repo.commit('plan.md'));

    expect(result.extraPaths).toEqual(['index.md', 'other.md']);
    expect(await repo.git('show', ':other.md')).toBe('staged by the user\n');
    expect(await repo.git('diff', '--cached', '--name-only')).toBe('other.md\n');
  });

  it('that refuses with words is quoted, without its escape sequences', async () => {
    const repo = await planRepo();
    await repo.hook(
      'pre-commit',
      String.raw`printf '\033[31mno\033[0m\007 plans\r\n\033]0;title\007on Fridays\n' >&2; exit 1`,
    );

    const result = await repo.commit('plan.md');

    expect(result).toEqual({ result: 'failed', output: 'no plans\non Fridays' });
  });

  it('that refuses without a word gets a sentence', async () => {
    const repo = await planRepo();
    await repo.hook('pre-commit', 'exit 1');
    const before = await repo.head();

    const result = await repo.commit('plan.md');

    expect(result).toEqual({ result: 'failed', output: 'A commit hook refused without saying why.' });
    expect(await repo.head()).toBe(before);
  });

  it('that refuses at great length is cut to its end', async () => {
    const repo = await planRepo();
    await repo.hook(
      'pre-commit',
      `i=0; while [ $i -lt 3000 ]; do echo "line $i"; i=$((i+1)); done; echo 'the reason'; exit 1`,
    );

    const result = await repo.commit('plan.md');

    const output = result.result === 'failed' ? result.output : '';
    expect(output).toHaveLength(4000);
    expect(output.startsWith('…')).toBe(true);
    expect(output.endsWith('the reason')).toBe(true);
  });

  it('that refuses a new plan leaves it unknown to git, and nothing for the next commit', async () => {
    const repo = await tempRepo({ 'plan.md': 'one\n' });
    await repo.write('new.md', 'new\n');
    await repo.write('plan.md', 'two\n');
    await repo.hook(
      'pre-commit',
      'git diff --cached --name-only | grep -q new.md && { echo no; exit 1; }; exit 0',
    );

    const refused = await repo.commit('new.md');
    const other = createdIn(await repo.commit('plan.md', { key: 'other/1' }));

    expect(refused).toEqual({ result: 'failed', output: 'no' });
    expect(await repo.filesOf(other.sha)).toEqual(['plan.md']);
    expect(await repo.status()).toEqual(['?? new.md']);
  });

  it('that refuses the first commit of a repository leaves the plan unknown to git', async () => {
    const repo = await tempRepo();
    await repo.write('plan.md', 'one\n');
    await repo.hook('commit-msg', 'echo no; exit 1');

    const result = await repo.commit('plan.md');

    expect(result).toEqual({ result: 'failed', output: 'no' });
    expect(await repo.status()).toEqual(['?? plan.md']);
  });

  it('that hangs is ended with git, and --git-timeout is named', async () => {
    const repo = await planRepo();
    await repo.write('new.md', 'new\n');
    await repo.hook(
      'pre-commit',
      'echo waiting; echo $$ > "$DIR/pid"; sleep 600 & echo $! > "$DIR/child"; wait',
    );

    const result = await repo.commit('new.md', {}, { gitTimeoutMs: 500 });

    expect(result).toEqual({
      result: 'failed',
      output:
        'git commit was ended after 1s, most likely waiting for a hook. Allow more with --git-timeout.\nwaiting',
    });
    const pids = await Promise.all(['pid', 'child'].map((name) => readFile(repo.beside(name), 'utf8')));
    expect(pids.map((pid) => isAlive(Number(pid)))).toEqual([false, false]);
    expect(await repo.status()).toEqual([' M plan.md', '?? new.md']);
  });

  it('that hangs after the commit does not undo it', async () => {
    const repo = await planRepo();
    await repo.hook('post-commit', 'sleep 600');

    const result = createdIn(await repo.commit('plan.md', {}, { gitTimeoutMs: 1000 }));

    expect(result.sha).toBe(await repo.head());
    expect(await repo.status()).toEqual([]);
  });

  it('that is running when the run is aborted ends too, and a new plan is unknown to git again', async () => {
    const repo = await planRepo();
    await repo.write('new.md', 'new\n');
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', repo.beside('pid')]);
    await repo.hook('pre-commit', 'echo $$ > "$DIR/pid"; exec sleep 600');
    const abort = new AbortController();
    const port = await repo.open();

    const committing = port.commit(request(repo.path('new.md')), abort.signal);
    const pid = Number(await readFile(repo.beside('pid'), 'utf8'));
    abort.abort(new Error('Ctrl-C'));

    await expect(committing).rejects.toThrow('Ctrl-C');
    expect(isAlive(pid)).toBe(false);
    expect(await repo.status()).toEqual([' M plan.md', '?? new.md']);
  });

  it('gets no terminal and no input', async () => {
    const repo = await planRepo();
    await repo.hook('pre-commit', '(exec < /dev/tty) 2>/dev/null && exit 1; cat > "$DIR/input"');

    createdIn(await repo.commit('plan.md'));

    expect(await readFile(repo.beside('input'), 'utf8')).toBe('');
  });

  it('is found where core.hooksPath says', async () => {
    const repo = await planRepo();
    await repo.git('config', 'core.hooksPath', '.githooks');
    await repo.hook('pre-commit', 'echo from there; exit 1');

    expect(await repo.commit('plan.md')).toEqual({ result: 'failed', output: 'from there' });
  });

  it('may use glob patterns and abbreviated options, and sees the character set of the user', async () => {
    const repo = await planRepo();
    await repo.hook(
      'pre-commit',
      `git status --porcelai > /dev/null && git diff --cached --name-only -- '*.md' > "$DIR/seen" && locale charmap >> "$DIR/seen"`,
    );
    const env = { ...repo.world.env, LC_ALL: 'C.UTF-8' };

    createdIn(await repo.commit('plan.md', {}, { world: { env } }));

    expect(await readFile(repo.beside('seen'), 'utf8')).toBe('plan.md\nUTF-8\n');
  });

  it('may write another message: the commit is still ours', async () => {
    const repo = await planRepo();
    await repo.hook('commit-msg', 'echo "Something else" > "$1"');

    const result = createdIn(await repo.commit('plan.md'));

    expect(result.sha).toBe(await repo.head());
    expect(await repo.git('log', '-1', '--format=%s')).toBe('Something else\n');
  });

  it('that refuses while somebody else commits with our message does not make theirs ours', async () => {
    const repo = await planRepo();
    await repo.hook(
      'commit-msg',
      'git update-ref HEAD "$(git commit-tree "HEAD^{tree}" -p HEAD -F "$1")"; echo no; exit 1',
    );

    const result = await repo.commit('plan.md');

    expect(result).toEqual({ result: 'failed', output: 'no' });
  });
});

describe('signing', () => {
  it('that cannot ask fails with the words of git', async () => {
    const repo = await planRepo();
    await repo.git('config', 'commit.gpgsign', 'true');
    await repo.git('config', 'user.signingKey', 'NOBODY');
    await repo.write('../gpg', '#!/bin/sh\n[ -z "$GPG_TTY" ] || exec sleep 600\nexec < /dev/tty\n');
    await chmod(repo.beside('gpg'), 0o755);
    await repo.git('config', 'gpg.program', repo.beside('gpg'));
    const env = { ...repo.world.env, GPG_TTY: '/dev/pts/0' };

    const result = await repo.commit('plan.md', {}, { world: { env } });

    expect(result).toMatchObject({
      result: 'failed',
      output: expect.stringContaining('gpg failed to sign the data'),
    });
    expect(await repo.status()).toEqual([' M plan.md']);
  });
});
