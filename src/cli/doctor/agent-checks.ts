import type { EnvWishes } from '../../agents/agent-env.ts';
import { OLDEST_CODEX } from '../../agents/version.ts';
import type { Settings } from '../../core/settings.ts';
import { agentTooOld, LOGIN } from '../../errors/agents.ts';
import { detectIn, specOf, wishesOf } from '../agents.ts';
import type { World } from '../world.ts';
import { fine, gap, type Check } from './check.ts';

/** Everybody whom a run with these settings may call, each once. */
export function agentsOf({
  reviewer,
  further_reviewers: further,
  implementer,
  verifier,
  arbiter,
}: Settings): string[] {
  return [...new Set([reviewer, ...further, implementer, verifier, ...(arbiter === null ? [] : [arbiter])])];
}

/** Who takes each role, and whether each is installed, new enough, logged in and able to work; no request is made. */
export async function agentChecks(settings: Settings, world: World): Promise<Check[]> {
  const { reviewer, further_reviewers: further, implementer, verifier, arbiter } = settings;
  const roles = [
    ...[reviewer, ...further].map((spec) => `reviewer ${spec}`),
    `implementer ${implementer}`,
    `verifier ${verifier}`,
    `arbiter ${arbiter ?? 'off'}`,
  ];
  const checks = await Promise.all(
    agentsOf(settings).map((spec) => agentCheck(spec, wishesOf(settings), world)),
  );
  return [fine('agents', `${roles.join(', ')}; edits ${settings.edit_mode}`), ...checks.flat()];
}

async function agentCheck(text: string, wishes: EnvWishes, world: World): Promise<Check[]> {
  const spec = specOf(text);
  if (spec.kind === 'cmd') return [fine('cmd', spec.command)];
  const { kind } = spec;
  const found = await detectIn(kind, world, wishes);
  const { command, key } = LOGIN[kind];
  const old = found.isTooOld ? agentTooOld(kind, found.version ?? '?', OLDEST_CODEX) : null;
  return [
    old ? gap(kind, old.message, old.hint) : fine(kind, `version ${found.version ?? 'unknown'}`),
    found.isLoggedIn
      ? fine(`${kind} login`, 'logged in')
      : gap(`${kind} login`, 'not logged in', `Run: ${command} (or set ${key})`),
    ...sandboxCheck(kind, found.sandboxWorks),
  ];
}

function sandboxCheck(kind: string, works: boolean | null): Check[] {
  if (works === null) return [];
  const fix = 'Allow user namespaces on this machine; until then codex can read nothing but the prompt.';
  const name = `${kind} sandbox`;
  return [works ? fine(name, 'works') : gap(name, 'cannot be set up', fix)];
}
