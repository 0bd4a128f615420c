import { copyFile, mkdir, mkdtemp, realpath } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gitEnv } from '../../git/git-env.ts';
import { packageFile } from '../../package-file.ts';
import type { CommonFlags } from '../flags.ts';
import type { World } from '../world.ts';
import { runGit } from '../wire.ts';
import { run } from './run.ts';

const PLAN = 'docs/plans/rate-limiter.md';

/** `refine-plan demo`: the whole loop, for real, on a bundled plan in a temporary repository, with scripted agents. */
export async function demo(_: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'refine-plan-demo-')));
  await mkdir(join(dir, 'docs', 'plans'), { recursive: true });
  await copyFile(packageFile('references/demo/rate-limiter.md'), join(dir, PLAN));
  const env = stageEnv(world.env, dir);
  await runGit(['init', '--quiet'], {
    cwd: dir,
    env: gitEnv(env),
    timeoutMs: 60_000,
    signal: NEVER,
  });

  if (!flags.json)
    world.stderr.write(
      `A demonstration in ${dir}\nThe agents are scripts that come with this program: no model is called, and nothing leaves this machine.\n\n`,
    );
  const agent = `cmd:"${process.execPath}" "${fileURLToPath(packageFile('dist/demo-agent.js'))}"`;
  const settings = new Map<string, unknown>([
    ['reviewer', agent],
    ['implementer', agent],
    ['edit-mode', 'patch'],
    ['unattended', true],
  ]);
  const exitCode = await run([PLAN], { ...flags, settings, config: undefined }, { ...world, cwd: dir, env });
  if (!flags.json) world.stderr.write(`\nLook at what it did: git -C ${dir} log -p --stat\n`);
  return exitCode;
}

/**
 * The same for everybody: no settings of this program or of git but the demonstration's own, and somebody to write the
 * commits.
 */
function stageEnv(env: NodeJS.ProcessEnv, dir: string): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !SETTINGS.test(name));
  const who = { NAME: 'refine-plan demo', EMAIL: 'demo@example.invalid' };
  return {
    ...Object.fromEntries(kept),
    XDG_CONFIG_HOME: dir,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: who.NAME,
    GIT_AUTHOR_EMAIL: who.EMAIL,
    GIT_COMMITTER_NAME: who.NAME,
    GIT_COMMITTER_EMAIL: who.EMAIL,
  };
}

const SETTINGS = /^(?:REFINE_PLAN_|PLAN_GLOB$|CODEX_|GIT_)/;
const NEVER = new AbortController().signal;
