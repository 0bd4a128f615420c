import { access, mkdir, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { scratchError } from '../errors/agents.ts';
import type { Env } from './agent-cli.ts';

/**
 * The environment of an isolated codex: homes of its own, so that no instructions, skills or rules of the user reach
 * it, with the user's login in them. A login that lies in the keyring hangs on the user's own homes; those then stay.
 */
export async function codexEnv(env: Env, aside: string): Promise<Env> {
  const auth = join(codexHome(env), 'auth.json');
  const hasAuth = await access(auth).then(
    () => true,
    () => false, // Without the file the login is elsewhere, or there is none.
  );
  if (!hasAuth && !env.CODEX_API_KEY) return env;
  const [home, codexDir] = [join(aside, 'home'), join(aside, 'codex')];
  try {
    await mkdir(home);
    await mkdir(codexDir);
    // A link and not a copy: codex writes a renewed login through it.
    if (hasAuth) await symlink(auth, join(codexDir, 'auth.json'));
  } catch (error) {
    throw scratchError(aside, error);
  }
  return { ...env, HOME: home, CODEX_HOME: codexDir };
}

function codexHome(env: Env): string {
  return env.CODEX_HOME || join(env.HOME || homedir(), '.codex');
}
