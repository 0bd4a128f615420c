import { describe, expect, it } from 'vitest';
import { gitEnv } from '../../src/git/git-env.ts';

describe('the environment of git', () => {
  it('is the user’s, with identity, configuration and transport, and asks nothing', () => {
    const env = {
      HOME: '/home/ada',
      PATH: '/bin',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
      GIT_CONFIG_COUNT: '0',
      GIT_CONFIG_GLOBAL: '/x',
      GIT_CONFIG_PARAMETERS: `'a.b=c'`,
      GIT_EXEC_PATH: '/x',
      GIT_SSH_COMMAND: 'ssh -v',
      GIT_ASKPASS: '/x',
      GIT_TRACE: '/x',
      GIT_SSL_CAINFO: '/x',
    };

    expect(gitEnv(env)).toEqual({ ...env, LC_MESSAGES: 'C', GIT_TERMINAL_PROMPT: '0' });
  });

  it('has nothing of the repository that a hook around us is at work in', () => {
    const names = [
      'GIT_DIR',
      'GIT_INDEX_FILE',
      'GIT_WORK_TREE',
      'GIT_PREFIX',
      'GIT_OBJECT_DIRECTORY',
      'GIT_NAMESPACE',
      'GIT_COMMON_DIR',
    ];
    const more = [
      'GIT_ALTERNATE_OBJECT_DIRECTORIES',
      'GIT_QUARANTINE_PATH',
      'GIT_LITERAL_PATHSPECS',
      'GPG_TTY',
    ];

    const env = gitEnv(Object.fromEntries([...names, ...more].map((name) => [name, '/x'])));

    expect(env).toEqual({ LC_MESSAGES: 'C', GIT_TERMINAL_PROMPT: '0' });
  });

  it('has English messages, and keeps the character set for filters and hooks', () => {
    const env = gitEnv({ LC_ALL: 'de_DE.UTF-8', LC_CTYPE: 'C', LANG: 'fr_FR.ISO-8859-1' });

    expect(env).toEqual({ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'C', GIT_TERMINAL_PROMPT: '0' });
  });
});
