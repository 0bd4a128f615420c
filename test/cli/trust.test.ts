import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolve, type Resolution, type Sources } from '../../src/cli/resolve.ts';

let root: string;
let home: string;
let project: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'refine-plan-trust-')));
  [home, project] = [join(root, 'home'), join(root, 'project')];
  for (const it of [join(home, 'refine-plan'), project]) mkdirSync(it, { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

/** Trailers by which a commit would do something where it is pushed to. */
const ACTING = [
  '[skip ci]',
  '[ci skip]',
  '[no ci]',
  '[skip actions]',
  '[actions skip]',
  '[CI-Skip]',
  '***NO_CI***',
  'closes #1',
  'fixes o/r#1',
  'resolves GH-1',
  'closes GL-1',
  'closes [issue:1]',
  'Implements PLAN-4',
  'fixes https://e.example/o/r/issues/1',
  '@everybody',
  '[sk\u200bip ci]',
  'closes #\u2060\u206012',
].map((words) => `Team: x ${words}`);

describe('the file of a repository', () => {
  it.each([
    ['reviewer', ['codex', 'cmd:x']],
    ['implementer', 'cmd:x'],
    ['agentConfig', 'user'],
    ['agentConfig', 'isolated'],
    ['passEnv', ['GITHUB_TOKEN']],
    ['stateRoot', '/x'],
    ['onDrift', 'accept'],
    ['onExternalEdit', 'take'],
    ['onRepoChange', 'continue'],
    ['unattended', false],
    ['failOn', 'none'],
    ['timeout', '0'],
    ['timeout', '61m'],
    ['idleTimeout', '0'],
    ['gitTimeout', '24h'],
    ['waitForLimit', '24h'],
    ['maxRounds', 21],
    ['confidenceFloor', 0.51],
    ['maxCalls', 11],
    ['maxTokens', 1001],
    ['commitTrailer', ['Team: a', 'Signed-off-by: Linus <l@example.com>']],
    ['commitTrailer', ['skip-checks: true']],
    ...ACTING.map((trailer): [string, unknown] => ['commitTrailer', [trailer]]),
    ['trustedProjects', ['/']],
  ])('does not have %s as %j', async (key, value) => {
    userFile({ maxCalls: 10, maxTokens: 1000 });
    projectFile({ [key]: value });

    const { ignored, options } = await resolveWith();

    expect(ignored).toEqual([`"${key}"`]);
    expect([...options.values()].filter(({ origin }) => origin.startsWith(project))).toEqual([]);
  });

  it.each([
    ['reviewer', 'claude:opus'],
    ['onDrift', 'abort'],
    ['onExternalEdit', 'abort'],
    ['unattended', true],
    ['failOn', 'critical'],
    ['timeout', '1h'],
    ['gitTimeout', '1s'],
    ['waitForLimit', '0'],
    ['maxRounds', 20],
    ['confidenceFloor', 0.5],
    ['maxCalls', 10],
    ['maxMinutes', 1e6],
    ['commitTrailer', ['Plan-Owner: platform', 'Ticket: PLAN-4', 'Team: a [b], C# @ home']],
  ])('has %s as %j', async (key, value) => {
    userFile({ maxCalls: 10 });
    projectFile({ [key]: value });

    const { ignored, options } = await resolveWith();

    expect(ignored).toEqual([]);
    expect([...options.values()].filter(({ origin }) => origin.startsWith(project))).toHaveLength(1);
  });

  it('has any trailer where it is trusted', async () => {
    projectFile({ commitTrailer: ACTING });

    const { ignored, options } = await resolveWith({ trustProject: true });

    expect(ignored).toEqual([]);
    expect(options.get('commit-trailer')).toMatchObject({ value: ACTING });
  });

  it.each(['Team: a\nSigned-off-by: b', 'Team: a\u2028Signed-off-by: b', 'refine-plan-run: other/1'])(
    'has no trailer that is more than one, or one of ours: %j',
    async (trailer) => {
      projectFile({ commitTrailer: [trailer] });

      await expect(resolveWith({ trustProject: true })).rejects.toMatchObject({ code: 'bad_value' });
    },
  );

  it.each([
    [
      'leads out of it',
      () => symlinkSync('../beside.json', file()),
      'it is a link that leads out of the repository',
    ],
    ['is a device', () => symlinkSync('/dev/zero', file()), 'it is a link that leads out of the repository'],
    ['is huge', () => writeFileSync(file(), `{}${' '.repeat(2 ** 20)}`), 'it is larger than 1048576 bytes'],
    ['is nested without end', () => writeFileSync(file(), '['.repeat(500_000)), 'it is nested too deeply'],
  ])('is refused where it %s', async (_, make, problem) => {
    writeFileSync(join(root, 'beside.json'), '{"timeout": "my-password"}');
    make();

    await expect(resolveWith()).rejects.toThrow(`${file()} cannot be read as JSON: ${problem}.`);
  });

  it('is believed where the user’s own file names the repository, by any path that leads to it', async () => {
    symlinkSync(project, join(root, 'link'));
    projectFile({ implementer: 'cmd:x', prompts: { review: 'a.md' } });

    for (const path of [project, `${project}/`, join(root, 'link')]) {
      userFile({ trustedProjects: ['/gone', path] });
      const { ignored, isTrusted, options } = await resolveWith();
      expect({ ignored, isTrusted }).toEqual({ ignored: [], isTrusted: true });
      expect(options.get('implementer')).toMatchObject({ value: 'cmd:x' });
    }
  });

  it('is not believed for the sake of a directory around it, or one whose name begins alike', async () => {
    mkdirSync(`${project}-2`);
    userFile({ trustedProjects: [root, `${project}-2`, join(project, '..')] });
    projectFile({ implementer: 'cmd:x' });

    expect(await resolveWith()).toMatchObject({ ignored: ['"implementer"'], isTrusted: false });
  });

  it('is not believed for being named on the command line, directly or by a link', async () => {
    writeFileSync(join(project, 'ci.json'), '{"implementer": "cmd:x"}');
    symlinkSync(join(project, 'ci.json'), join(root, 'ci.json'));

    const inside = await resolveWith({ configFile: join(project, 'ci.json') });
    const linked = await resolveWith({ configFile: join(root, 'ci.json') });

    expect([inside, linked].map(({ ignored }) => ignored)).toEqual([['"implementer"'], ['"implementer"']]);
    expect(inside.ignoredIn).toBe('ci.json');
    const trusted = await resolveWith({ configFile: join(project, 'ci.json'), trustProject: true });
    expect(trusted.options.get('implementer')).toMatchObject({ value: 'cmd:x' });
  });

  it('is that of its root: one in a directory below is none', async () => {
    mkdirSync(join(project, 'docs'));
    writeFileSync(join(project, 'docs', '.refine-plan.json'), '{"maxRounds": 3}');

    expect((await resolveWith()).options.get('max-rounds')).toMatchObject({ origin: 'default' });
  });
});

it('a list of trusted repositories holds absolute paths', async () => {
  userFile({ trustedProjects: ['project'] });

  await expect(resolveWith()).rejects.toThrow('it takes a list of absolute paths');
});

it('the user’s own file is not looked for in a relative directory, which would be somebody else’s', async () => {
  mkdirSync(join(home, '.config', 'refine-plan'), { recursive: true });
  writeFileSync(join(home, '.config', 'refine-plan', 'config.json'), '{"maxRounds": 3}');

  const { options } = await resolveWith({ env: { XDG_CONFIG_HOME: 'config', HOME: home } });

  expect(options.get('max-rounds')).toMatchObject({ value: 3 });
});

function resolveWith(change: Partial<Sources> = {}): Promise<Resolution> {
  return resolve({
    flags: new Map(),
    env: { XDG_CONFIG_HOME: home },
    projectRoot: project,
    configFile: null,
    trustProject: false,
    ...change,
  });
}

function file(): string {
  return join(project, '.refine-plan.json');
}

function projectFile(config: unknown): void {
  writeFileSync(file(), JSON.stringify(config));
}

function userFile(config: unknown): void {
  writeFileSync(join(home, 'refine-plan', 'config.json'), JSON.stringify(config));
}
