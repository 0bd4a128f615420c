import { copyFile, mkdir, mkdtemp, realpath } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gitEnv } from '../../git/git-env.ts';
import { packageFile } from '../../package-file.ts';
import { runGit } from '../wire.ts';
import type { World } from '../world.ts';

/** The bundled plan, relative to the repository of the demonstration. */
export const PLAN = 'docs/plans/rate-limiter.md';

/** A temporary repository with the bundled plan in it, and an environment that is the same for everybody. */
export type Stage = {
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  /** The scripted agent, as a setting. */
  readonly agent: string;
  /** Once this file is there, the reviewer of the second round answers. */
  readonly curtain: string;
  /** What git prints. */
  readonly git: (...args: string[]) => Promise<string>;
};

/** Sets the stage; `pauseMs` is how long each agent seems to think. */
export async function setStage(world: World, pauseMs: number): Promise<Stage> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'refine-plan-demo-')));
  await mkdir(join(dir, 'docs', 'plans'), { recursive: true });
  await copyFile(packageFile('references/demo/rate-limiter.md'), join(dir, PLAN));
  const curtain = join(dir, '.git', 'demo-resumed');
  const env = { ...stageEnv(world.env, dir), DEMO_PAUSE: String(pauseMs), DEMO_CURTAIN: curtain };
  const request = { cwd: dir, env: gitEnv(env), timeoutMs: 60_000 };
  const git = async (...args: string[]): Promise<string> =>
    (await runGit(args, { ...request, signal: world.signals.signal })).output;
  await git('init', '--quiet');
  const agent = `cmd:"${process.execPath}" "${fileURLToPath(packageFile('dist/demo-agent.js'))}"`;
  return { dir, env, agent, curtain, git };
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
