import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentSpec } from '../core/agent-spec.ts';
import { scratchError } from '../errors/agents.ts';
import type { AgentCli, AgentWorld } from './agent-cli.ts';
import { codexArgs } from './codex-args.ts';
import { codexEnv } from './codex-env.ts';
import { codexListener } from './codex-listener.ts';
import { isTooOld, OLDEST_CODEX, versionOf } from './version.ts';
import { failure } from './failures.ts';

/** `codex exec`: reads the repository by absolute path, from an empty directory outside of it. */
export function codex(spec: Extract<AgentSpec, { kind: 'codex' | 'claude' }>, world: AgentWorld): AgentCli {
  const { model, effort } = spec;
  const { agentConfig } = world;
  return {
    name: 'codex',
    model,
    effort,
    // Its events have no heartbeat: while a reply streams in, or a model thinks, nothing is printed.
    idleTimeoutMs: 0,
    async command(call, scratch, signal) {
      const env = agentConfig === 'user' ? world.env : await codexEnv(world.env, scratch.aside);
      const found = await versionOf({ file: 'codex', env, cwd: scratch.dir }, signal);
      if (!found.ok) return found;
      const version = found.value;
      if (version !== null && isTooOld(version, OLDEST_CODEX)) {
        return {
          ok: false,
          failure: failure('too-old', `codex ${version} is too old; at least ${OLDEST_CODEX} is needed.`),
        };
      }
      const schema = call.schema && join(scratch.aside, 'schema.json');
      if (schema)
        await writeFile(schema, JSON.stringify(call.schema)).catch((error: unknown) => {
          throw scratchError(schema, error);
        });
      const args = codexArgs({
        model,
        effort,
        dir: scratch.dir,
        schema,
        edits: call.edit !== null,
        agentConfig,
        mark: scratch.mark,
      });
      return { ok: true, value: { file: 'codex', args, cwd: scratch.dir, env, input: call.prompt, version } };
    },
    listener: () => codexListener(model, world.now),
  };
}
