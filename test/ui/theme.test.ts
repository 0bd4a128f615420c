import { describe, expect, it } from 'vitest';
import { themeFor } from '../../src/ui/theme.ts';

const TERMINAL = { isTTY: true, columns: 80 };
const UTF8 = { LANG: 'de_DE.UTF-8', TERM: 'xterm-256color' };

describe('a theme', () => {
  it.each<[what: string, stream: object, env: NodeJS.ProcessEnv, noColor: boolean, expected: boolean]>([
    ['a terminal has colours', TERMINAL, UTF8, false, true],
    ['a pipe has none', {}, UTF8, false, false],
    ['NO_COLOR takes them away', TERMINAL, { ...UTF8, NO_COLOR: '1' }, false, false],
    ['an empty NO_COLOR does not', TERMINAL, { ...UTF8, NO_COLOR: '' }, false, true],
    ['--no-color takes them away', TERMINAL, { ...UTF8, FORCE_COLOR: '1' }, true, false],
    ['FORCE_COLOR gives them to a pipe', {}, { ...UTF8, FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0 takes them from a terminal', TERMINAL, { ...UTF8, FORCE_COLOR: '0' }, false, false],
    [
      'NO_COLOR is heard before FORCE_COLOR',
      TERMINAL,
      { ...UTF8, NO_COLOR: '1', FORCE_COLOR: '1' },
      false,
      false,
    ],
    ['a dumb terminal has none', TERMINAL, { ...UTF8, TERM: 'dumb' }, false, false],
  ])('%s', (_, stream, env, noColor, expected) => {
    expect(themeFor(stream, env, { noColor, quiet: false }).colors.isColorSupported).toBe(expected);
  });

  it.each<[what: string, env: NodeJS.ProcessEnv, expected: boolean]>([
    ['the language says UTF-8', { LANG: 'C.UTF-8' }, true],
    ['it says so in another spelling', { LC_CTYPE: 'en_GB.utf8' }, true],
    ['LC_ALL says otherwise', { LANG: 'C.UTF-8', LC_ALL: 'C' }, false],
    ['the language is C', { LANG: 'C' }, false],
    ['nothing is said', {}, false],
    ['the terminal is dumb', { LANG: 'C.UTF-8', TERM: 'dumb' }, false],
    ['it is the console of Linux', { LANG: 'C.UTF-8', TERM: 'linux' }, false],
  ])('has symbols or plain characters where %s', (_, env, expected) => {
    const { line, double, down, dot, ellipsis } = themeFor(TERMINAL, env, { noColor: false, quiet: false });

    expect([line, double, down, dot, ellipsis]).toEqual(
      expected ? ['─', '═', '↓', '·', '…'] : ['-', '=', 'v', '|', '...'],
    );
  });

  it.each<[what: string, stream: object, env: NodeJS.ProcessEnv, quiet: boolean, expected: boolean]>([
    ['a terminal', TERMINAL, UTF8, false, true],
    ['no pipe', {}, UTF8, false, false],
    ['no terminal without a width', { isTTY: true, columns: 0 }, UTF8, false, false],
    ['no dumb terminal', TERMINAL, { ...UTF8, TERM: 'dumb' }, false, false],
    ['no terminal of a CI', TERMINAL, { ...UTF8, CI: 'true' }, false, false],
    ['a terminal where CI is said to be off', TERMINAL, { ...UTF8, CI: 'false' }, false, true],
    ['nothing under --quiet', TERMINAL, UTF8, true, false],
  ])('lets a spinner stand on %s', (_, stream, env, quiet, expected) => {
    expect(themeFor(stream, env, { noColor: false, quiet }).isLive).toBe(expected);
  });
});
