import { describe, expect, it } from 'vitest';
import { redact } from '../../src/lib/redact.ts';

describe('a text without secrets', () => {
  const env = {
    OPENAI_API_KEY: 'plain-secret-1',
    GITHUB_TOKEN: 'plain-secret-1-and-more',
    DB_PASSWORD: 'hunter2',
    CLIENT_SECRET: '',
    PATH: '/usr/local/bin',
    UNSET_TOKEN: undefined,
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
    ['web tokens', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-def_123', '[redacted]'],
  ])('has no %s', (_, text, expected) => {
    expect(redact(text, env)).toBe(expected);
  });

  it.each([
    ['values of other variables', 'see /usr/local/bin'],
    ['values too short to be told from words', 'hunter2'],
    ['words that look a little like it', 'sk-short task-0123456789abcdefgh AKIA ghp_ eyJ.eyJ.x'],
    ['nothing at all', ''],
  ])('keeps %s', (_, text) => {
    expect(redact(text, env)).toBe(text);
  });
});
