import { assertNever } from '../lib/assert-never.ts';
import type { AgentSpec } from '../core/agent-spec.ts';

export type PromptLimit = { readonly most: number; readonly unit: 'characters' | 'bytes' };

/** The longest prompt an agent takes; null where no limit is known. */
export function promptLimit(spec: AgentSpec): PromptLimit | null {
  switch (spec.kind) {
    case 'codex':
      return { most: 1_048_576, unit: 'characters' };
    case 'claude':
      return { most: 10_000_000, unit: 'bytes' };
    case 'cmd':
      return null;
    default:
      return assertNever(spec);
  }
}

/** How much of a limit a prompt takes, in the limit's own unit. */
export function promptSize(prompt: string, { unit }: PromptLimit): number {
  return unit === 'bytes' ? Buffer.byteLength(prompt) : Array.from(prompt).length;
}
