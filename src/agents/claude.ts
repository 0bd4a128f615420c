import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentSpec } from '../core/agent-spec.ts';
import { scratchError } from '../errors/agents.ts';
import type { AgentCall } from '../ports.ts';
import type { AgentCli, AgentWorld, Env } from './agent-cli.ts';
import { claudeArgs } from './claude-args.ts';
import { claudeListener } from './claude-listener.ts';
import { editRules, type Rules } from './claude-rules.ts';
import { failure } from './failures.ts';
import type { Scratch } from './scratch.ts';

/** `claude -p`: reads the repository it works in, or edits the one file of a scratch directory. */
export function claude(spec: Extract<AgentSpec, { kind: 'codex' | 'claude' }>, world: AgentWorld): AgentCli {
  return {
    name: 'claude',
    model: spec.model,
    effort: spec.effort,
    idleTimeoutMs: 5 * 60_000,
    async command(call, scratch) {
      const rules = rulesFor(call, scratch, world);
      if (rules === undefined)
        return { ok: false, failure: failure('bad-request', inexpressible(world.plan.relative)) };
      const tmp = join(scratch.aside, 'tmp');
      await mkdir(tmp).catch((error: unknown) => {
        throw scratchError(tmp, error);
      });
      const args = claudeArgs({ ...spec, schema: call.schema, rules, agentConfig: world.agentConfig });
      const cwd = scratch.plan === null ? world.repoRoot : scratch.dir;
      return {
        ok: true,
        value: { file: 'claude', args, cwd, env: claudeEnv(world.env, tmp), input: asText(call.prompt) },
      };
    },
    listener: () => claudeListener(spec.model, world.now),
  };
}

function rulesFor(call: AgentCall, scratch: Scratch, world: AgentWorld): Rules | null | undefined {
  if (call.edit === null || scratch.plan === null) return null;
  return editRules({ plan: scratch.plan, dir: scratch.dir, repoRoot: world.repoRoot });
}

function inexpressible(plan: string): string {
  return `claude cannot be allowed to edit ${plan} and nothing else, because of its path; use \`--edit-mode patch\`.`;
}

function claudeEnv(env: Env, tmp: string): Env {
  return {
    ...env,
    // Set inside of a Claude Code session, and of no concern to this one.
    CLAUDECODE: undefined,
    // Would go on for hours against a limit.
    CLAUDE_CODE_RETRY_WATCHDOG: undefined,
    CLAUDE_CODE_MAX_RETRIES: '3',
    // Otherwise `@path` in a plan attaches that file, whatever the permissions.
    CLAUDE_CODE_DISABLE_ATTACHMENTS: '1',
    CLAUDE_CODE_TMPDIR: tmp,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_AUTOUPDATER: '1',
  };
}

/** A prompt that begins with a slash would be taken for a command. */
function asText(prompt: string): string {
  return prompt.trimStart().startsWith('/') ? `Text:\n${prompt}` : prompt;
}
