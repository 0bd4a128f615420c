import { describe, expect, it } from 'vitest';
import { redactor } from '../../src/lib/redact.ts';

describe('a text without secrets', () => {
  const env = {
    OPENAI_API_KEY: 'plain-secret-1',
    GITHUB_TOKEN: 'plain-secret-1-and-more',
    DB_PASSWORD: 'hunter2',
    CLIENT_SECRET: '',
    PATH: '/usr/local/bin',
    UNSET_TOKEN: undefined,
    ODD_SECRET: 'a"b\\c-secret',
    SSH_KEY: '-----BEGIN KEY-----\nMIIEowIBAAKCAQEAabc\n-----END KEY-----',
    SSH_KEY_PATH: '/home/ada/.ssh/id_rsa',
    MAX_TOKENS: '1000000000',
    API_KEY_HEADER: 'authorization',
  };

  it.each([
    ['values of variables with secret names', 'key plain-secret-1.', 'key [redacted].'],
    ['every time they stand there', 'plain-secret-1 plain-secret-1', '[redacted] [redacted]'],
    ['a value that begins with another one', 'plain-secret-1-and-more', '[redacted]'],
    [
      'OpenAI and Anthropic keys',
      'sk-ant-api03-abcdefghijkl sk-proj-0123456789abcdefg',
      '[redacted] [redacted]',
    ],
    ['GitHub tokens', `ghp_${'a'.repeat(36)} github_pat_${'b'.repeat(30)}`, '[redacted] [redacted]'],
    ['AWS key ids', 'AKIAIOSFODNN7EXAMPLE', '[redacted]'],
    ['Slack tokens', 'xoxb-123456789012-abcdef', '[redacted]'],
    ['GitLab tokens', `glpat-${'a'.repeat(20)}`, '[redacted]'],
    ['a password in an address', 'postgres://ada:s3cret@db/x', 'postgres://ada:[redacted]@db/x'],
    [
      'what is sent as authorization',
      'Authorization: Bearer abcdefgh12345',
      'Authorization: Bearer [redacted]',
    ],
    ['what a checkout leaves behind', 'basic eC1hY2Nlc3MtdG9rZW46Z2hzXw==', 'basic [redacted]'],
    ['private keys', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '[redacted]'],
    ['values as they stand in JSON', JSON.stringify('a"b\\c-secret'), '"[redacted]"'],
    [
      'values as they stand in JSON within JSON',
      JSON.stringify(JSON.stringify('a"b\\c-secret')),
      String.raw`"\"[redacted]\""`,
    ],
    [
      'tokens at the beginning of a line, or behind what acts, in JSON',
      JSON.stringify(
        `x\nghp_${'a'.repeat(36)}\u001bnpm_${'b'.repeat(36)}\nauthorization: bearer abcdefgh12345`,
      ),
      String.raw`"x\n[redacted]\u001b[redacted]\nauthorization: bearer [redacted]"`,
    ],
    ['lines of a value that has several', 'MIIEowIBAAKCAQEAabc', '[redacted]'],
    ['web tokens', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-def_123', '[redacted]'],
  ])('has no %s', (_, text, expected) => {
    expect(redactor(env)(text)).toBe(expected);
  });

  it.each([
    ['values of other variables', 'see /usr/local/bin'],
    ['paths, numbers and words', 'see /home/ada/.ssh/id_rsa, 1000000000, authorization'],
    ['addresses without a password', 'https://e.example:8080/a and git@e.example:a'],
    ['values too short to be told from words', 'hunter2'],
    ['words that look a little like it', 'sk-short task-0123456789abcdefgh AKIA ghp_ eyJ.eyJ.x'],
    ['nothing at all', ''],
  ])('keeps %s', (_, text) => {
    expect(redactor(env)(text)).toBe(text);
  });
});

describe('the names of variables that are handed on', () => {
  it('are no secrets, although that setting is called as if they were', () => {
    const env = { REFINE_PLAN_PASS_ENV: 'CORP_PROXY_HOST\nCORP_PROXY_PORT', CORP_PASS: 'hush-1234' };

    expect(redactor(env)('CORP_PROXY_HOST hush-1234')).toBe('CORP_PROXY_HOST [redacted]');
  });
});
