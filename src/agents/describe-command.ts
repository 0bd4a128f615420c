import type { AgentSpec } from '../core/agent-spec.ts';
import { claudeArgs } from './claude-args.ts';
import { shellQuoted } from '../lib/shell-word.ts';
import { codexArgs } from './codex-args.ts';

/** The command line a call would have, as a person can read it; what only exists during a call stands in angle brackets. */
export function describeCommand(
  spec: AgentSpec,
  { edits, agentConfig }: { readonly edits: boolean; readonly agentConfig: 'isolated' | 'user' },
): string {
  if (spec.kind === 'cmd') return `sh -c ${quote(spec.command)}`;
  const { kind, model, effort } = spec;
  if (kind === 'claude') {
    const rules = edits
      ? { allow: ['Edit(//<scratch>/<plan>)', 'Read(//<repository>/**)'], deny: ['Edit(//<repository>/**)'] }
      : null;
    return [
      kind,
      ...claudeArgs({ model, effort, schema: null, rules, agentConfig }),
      ...(edits ? [] : ['--json-schema=<schema>']),
    ]
      .map(quote)
      .join(' ');
  }
  return [
    kind,
    ...codexArgs({
      model,
      effort,
      dir: '<scratch>',
      schema: edits ? null : '<schema>',
      edits,
      agentConfig,
      mark: '<call>',
    }),
  ]
    .map(quote)
    .join(' ');
}

function quote(word: string): string {
  return shellQuoted(word, /^[\w@%+=:,./<>-]+$/);
}
