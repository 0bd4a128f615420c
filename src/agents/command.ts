import type { AgentSpec } from '../core/agent-spec.ts';
import { LONGEST_ANSWER, OVERLONG } from '../core/longest-answer.ts';
import type { AgentCall } from '../ports.ts';
import type { AgentCli, AgentWorld, Env } from './agent-cli.ts';
import { exitMessage, failure } from './failures.ts';
import type { Scratch } from './scratch.ts';

/** Any shell command: the prompt on its standard input, the answer on its standard output, exactly as printed. */
export function command(spec: Extract<AgentSpec, { kind: 'cmd' }>, world: AgentWorld): AgentCli {
  return {
    name: 'cmd',
    model: null,
    effort: null,
    idleTimeoutMs: 0,
    command: async (call, scratch) => ({
      ok: true,
      value: {
        file: 'sh',
        args: ['-c', spec.command],
        cwd: call.edit ? scratch.dir : world.repoRoot,
        env: { ...world.env, ...about(call, scratch, world) },
        input: call.prompt,
        collect: { from: 'log', most: LONGEST_ANSWER, orElse: OVERLONG },
      },
    }),
    listener: () => ({
      answer: (end) =>
        end.exitCode === 0
          ? { ok: true, value: end.output }
          : { ok: false, failure: failure('crashed', exitMessage('The command', end)) },
      known: () => ({ model: null, version: null, tokens: null, toolUses: 0 }),
      trouble: () => null,
    }),
  };
}

function about(call: AgentCall, scratch: Scratch, world: AgentWorld): Env {
  return {
    REFINE_PLAN_ROLE: call.role,
    REFINE_PLAN_PLAN: scratch.plan ?? world.plan.path,
    REFINE_PLAN_REPO: world.repoRoot,
    REFINE_PLAN_ROUND: String(call.round),
    REFINE_PLAN_RUN: world.runId,
    REFINE_PLAN_SCHEMA: call.schema ? JSON.stringify(call.schema) : undefined,
  };
}
