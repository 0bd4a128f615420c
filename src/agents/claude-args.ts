import type { JsonSchema } from '../core/wire-schema.ts';
import { READ_RULES, type Rules } from './claude-rules.ts';

/** The command line of one call; the prompt comes on standard input. Options that take lists need the form with `=`. */
export function claudeArgs(call: {
  readonly model: string | null;
  readonly effort: string | null;
  readonly schema: JsonSchema | null;
  /** What may be edited; null for a call that only reads. */
  readonly rules: Rules | null;
  readonly agentConfig: 'isolated' | 'user';
}): string[] {
  return [
    '-p',
    '--output-format=stream-json',
    '--verbose',
    // Otherwise a long edit that is being written looks like a hang.
    '--include-partial-messages',
    '--no-session-persistence',
    `--setting-sources=${call.agentConfig === 'user' ? 'user' : ''}`,
    '--strict-mcp-config',
    '--disable-slash-commands',
    `--tools=${call.rules ? 'Read,Edit' : 'Read,Grep,Glob'}`,
    '--permission-mode=dontAsk',
    `--settings=${JSON.stringify({ permissions: call.rules ?? READ_RULES })}`,
    ...(call.schema ? [`--json-schema=${JSON.stringify(call.schema)}`] : []),
    ...(call.model === null ? [] : [`--model=${call.model}`]),
    ...(call.effort === null ? [] : [`--effort=${call.effort}`]),
  ];
}
