import { MARKS } from '../process/mark.ts';

/** The command line of one call; the prompt comes on standard input. */
export function codexArgs(call: {
  readonly model: string | null;
  readonly effort: string | null;
  /** The working directory: empty, or holding the copy that may be edited. */
  readonly dir: string;
  readonly schema: string | null;
  readonly edits: boolean;
  readonly agentConfig: 'isolated' | 'user';
  /** What all processes of the call are known by: those of the model's shell get no other variable of ours. */
  readonly mark: string;
}): string[] {
  const isolated = call.agentConfig === 'isolated';
  return [
    'exec',
    '--json',
    '--ephemeral',
    '--color',
    'never',
    // Always said: a trusted project may ask for more. Rule files are left out because they lift the sandbox.
    '--sandbox',
    call.edits ? 'workspace-write' : 'read-only',
    '--ignore-rules',
    ...(isolated ? ['--ignore-user-config'] : []),
    '--skip-git-repo-check',
    '--cd',
    call.dir,
    ...switches([...ALWAYS, `shell_environment_policy.set.${MARKS}="${call.mark}"`]),
    ...switches(call.edits ? WRITING : []),
    ...switches(isolated ? ISOLATED : []),
    ...(call.model === null ? [] : ['-m', call.model]),
    ...switches(call.effort === null ? [] : [`model_reasoning_effort="${call.effort}"`]),
    ...(call.schema === null ? [] : ['--output-schema', call.schema]),
    '-',
  ];
}

/** Against waiting for ever without a network, secrets in the model's shell, and whatever speaks up from a directory. */
const ALWAYS = [
  'features.unbounded_connection_retries=false',
  'shell_environment_policy.inherit="core"',
  'project_doc_max_bytes=0',
  'features.shell_snapshot=false',
  'features.hooks=false',
];

/** Only the copy may be written: by default the directories for temporary files may be as well. */
const WRITING = [
  'sandbox_workspace_write.exclude_slash_tmp=true',
  'sandbox_workspace_write.exclude_tmpdir_env_var=true',
  'sandbox_workspace_write.writable_roots=[]',
  'sandbox_workspace_write.network_access=false',
];

/** Nothing but the prompt and the repository. Switches that a version does not know are ignored by it. */
const ISOLATED = [
  'web_search="disabled"',
  'skills.include_instructions=false',
  'skills.bundled.enabled=false',
  'features.plugins=false',
  'features.apps=false',
  'features.goals=false',
  'agents.enabled=false',
  'allow_login_shell=false',
  'analytics.enabled=false',
];

function switches(settings: readonly string[]): string[] {
  return settings.flatMap((setting) => ['-c', setting]);
}
