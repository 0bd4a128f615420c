import { copyFile, mkdir, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simpleGit } from 'simple-git';
import type { CommonFlags } from '../flags.ts';
import type { World } from '../world.ts';
import { run } from './run.ts';

const PLAN = 'docs/plans/rate-limiter.md';

/** `refine-plan demo`: the whole loop, for real, on a bundled plan in a temporary repository, with scripted agents. */
export async function demo(_: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'refine-plan-demo-')));
  await mkdir(join(dir, 'docs', 'plans'), { recursive: true });
  await copyFile(
    fileURLToPath(new URL('../../../references/demo/rate-limiter.md', import.meta.url)),
    join(dir, PLAN),
  );
  await simpleGit(dir).init();

  if (!flags.json)
    world.stderr.write(
      `A demonstration in ${dir}\nThe agents are scripts that come with this program: no model is called, and nothing leaves this machine.\n\n`,
    );
  const agent = `cmd:"${process.execPath}" "${fileURLToPath(new URL('../../demo/agent.js', import.meta.url))}"`;
  const settings = new Map<string, unknown>([
    ['reviewer', agent],
    ['implementer', agent],
    ['edit-mode', 'patch'],
    ['unattended', true],
  ]);
  const exitCode = await run(
    [PLAN],
    { ...flags, settings, config: undefined },
    { ...world, cwd: dir, env: { ...identity(world.env), XDG_CONFIG_HOME: dir } },
  );
  if (!flags.json) world.stderr.write(`\nLook at what it did: git -C ${dir} log -p --stat\n`);
  return exitCode;
}

/** The commits of the demonstration need somebody to be written by, whoever runs it. */
function identity(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const who = { NAME: 'refine-plan demo', EMAIL: 'demo@example.invalid' };
  return {
    ...env,
    GIT_AUTHOR_NAME: who.NAME,
    GIT_AUTHOR_EMAIL: who.EMAIL,
    GIT_COMMITTER_NAME: who.NAME,
    GIT_COMMITTER_EMAIL: who.EMAIL,
  };
}
