import { parseAgentSpec, type AgentSpec } from '../core/agent-spec.ts';
import type { Settings } from '../core/settings.ts';
import { THRESHOLDS, type Threshold } from '../core/severity.ts';
import { MOST_HUNTS } from '../core/policies/strategy.ts';
import { tokensUnknown, tooManyReviewers } from '../errors/cli.ts';
import { agentEnv, type EnvWishes } from '../agents/agent-env.ts';
import { detectAgent, type Detected } from '../agents/detect.ts';
import { agentMissing, agentTooOld } from '../errors/agents.ts';
import { OLDEST_CODEX } from '../agents/version.ts';
import type { Resolution } from './resolve.ts';
import { settingsFrom, valueOf, type AgentKey } from './settings.ts';
import type { World } from './world.ts';

/** Looking for a program is bounded by itself. */
const NEVER = new AbortController().signal;

/** The settings of a run with who takes each role: as set, else the defaults. Who will be called is looked for first. */
export async function readySettings(resolution: Resolution, world: World): Promise<Settings> {
  const settings = settingsFrom(resolution, await chooseAgents(resolution, world));
  const reviewers = 1 + settings.further_reviewers.length;
  if (settings.strategy === 'frozen' && reviewers > MOST_HUNTS) throw tooManyReviewers(reviewers, MOST_HUNTS);
  await lookForAgents(settings, world);
  return settings;
}

/** The same for a single review: it has no other role, commits nothing, and is the same under every strategy. */
export async function reviewSettings(resolution: Resolution, world: World): Promise<Settings> {
  const [reviewer, ...further] = reviewersOf(resolution);
  const agents = { reviewer, implementer: reviewer, verifier: reviewer, arbiter: null };
  const chosen = settingsFrom(resolution, { ...agents, further_reviewers: further });
  const settings: Settings = { ...chosen, commit: false, strategy: 'rounds', fail_on: failOnOf(resolution) };
  await lookFor([reviewer, ...further], settings, world);
  return settings;
}

function failOnOf(resolution: Resolution): Threshold {
  const value = valueOf(resolution, 'fail-on');
  return THRESHOLDS.find((threshold) => threshold === value) ?? 'low';
}

/** Throws unless everybody a run may call is there, before the first paid call. */
export async function lookForAgents(settings: Settings, world: World): Promise<void> {
  const { reviewer, further_reviewers: further, implementer, verifier, arbiter } = settings;
  const isArbiterCalled =
    settings.strategy === 'frozen' || settings.arbiter_from_round <= settings.max_rounds;
  const called = [reviewer, ...further, implementer, verifier];
  await lookFor(arbiter !== null && isArbiterCalled ? [...called, arbiter] : called, settings, world);
}

/** Who separates real defects from wording unless it was said: a shell command does so only when it was asked to. */
export function defaultArbiter(implementer: string): string | null {
  return implementer.startsWith('cmd:') ? null : implementer;
}

/** A spec that was checked when it was read. */
export function specOf(text: string): AgentSpec {
  const spec = parseAgentSpec(text);
  if (!spec) throw new Error(`Not an agent: ${text}`);
  return spec;
}

async function chooseAgents(resolution: Resolution, world: World): Promise<Pick<Settings, AgentKey>> {
  const text = (name: string): string | null => {
    const value = valueOf(resolution, name);
    return typeof value === 'string' ? value : null;
  };
  const [reviewer, ...further] = reviewersOf(resolution);
  const implementer = text('implementer') ?? (await defaultImplementer(resolution, world));
  const arbiter = text('arbiter') ?? defaultArbiter(implementer);
  return {
    reviewer,
    further_reviewers: further,
    implementer,
    verifier: text('verifier') ?? reviewer,
    arbiter: arbiter === 'off' ? null : arbiter,
  };
}

/** Everybody who reviews; the first one stands for them where there can be only one. */
export function reviewersOf(resolution: Resolution): [string, ...string[]] {
  const set = valueOf(resolution, 'reviewer');
  const [first = 'codex', ...further] = Array.isArray(set) ? set : [];
  return [first, ...further];
}

async function defaultImplementer(resolution: Resolution, world: World): Promise<string> {
  const passEnv = valueOf(resolution, 'pass-env');
  const claude = await detectIn('claude', world, {
    agentConfig: valueOf(resolution, 'agent-config') === 'user' ? 'user' : 'isolated',
    passEnv: Array.isArray(passEnv) ? passEnv : [],
  });
  return claude.isInstalled && claude.isLoggedIn ? 'claude' : 'codex';
}

async function lookFor(specs: readonly string[], settings: Settings, world: World): Promise<void> {
  const { max_tokens: most } = settings;
  for (const spec of new Set(specs)) await mustBeThere(specOf(spec), settings, world);
  const silent = specs.find((spec) => spec.startsWith('cmd:'));
  if (most !== null && silent !== undefined) throw tokensUnknown(silent);
}

/** What a call would find: an agent is looked for with the very environment that it will have. */
export function detectIn(agent: 'codex' | 'claude', { env }: World, wishes: EnvWishes): Promise<Detected> {
  return detectAgent(agent, agentEnv(agent, env, wishes), NEVER);
}

export function wishesOf({ agent_config: agentConfig, pass_env: passEnv = [] }: Settings): EnvWishes {
  return { agentConfig, passEnv };
}

async function mustBeThere(spec: AgentSpec, settings: Settings, world: World): Promise<void> {
  if (spec.kind === 'cmd') return;
  const found = await detectIn(spec.kind, world, wishesOf(settings));
  if (!found.isInstalled) throw agentMissing(spec.kind, found.hint);
  if (found.isTooOld) throw agentTooOld(spec.kind, found.version ?? '?', OLDEST_CODEX);
}
