import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLAN, readyWorld, type World } from '../rig/world.ts';
import { interrupt, refusal } from '../e2e/support.ts';

const NAME = 'docs/plans/import.md';

describe.concurrent('a run that came with the repository', () => {
  it('is not resumed, and its commands are not run', async () => {
    using world = readyWorld();
    const owned = join(world.root, 'owned');
    await interrupt(world, [NAME, '--verifier', `cmd:touch ${owned}`, '--arbiter', `cmd:touch ${owned}`]);
    world.git('add', '--force', '.');
    world.git('commit', '-q', '-m', 'Plant a run');

    const refused = {
      code: 3,
      said: 'Git keeps docs/plans/.refine-plan-against-codex, so what is recorded there comes with the repository, and not from runs of yours.\nTake it out of git: git rm -r --cached docs/plans/.refine-plan-against-codex - or trust the repository with: --trust-project\n',
    };
    const commands = [[NAME], ['resume'], ['resume', NAME], ['review', NAME], [NAME, '--on-resume', 'fresh']];
    for (const args of commands) expect(await refusal(world, args)).toEqual(refused);
    expect(existsSync(owned)).toBe(false);

    world.git('rm', '-r', '-q', '--cached', 'docs/plans/.refine-plan-against-codex');
    world.git('commit', '-q', '-m', 'Take it out');
    expect((await world.cli(['resume', '--verifier', 'codex', '--arbiter', 'off'])).code).toBe(0);
  });

  it('is not written through a link to somewhere else', async () => {
    using world = readyWorld();
    const elsewhere = join(world.root, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(world.repo, 'docs/plans/.refine-plan-against-codex'));
    world.git('add', '--force', '.');

    expect((await refusal(world, ['review', NAME])).code).toBe(3);
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});

describe.concurrent('a plan that is a link of the repository', () => {
  it.each([
    ['../../../secret', 'secret'],
    ['../../.git/config', 'repo/.git/config'],
  ])('to %s is not read', async (target, path) => {
    using world = readyWorld();
    writeFileSync(join(world.root, 'secret'), 'The password is x.\n');
    symlinkSync(target, join(world.repo, 'docs/plans/link.md'));

    const { code, said } = await refusal(world, ['review', 'docs/plans/link.md']);

    expect(said).toContain(
      `docs/plans/link.md lies in a repository and leads out of it, to <root>/${path}; a repository may not choose`,
    );
    expect(code).toBe(3);
    expect(world.calls()).toEqual([]);
  });

  it('is read where the repository is trusted', async () => {
    using world = readyWorld();
    writeFileSync(join(world.root, 'plan.md'), PLAN);
    symlinkSync('../../../plan.md', join(world.repo, 'docs/plans/link.md'));

    const args = ['review', 'docs/plans/link.md', '--trust-project', '--json'];

    expect(JSON.parse((await world.cli(args)).stdout)).toMatchObject({ verdict: 'needs-attention' });
  });
});

describe.concurrent('a review starts no program that a repository names', () => {
  it('in a directory that looks like a git directory', async () => {
    using world = readyWorld();
    const owned = join(world.root, 'owned');
    const dir = 'docs/plans/evil';
    for (const below of ['objects', 'refs']) world.write(`${dir}/${below}/.keep`, '');
    world.write(`${dir}/HEAD`, 'ref: refs/heads/main\n');
    world.write(
      `${dir}/config`,
      `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = "touch ${owned};"\n\thooksPath = hooks\n`,
    );
    world.write(`${dir}/import.md`, PLAN);
    world.git('add', '.');
    world.git('commit', '-q', '-m', 'Embed a repository');

    const review = await world.cli(['review', `${dir}/import.md`]);
    const run = await world.cli([`${dir}/import.md`]);
    const listed = await world.cli(['list'], { cwd: join(world.repo, dir) });

    expect([review.code, run.code, listed.code]).toEqual([1, 0, 0]);
    expect(world.git('log', '-1', '--format=%s')).toContain('refine import');
    expect(existsSync(owned)).toBe(false);
  });

  it('in the settings of git, its attributes or the PATH', async () => {
    using world = readyWorld();
    const owned = join(world.root, 'owned');
    const settings = {
      'core.fsmonitor': `touch ${owned}-fsmonitor;`,
      'core.pager': `touch ${owned}-pager; cat`,
      'core.sshCommand': `touch ${owned}-ssh`,
      'core.editor': `touch ${owned}-editor`,
      'diff.external': `touch ${owned}-diff`,
      'diff.evil.textconv': `touch ${owned}-textconv`,
      'gpg.program': `${owned}-gpg`,
      'log.showSignature': 'true',
      'core.hooksPath': 'hooks',
    };
    for (const [key, value] of Object.entries(settings)) world.git('config', key, value);
    world.write('.gitattributes', '*.md diff=evil\n');
    for (const name of ['git', 'codex', 'sh', 'hooks/post-index-change', 'hooks/reference-transaction'])
      chmodSync(world.write(name, `#!/bin/sh\ntouch ${owned}-program\n`), 0o755);

    const env = { PATH: `.::bin:${world.env['PATH']}` };
    const { code } = await world.cli(['review', NAME], { env });

    expect(code).toBe(1);
    expect(readdirSync(world.root).filter((name) => name.startsWith('owned'))).toEqual([]);
  });

  it('in its own config file, wherever the user stands', async () => {
    using world = readyWorld();
    const owned = join(world.root, 'owned');
    world.write('.refine-plan.json', JSON.stringify({ reviewer: `cmd:touch ${owned}` }));
    world.write('docs/.refine-plan.json', JSON.stringify({ reviewer: `cmd:touch ${owned}` }));
    world.git('add', '.');
    world.git('commit', '-q', '-m', 'Configure');
    world.git('worktree', 'add', '-q', '../tree');
    const trusting = join(world.root, 'home', '.config', 'refine-plan');
    mkdirSync(trusting, { recursive: true });
    writeFileSync(
      join(trusting, 'config.json'),
      JSON.stringify({ trustedProjects: [join(world.root, 'other')] }),
    );

    const runs = await Promise.all([
      world.cli(['review', NAME]),
      world.cli(['review', 'plans/import.md', '-C', 'docs']),
      world.cli(['review', 'import.md'], { cwd: join(world.repo, 'docs/plans') }),
      world.cli(['review', NAME, '--config', '.refine-plan.json']),
      world.cli(['review', NAME, '-C', join(world.root, 'tree')]),
    ]);

    expect(runs.map(({ stderr }) => /^! (\S+) sets "reviewer"; ignored/m.exec(stderr)?.[1])).toEqual(
      Array.from({ length: 5 }, () => '.refine-plan.json'),
    );
    expect(existsSync(owned)).toBe(false);
  });
});

it('a commit sets nothing off by what an untrusted repository configures, or calls its plans', async () => {
  const plan = 'docs/plans/[skip ci] closes #1 @all.md';
  using world = readyWorld(plan);
  const trailer = 'Team: x [skip ci] closes #1 @everybody';
  world.write('.refine-plan.json', JSON.stringify({ commitTrailer: [trailer] }));

  const { stderr } = await world.cli([plan, '--max-rounds', '1']);
  const untrusted = world.git('log', '-1', '--format=%B');
  await world.cli([plan, '--max-rounds', '1', '--trust-project']);
  const trusted = world.git('log', '-1', '--format=%B');

  expect(stderr).toContain(
    '! .refine-plan.json sets "commitTrailer"; ignored, because a repository may not ',
  );
  expect(untrusted).toContain('\nRefine-Plan-Run: (skip ci) closes # 1 @ all-');
  expect(untrusted).not.toMatch(/Team|\[|[#@]\w/);
  expect(trusted).toContain(`\n${trailer}\nRefine-Plan-Run: (skip ci) closes # 1 @ all-`);
});

it('what a run keeps is private to the user, whatever the umask', async () => {
  using world = readyWorld();
  const umask = process.umask(0);
  try {
    await world.cli([NAME]);
  } finally {
    process.umask(umask);
  }

  const [dir = ''] = world.runs();
  expect(openIn(dir)).toEqual([]);
  expect(openIn(join(dir, '..'))).toEqual([]);
});

it('codex and claude get the variables they need and those that were named, and a command gets all', async () => {
  using world = readyWorld();
  const env = { CI_JOB_TOKEN: 'hush-1234', NAMED_TOKEN: 'told-1234', REFINE_PLAN_PASS_ENV: 'NAMED_TOKEN' };
  const answer = `printf '{"verdict":"approve","summary":"%s %s","findings":[],"next_steps":[]}' "$CI_JOB_TOKEN" "$NAMED_TOKEN"`;
  world.write('codex', '');
  writeFileSync(join(world.root, 'bin', 'codex'), script(answer), { mode: 0o755 });

  const asCodex = await summaryOf(world, [], env);
  const asCommand = await summaryOf(world, ['--reviewer', `cmd:${answer}`], env);

  // What was told stands in the state, and is kept off the screen.
  expect([asCodex, asCommand]).toEqual([' told-1234', 'hush-1234 told-1234']);
});

/** What a review said, as it is recorded. */
async function summaryOf(world: World, flags: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  const { stdout, stderr } = await world.cli(['review', NAME, '--json', ...flags], { env });
  expect(`${stdout}${stderr}`).not.toMatch(/hush-1234|told-1234/);
  return world.facts().find(({ type }) => type === 'review.parsed')?.['summary'];
}

/** Codex, as far as one call needs it. */
function script(answer: string): string {
  return `#!/bin/sh
[ "$1" = exec ] || { echo codex-cli 0.169.0; exit 0; }
text=$(${answer} | sed 's/"/\\\\"/g')
echo '{"type":"turn.started"}'
echo "{\\"type\\":\\"item.completed\\",\\"item\\":{\\"id\\":\\"item_0\\",\\"type\\":\\"agent_message\\",\\"text\\":\\"$text\\"}}"
echo '{"type":"turn.completed","usage":{"input_tokens":1,"cached_input_tokens":0,"output_tokens":1}}'
`;
}

/** What somebody else may read or write of a directory. */
function openIn(dir: string): string[] {
  return [
    dir,
    ...readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => join(dir, name)),
  ].filter((path) => (statSync(path).mode & 0o077) !== 0);
}
