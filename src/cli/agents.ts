import { parseAgentSpec, type AgentSpec } from '../core/agent-spec.ts';
import { tokensUnknown } from '../errors/cli.ts';
import { detectAgent } from '../agents/detect.ts';
import { agentMissing, agentTooOld } from '../errors/agents.ts';
import { OLDEST_CODEX } from '../agents/version.ts';
import type { Resolution } from './resolve.ts';
import { valueOf } from './settings.ts';
import type { World } from './world.ts';

/** Looking for a program is bounded by itself. */
const NEVER = new AbortController().signal;

export type ChosenAgents = {
  readonly reviewer: string;
  readonly implementer: string;
  readonly verifier: string;
};

/** Who takes each role: as set, else the defaults. Everyone who will be called is looked for before the first paid call. */
export async function chooseAgents(
  resolution: Resolution,
  world: World,
  { needsImplementer = true } = {},
): Promise<ChosenAgents> {
  const text = (name: string): string | null => {
    const value = valueOf(resolution, name);
    return typeof value === 'string' ? value : null;
  };
  const reviewer = text('reviewer') ?? 'codex';
  const implementer = text('implementer') ?? (needsImplementer ? await defaultImplementer(world) : reviewer);
  const chosen = { reviewer, implementer, verifier: text('verifier') ?? reviewer };
  const needed = needsImplementer ? Object.values(chosen) : [reviewer];
  for (const spec of new Set(needed)) await mustBeThere(specOf(spec), world);
  refuseUncountedTokens(resolution, needed);
  return chosen;
}

/** A spec that was checked when it was read. */
export function specOf(text: string): AgentSpec {
  const spec = parseAgentSpec(text);
  if (!spec) throw new Error(`Not an agent: ${text}`);
  return spec;
}

async function defaultImplementer({ env }: World): Promise<string> {
  const claude = await detectAgent('claude', env, NEVER);
  return claude.isInstalled && claude.isLoggedIn ? 'claude' : 'codex';
}

async function mustBeThere(spec: AgentSpec, { env }: World): Promise<void> {
  if (spec.kind === 'cmd') return;
  const found = await detectAgent(spec.kind, env, NEVER);
  if (!found.isInstalled) throw agentMissing(spec.kind, found.hint);
  if (found.isTooOld) throw agentTooOld(spec.kind, found.version ?? '?', OLDEST_CODEX);
}

function refuseUncountedTokens(resolution: Resolution, specs: readonly string[]): void {
  if (valueOf(resolution, 'max-tokens') === null) return;
  const silent = specs.find((spec) => spec.startsWith('cmd:'));
  if (silent !== undefined) throw tokensUnknown(silent);
}
