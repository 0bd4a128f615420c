import { describe, expect, it } from 'vitest';
import { canSyncDirectory, groupTarget, hasProcessTable, showsUnicode } from '../../src/lib/platform.ts';

const SYSTEMS = ['linux', 'darwin', 'win32'] as const;

describe('a platform', () => {
  it.for([
    ['tells of its processes', hasProcessTable, [true, false, false]],
    ['keeps a rename when the directory is synced', canSyncDirectory, [true, true, false]],
  ] as const)('%s on Linux, macOS, Windows', ([, asks, answers]) => {
    expect(SYSTEMS.map((system) => asks(system))).toEqual(answers);
  });

  it('takes a signal for a whole group, but on Windows for a process alone', () => {
    expect(SYSTEMS.map((system) => groupTarget(7, system))).toEqual([-7, -7, 7]);
  });

  it.for([
    [{ LANG: 'de_DE.UTF-8' }, [true, true, true]],
    [{ LANG: 'C' }, [false, false, true]],
    [{}, [false, false, true]],
    [{ LANG: 'C', LC_ALL: 'C.utf8' }, [true, true, true]],
    [{ LANG: 'C.UTF-8', LC_ALL: 'POSIX' }, [false, false, true]],
    [{ LANG: 'C.UTF-8', TERM: 'dumb' }, [false, false, true]],
    [{ LANG: 'C.UTF-8', TERM: 'linux' }, [false, false, true]],
  ] as const)('draws with %j by its locale, but on Windows always', ([env, answers]) => {
    expect(SYSTEMS.map((system) => showsUnicode(env, system))).toEqual(answers);
  });
});
