import { describe, expect, it } from 'vitest';
import { commandFirst } from '../../src/cli/command-first.ts';

describe('a command', () => {
  it.each([
    ['status', 'status'],
    ['-C DIR status a.md', 'status -C DIR a.md'],
    ['--json status', 'status --json'],
    ['--config c.json --quiet list --json', 'list --config c.json --quiet --json'],
    ['--state-root s findings', 'findings --state-root s'],
    ['--format json report', 'report --format json'],
    ['--max-rounds=3 review a.md', 'review --max-rounds=3 a.md'],
    ['-C DIR config show', 'config show -C DIR'],
  ])('may be named after options: %s', (given, expected) => {
    expect(commandFirst(given.split(' '))).toEqual(expected.split(' '));
  });

  it.each([
    '',
    '--json',
    '-C status',
    '--max-rounds 3 a.md',
    'a.md status',
    '-- status',
    '--reviewer review a.md',
    '--json -- list',
    '--help',
  ])('is not taken for one where it is none: %s', (given) => {
    expect(commandFirst(given.split(' '))).toEqual(given.split(' '));
  });
});
