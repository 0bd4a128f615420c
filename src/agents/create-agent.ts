import { assertNever } from '../lib/assert-never.ts';
import { agentName, type AgentSpec } from '../core/agent-spec.ts';
import type { Agent } from '../ports.ts';
import type { AgentCli, AgentWorld } from './agent-cli.ts';
import { agentEnv } from './agent-env.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { command } from './command.ts';
import { runCall } from './run-call.ts';

/** The agent that a setting such as `codex:gpt-5.5:high` or `cmd:./review.sh` names. */
export function createAgent(spec: AgentSpec, world: AgentWorld): Agent {
  const cli = cliOf(spec, world);
  const { model, effort } = cli;
  return {
    name: agentName(spec),
    model,
    effort,
    run: (call, signal) => runCall({ cli, world, call }, signal),
  };
}

function cliOf(spec: AgentSpec, world: AgentWorld): AgentCli {
  switch (spec.kind) {
    case 'codex':
      return codex(spec, { ...world, env: agentEnv('codex', world.env, world) });
    case 'claude':
      return claude(spec, { ...world, env: agentEnv('claude', world.env, world) });
    case 'cmd':
      return command(spec, world);
    default:
      return assertNever(spec);
  }
}
