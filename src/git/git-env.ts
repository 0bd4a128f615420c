import { absoluteEntries } from '../process/search-path.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The environment for git: the user's own, without what ties git to another repository (we may run inside of a hook),
 * without anything that could ask a question, without programs of the directory it runs in, and with messages in English. Filters and hooks keep the character set.
 */
export function gitEnv(env: Env): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || UNWANTED.has(name) ? [] : [[name, value] as const],
  );
  const path = env['PATH'] === undefined ? {} : { PATH: absoluteEntries(env['PATH']) };
  return { ...withEnglishMessages(Object.fromEntries(kept)), ...path, GIT_TERMINAL_PROMPT: '0' };
}

const UNWANTED = new Set([
  // Where the repository is. `git rev-parse --local-env-vars` lists them; the GIT_CONFIG ones are the user's, and stay.
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_CONFIG',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_NAMESPACE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_REFLOG_ACTION',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
  // How paths are read: ours say so themselves.
  'GIT_GLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
  'GIT_LITERAL_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  // A terminal that a signing program could ask on, while nobody waits for its question.
  'GPG_TTY',
]);

/** LC_ALL is taken apart: the messages are read by this program, the character set belongs to filters and hooks. */
function withEnglishMessages({ LC_ALL: all, ...env }: Record<string, string>): Record<string, string> {
  if (all === undefined || all === '') return { ...env, LC_MESSAGES: 'C' };
  const others = Object.entries(env).filter(([name]) => !name.startsWith('LC_'));
  return { ...Object.fromEntries(others), LANG: all, LC_MESSAGES: 'C' };
}
