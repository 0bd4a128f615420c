/** Who an agent is: a known CLI with an optional model and effort, or any shell command. */
export type AgentSpec =
  | { readonly kind: 'codex' | 'claude'; readonly model: string | null; readonly effort: string | null }
  | { readonly kind: 'cmd'; readonly command: string };

/** Reads `codex[:model[:effort]]`, `claude[:model[:effort]]` or `cmd:<shell command>`; undefined when it is none of these. */
export function parseAgentSpec(text: string): AgentSpec | undefined {
  if (text.startsWith('cmd:')) {
    const command = text.slice('cmd:'.length).trim();
    return command === '' || command.includes('\0') ? undefined : { kind: 'cmd', command };
  }
  const [kind, model = '', effort = '', ...rest] = text.split(':');
  if ((kind !== 'codex' && kind !== 'claude') || rest.length > 0) return undefined;
  if (!/^(?!-)[\w.\-/[\]]*$/.test(model) || !/^\w*$/.test(effort)) return undefined;
  return { kind, model: model || null, effort: effort || null };
}

/** The name a person reads: `codex`, `claude`, `cmd`. */
export function agentName(spec: AgentSpec): string {
  return spec.kind;
}
