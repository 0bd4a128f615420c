import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgent } from '../../agents/create-agent.ts';
import { agentName } from '../../core/agent-spec.ts';
import type { Failure } from '../../core/failure.ts';
import { readReview } from '../../core/reading.ts';
import { ReviewAnswer } from '../../core/review-schema.ts';
import type { Settings } from '../../core/settings.ts';
import { wireSchema } from '../../core/wire-schema.ts';
import { LOGIN } from '../../errors/agents.ts';
import { formatDuration } from '../../lib/duration.ts';
import { oneLine, truncate } from '../../lib/text.ts';
import type { CallResult } from '../../ports.ts';
import { noteCall } from '../../store/call-notes.ts';
import { specOf } from '../agents.ts';
import type { Place } from '../place.ts';
import type { World } from '../world.ts';
import { agentsOf } from './agent-checks.ts';
import { fine, gap, type Check } from './check.ts';

/** The longest that a live check waits, in milliseconds. */
const LONGEST = 120_000;

const PROMPT = `This only checks that you can be reached. There is nothing to review, and nothing to read.
Answer with this JSON object and nothing else:
{"verdict":"approve","summary":"","findings":[],"next_steps":[]}
`;

/** A live check, and what it cost. */
export type LiveCheck = Check & {
  readonly calls: 1;
  readonly tokens: CallResult['tokens'];
  readonly duration_ms: number;
};

/** Calls each agent once, for real and one after the other, with a tiny prompt and the schema of a review. */
export async function liveChecks(settings: Settings, place: Place, world: World): Promise<LiveCheck[]> {
  using _ = world.signals.heed();
  const dir = await mkdtemp(join(tmpdir(), 'refine-plan-doctor-'));
  try {
    const checks: LiveCheck[] = [];
    for (const spec of agentsOf(settings))
      checks.push(await liveCheck(spec, { settings, place, dir }, world));
    return checks;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

type Calling = { readonly settings: Settings; readonly place: Place; readonly dir: string };

async function liveCheck(text: string, { settings, place, dir }: Calling, world: World): Promise<LiveCheck> {
  const spec = specOf(text);
  const name = agentName(spec);
  const root = place.repo?.root ?? world.cwd;
  const agent = createAgent(spec, {
    env: world.env,
    secretsOf: world.env,
    runId: 'doctor',
    plan: { path: join(root, 'plan.md'), relative: 'plan.md' },
    repoRoot: root,
    agentConfig: settings.agent_config,
    passEnv: settings.pass_env ?? [],
    announce: () => undefined,
    now: world.now,
    note: (call) => noteCall(dir, { run: 'doctor', ...call }),
  });
  const result = await agent.run(
    {
      call: 'doctor',
      round: 0,
      role: 'reviewer',
      purpose: 'review',
      prompt: PROMPT,
      schema: wireSchema(ReviewAnswer),
      edit: null,
      log: join(dir, `${name}.log`),
      timeoutMs: settings.timeout_ms === 0 ? LONGEST : Math.min(settings.timeout_ms, LONGEST),
      idleTimeoutMs: settings.idle_timeout_ms,
    },
    world.signals.signal,
  );
  const { tokens, durationMs } = result;
  return { ...judged(`${name} live`, spec.kind, result), calls: 1, tokens, duration_ms: durationMs };
}

function judged(name: string, kind: keyof typeof LOGIN | 'cmd', result: CallResult): Check {
  const cost = costOf(result);
  if (result.failure)
    return gap(name, `${oneLine(result.failure.message)} (${cost})`, fixOf(result.failure, kind));
  const reading = readReview(result.answer ?? '');
  if ('rung' in reading) return fine(name, `answers as asked (${cost})`);
  const said = truncate(oneLine(result.answer ?? ''), 100);
  return gap(name, `answers, but not as asked: ${reading.problem} (${cost}) ${said}`.trim(), OTHER);
}

function costOf({ tokens, durationMs, model }: CallResult): string {
  const spent = tokens ? `${tokens.input + tokens.output} tokens` : 'tokens not told';
  return ['1 call', spent, formatDuration(durationMs), ...(model === null ? [] : [model])].join(', ');
}

const OTHER = 'Name another model or agent with: --reviewer and --implementer';

function fixOf({ kind, resets_at: resets }: Failure, agent: keyof typeof LOGIN | 'cmd'): string {
  switch (kind) {
    case 'auth':
      return agent === 'cmd' ? OTHER : `Run: ${LOGIN[agent].command} (or set ${LOGIN[agent].key})`;
    case 'usage-limit':
    case 'quota':
      return resets === null ? OTHER : `It resets at ${resets}. To wait for it in a run: --wait-for-limit 6h`;
    case 'overloaded':
    case 'disconnected':
    case 'timeout':
    case 'idle-timeout':
      return 'See whether the network lets it through, then run again: refine-plan doctor --live';
    default:
      return OTHER;
  }
}
