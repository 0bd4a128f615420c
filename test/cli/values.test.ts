import { describe, expect, it } from 'vitest';
import { OPTIONS, type OptionSpec } from '../../src/cli/option-table.ts';
import { readValue } from '../../src/cli/values.ts';

describe('a value', () => {
  it.each<[option: string, raw: unknown, value: unknown]>([
    ['max-rounds', '20', 20],
    ['max-rounds', 5, 5],
    ['confidence-floor', '0.35', 0.35],
    ['confidence-floor', '.5', 0.5],
    ['confidence-floor', '1', 1],
    ['max-minutes', 0.5, 0.5],
    ['timeout', '90s', 90_000],
    ['timeout', '1.5h', 5_400_000],
    ['timeout', '0', 0],
    ['timeout', 0, 0],
    ['wait-for-limit', '500ms', 500],
    ['commit', '1', true],
    ['commit', 'false', false],
    ['commit', true, true],
    ['on-drift', 'revert', 'revert'],
    ['implementer', 'codex:gpt-5.5:high', 'codex:gpt-5.5:high'],
    ['reviewer', 'cmd: ./review.sh --json', ['cmd: ./review.sh --json']],
    ['reviewer', 'codex\n\nclaude:opus\n', ['codex', 'claude:opus']],
    ['reviewer', ['codex', 'codex'], ['codex', 'codex']],
    ['arbiter', 'claude', 'claude'],
    ['arbiter', 'off', 'off'],
    ['commit-trailer', 'Team: a\n\nOwner: b\n', ['Team: a', 'Owner: b']],
    ['commit-trailer', ['Team: a'], ['Team: a']],
    ['state-root', '/var/state', '/var/state'],
  ])('of %s: %j is read as %j', (name, raw, value) => {
    expect(readValue(option(name), raw, 'here')).toEqual(value);
  });

  it.each<[option: string, raw: unknown, sentence: string]>([
    ['max-rounds', '0', '"0" is not allowed; it takes a whole number from 1 to 1000.'],
    ['max-rounds', '1.5', '"1.5" is not allowed; it takes a whole number from 1 to 1000.'],
    ['max-rounds', '1e3', '"1e3" is not allowed; it takes a whole number from 1 to 1000.'],
    ['max-rounds', true, 'true is not allowed; it takes a whole number from 1 to 1000.'],
    ['max-calls', '-1', '"-1" is not allowed; it takes a whole number from 1.'],
    ['confidence-floor', 'NaN', '"NaN" is not allowed; it takes a number from 0 to 1.'],
    ['confidence-floor', null, 'null is not allowed; it takes a number from 0 to 1.'],
    ['timeout', '20', '"20" is not allowed; it takes a duration such as 90s, 20m, 1h, or 0.'],
    ['timeout', 20, '20 is not allowed; it takes a duration such as 90s, 20m, 1h, or 0.'],
    ['commit', 'yes', '"yes" is not allowed; it takes 1, 0, true or false.'],
    ['commit', 1, '1 is not allowed; it takes 1, 0, true or false.'],
    ['on-drift', 'Revert', '"Revert" is not allowed; it takes revert, abort, accept.'],
    [
      'reviewer',
      'codex:a:b:c',
      '"codex:a:b:c" is not allowed; it takes codex[:model[:effort]], claude[:model[:effort]] or cmd:<shell command>.',
    ],
    [
      'reviewer',
      'cmd: ',
      '"cmd: " is not allowed; it takes codex[:model[:effort]], claude[:model[:effort]] or cmd:<shell command>.',
    ],
    ['commit-trailer', 'Team a', '"Team a" is not allowed; it takes items of the form "Key: value".'],
    ['commit-trailer', [1], '[1] is not allowed; it takes items of the form "Key: value".'],
    ['state-root', '', '"" is not allowed; it takes a text that is not empty.'],
  ])('of %s that makes no sense is refused with what is allowed: %j', (name, raw, sentence) => {
    expect(() => readValue(option(name), raw, 'here')).toThrow(`here: ${sentence}`);
  });

  it('stands as the default of every option that has one', () => {
    const defaults = OPTIONS.flatMap((spec) =>
      spec.default === null ? [] : [readValue(spec, spec.default, 'default')],
    );

    expect(defaults).not.toContain(undefined);
  });
});

function option(name: string): OptionSpec {
  const found = OPTIONS.find((spec) => spec.name === name);
  if (!found) throw new Error(`There is no option ${name}.`);
  return found;
}
