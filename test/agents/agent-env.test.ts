import { describe, expect, it } from 'vitest';
import { agentEnv } from '../../src/agents/agent-env.ts';

const ISOLATED = { agentConfig: 'isolated', passEnv: [] } as const;
const JOB = {
  PATH: '/usr/bin:.::bin:/bin',
  HOME: '/home/ada',
  LC_ALL: 'C.UTF-8',
  https_proxy: 'http://proxy',
  CODEX_HOME: '/c',
  CODEX_API_KEY: 'k1',
  OPENAI_API_KEY: 'k2',
  ANTHROPIC_API_KEY: 'k3',
  CLAUDE_CODE_OAUTH_TOKEN: 'k4',
  AWS_SECRET_ACCESS_KEY: 'k5',
  GITHUB_TOKEN: 'k6',
  GITHUB_ENV: '/runner/env',
  NPM_TOKEN: 'k7',
  NODE_OPTIONS: '--require ./evil.js',
  BASH_ENV: './evil.sh',
  LD_PRELOAD: './evil.so',
  UNSET: undefined,
};

describe('of the environment of a job', () => {
  it.each([
    ['codex', ['CODEX_API_KEY', 'CODEX_HOME']],
    ['claude', ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN']],
  ] as const)('%s gets what it needs, and that git trusts no directory of a checkout', (agent, own) => {
    const env = agentEnv(agent, JOB, ISOLATED);

    const git = ['GIT_CONFIG_COUNT', 'GIT_CONFIG_KEY_0', 'GIT_CONFIG_VALUE_0'];
    const expected = [...own, ...git, 'HOME', 'LC_ALL', 'PATH', 'https_proxy'];
    expect(Object.keys(env).toSorted()).toEqual(expected.toSorted());
    expect([env.PATH, env.GIT_CONFIG_KEY_0]).toEqual(['/usr/bin:/bin', 'safe.bareRepository']);
  });

  it('claude gets the login of the cloud whose models it uses', () => {
    const env = agentEnv('claude', { ...JOB, CLAUDE_CODE_USE_BEDROCK: '1' }, ISOLATED);

    expect(env).toMatchObject({ AWS_SECRET_ACCESS_KEY: 'k5' });
  });

  it('both get what is named beside it, exactly', () => {
    const env = agentEnv('codex', JOB, { agentConfig: 'isolated', passEnv: ['NPM_TOKEN', 'GITHUB'] });

    expect([env.NPM_TOKEN, env.GITHUB_TOKEN]).toEqual(['k7', undefined]);
  });

  it('both get all of it with the user’s own settings, which may name any variable', () => {
    const { UNSET: _, PATH: __, ...rest } = JOB;

    const env = agentEnv('codex', JOB, { agentConfig: 'user', passEnv: [] });

    expect(env).toEqual({ ...rest, PATH: '/usr/bin:/bin' });
  });
});
