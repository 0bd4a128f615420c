import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openWorld, PLAN, readyWorld, type World } from '../rig/world.ts';
import { refusal } from './support.ts';

const ARGS = ['docs/plans/import.md'];
const FINISH = (operation: string): string =>
  `There is an unfinished ${operation} in this repository.\nFinish it with: git ${operation} --continue - or drop it with: git ${operation} --abort\n`;

describe.concurrent('a place that is not fit is refused in one sentence, and nothing is written', () => {
  it('wants a git repository', async () => {
    using world = readyWorld();
    rmSync(join(world.repo, '.git'), { recursive: true });

    expect(await refusal(world, ARGS)).toEqual({
      code: 3,
      said: 'docs/plans/import.md is in no git repository.\nMake one with: git init\n',
    });
  });

  it('wants a work tree', async () => {
    using world = readyWorld();
    world.git('config', 'core.bare', 'true');

    const { code, said } = await refusal(world, ARGS);

    expect({ code, said }).toEqual({
      code: 3,
      said: '<root>/repo/.git is a git directory without a work tree, so no plan can be committed from there.\nClone it, and refine the plan in the clone: git clone <root>/repo/.git\n',
    });
  });

  it('refuses a plan that git ignores', async () => {
    using world = readyWorld();
    world.write('.gitignore', 'drafts/\n');
    world.write('drafts/import.md', PLAN);

    expect(await refusal(world, ['drafts/import.md'])).toEqual({
      code: 3,
      said: 'drafts/import.md is ignored by git.\nFind the rule with: git check-ignore --verbose drafts/import.md\n',
    });
  });

  it('refuses to work in the middle of a merge', async () => {
    using world = readyWorld();
    branch(world, 'other');
    world.git('merge', '--no-commit', '--no-ff', '--quiet', 'other');

    expect(await refusal(world, ARGS)).toEqual({ code: 3, said: FINISH('merge') });
  });

  it('refuses to work in the middle of a rebase', async () => {
    using world = readyWorld();
    branch(world, 'other');
    const env = { ...world.env, GIT_SEQUENCE_EDITOR: 'sed -i 1ibreak' };
    execFileSync('git', ['rebase', '--quiet', '--interactive', 'other'], {
      cwd: world.repo,
      env,
      stdio: 'ignore',
    });

    expect(await refusal(world, ARGS)).toEqual({ code: 3, said: FINISH('rebase') });
  });

  it('wants somebody to write the commits as, and takes them from the environment too', async () => {
    using world = readyWorld();
    world.git('config', '--unset', 'user.name');
    world.git('config', 'user.useConfigOnly', 'true');
    const who = { NAME: 'Ada', EMAIL: 'ada@example.invalid' };
    const env = {
      GIT_AUTHOR_NAME: who.NAME,
      GIT_AUTHOR_EMAIL: who.EMAIL,
      GIT_COMMITTER_NAME: who.NAME,
      GIT_COMMITTER_EMAIL: who.EMAIL,
    };

    const { code, said } = await refusal(world, ARGS);
    expect(said).toMatch(
      /^Git does not know the (?:author|committer) of a commit\.\nTell it with: git config user\.name "Your Name" && git config user\.email you@example\.com\n$/,
    );
    expect(code).toBe(3);
    expect((await world.cli(ARGS, { env })).code).toBe(0);
    expect(world.git('log', '-1', '--format=%an %cn <%ce>')).toBe('Ada Ada <ada@example.invalid>\n');
  });

  it('needs nobody to write commits as where none are made', async () => {
    using world = readyWorld();
    world.git('config', '--unset', 'user.name');
    world.git('config', 'user.useConfigOnly', 'true');

    expect((await world.cli([...ARGS, '--no-commit'])).code).toBe(0);
  });

  it('names a directory of -C that is not there', async () => {
    using world = readyWorld();

    expect(await refusal(world, ['-C', '/nowhere', ...ARGS])).toEqual({
      code: 2,
      said: 'There is no directory /nowhere.\nName one that exists with -C, or leave it out.\n',
    });
  });

  it.for([
    [
      'below a regular file',
      'README.md/state',
      '<root>/repo/README.md/state cannot be written: not a directory.',
    ],
    [
      'where no system can write',
      '/proc/refine-plan',
      '/proc/refine-plan cannot be written: no such file or directory.',
    ],
  ] as const)('refuses a state root %s', async ([, root, said]) => {
    using world = readyWorld();
    world.write('README.md', '');

    const refused = await world.cli([...ARGS, '--state-root', root]);

    expect(refused.stderr.replaceAll(world.root, '<root>')).toBe(
      `${said}\nMake the directory writable, or keep the state elsewhere with: --state-root DIR\n`,
    );
    expect(refused.code).toBe(3);
    expect(world.git('status', '--porcelain')).toBe('?? README.md\n');
  });

  it('has nothing to resume where nothing was interrupted', async () => {
    using world = readyWorld();

    expect(await refusal(world, ['resume'])).toEqual({
      code: 2,
      said: 'There is no interrupted run.\nStart one with: refine-plan docs/plans/your-plan.md\n',
    });
    expect(await refusal(world, ['resume', ...ARGS])).toEqual({
      code: 2,
      said: 'There is no interrupted run of docs/plans/import.md.\nStart one with: refine-plan docs/plans/import.md\n',
    });
  });

  it('says how to get past a damaged journal', async () => {
    using world = readyWorld();
    await world.cli(ARGS, { env: { WORLD_FAIL_REVIEWER: 'stream disconnected before completion: x' } });
    const [dir = ''] = world.runs();
    const lines = world.read(join(dir, 'events.jsonl').slice(world.repo.length)).split('\n');
    writeFileSync(join(dir, 'events.jsonl'), lines.with(1, 'x').join('\n'));

    const { code, stderr } = await world.cli(['status']);

    expect(stderr.replaceAll(dir, '<run>')).toBe(
      'The journal <run>/events.jsonl is damaged at line 2: it is not a fact.\nMove that run out of the way, then start anew: mv <run> ~\n',
    );
    expect(code).toBe(3);
  });
});

const canMount = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

it.skipIf(!canMount)(
  'says so when the disk is full, and goes on once it is not, where root may mount one',
  async () => {
    using world = openWorld();
    const disk = join(world.root, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48k', 'tmpfs', disk]);
    try {
      world.write('docs/plans/import.md', PLAN + 'A line that fills the disk.\n'.repeat(300));
      world.git('add', '.');
      world.git('commit', '-q', '-m', 'Add the plan');
      const args = [...ARGS, '--state-root', disk];

      const full = await world.cli(args);
      execFileSync('mount', ['-o', 'remount,size=4m', disk]);
      const run = readdirSync(disk).find((name) => name.startsWith('import-'));
      const resumed = await world.cli(['resume', ...args]);

      expect(full.stderr).toMatch(
        /There is no space left to write \S+disk\S+\. Nothing was half recorded; the run can go on from where it is\.\nFree some space on that disk, then run: refine-plan resume\n$/,
      );
      expect(full.code).toBe(3);
      expect(run).toBeDefined();
      expect(resumed.code).toBe(0);
    } finally {
      execFileSync('umount', ['--lazy', disk]);
    }
  },
);

it.each([
  ['the journal', []],
  ["an agent's log", ['--reviewer', 'cmd:yes | head -c 100000']],
])('says so when a file may not grow any larger, and goes on once it may: %s', async (_, flags) => {
  using world = readyWorld();
  const blocks = 16; // of 512 bytes: less than the journal, or that log, comes to
  const program = [process.execPath, fileURLToPath(new URL('../../dist/main.js', import.meta.url))];
  const limited = ['-c', `ulimit -f ${blocks}; exec "$@"`, 'sh', ...program, ...ARGS, ...flags];

  const full = spawnSync('sh', limited, { cwd: world.repo, env: world.env, encoding: 'utf8' });
  const resumed = await world.cli(['resume', ...ARGS, '--reviewer', 'codex']);

  expect(full.stderr).toMatch(
    /\n\S+ may not grow any larger\. Nothing was half recorded; the run can go on from where it is\.\nRaise the limit on the size of files \(ulimit -f\), then run: refine-plan resume\n$/,
  );
  expect(full.status).toBe(3);
  expect(resumed.code).toBe(0);
});

function branch(world: World, name: string): void {
  world.git('checkout', '-q', '-b', name);
  world.write(`${name}.txt`, '');
  world.git('add', '.');
  world.git('commit', '-q', '-m', name);
  world.git('checkout', '-q', 'main');
  world.write('main.txt', '');
  world.git('add', '.');
  world.git('commit', '-q', '-m', 'main');
}
