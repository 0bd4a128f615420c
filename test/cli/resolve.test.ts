import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolve, type Sources } from '../../src/cli/resolve.ts';

let home: string;
let project: string;

beforeEach(() => {
  const dir = mkdtempSync(join(tmpdir(), 'refine-plan-resolve-'));
  [home, project] = [join(dir, 'home'), join(dir, 'project')];
  for (const it of [join(home, 'refine-plan'), project]) mkdirSync(it, { recursive: true });
});

afterEach(() => rmSync(join(home, '..'), { recursive: true }));

describe('a setting is taken from the nearest that names it', () => {
  it.each<[origin: string, value: unknown, without: number]>([
    ['flag', 1, 0],
    ['REFINE_PLAN_TIMEOUT', 2, 1],
    ['CODEX_TIMEOUT', 3, 2],
    ['.refine-plan.json', 4, 3],
    ['config.json', 5, 4],
    ['default', 1200, 5],
  ])('%s', async (origin, seconds, without) => {
    const sources: ((all: Mutable<Sources>) => void)[] = [
      (all) => (all.flags = new Map([['timeout', '1s']])),
      (all) => (all.env = { ...all.env, REFINE_PLAN_TIMEOUT: '2s' }),
      (all) => (all.env = { ...all.env, CODEX_TIMEOUT: '3' }),
      () => projectFile({ timeout: '4s' }),
      () => userFile({ timeout: '5s' }),
    ];

    const resolved = await resolveWith((all) => sources.slice(without).forEach((add) => add(all)));

    const { value, origin: from } = resolved.options.get('timeout') ?? {};
    expect({ value, from: from?.split('/').at(-1) }).toEqual({ value: Number(seconds) * 1000, from: origin });
  });

  it('an empty variable is an unset one', async () => {
    const { options } = await resolveWith(
      (all) => (all.env = { ...all.env, REFINE_PLAN_MAX_ROUNDS: '', PLAN_GLOB: 'plans/*.md' }),
    );

    expect(options.get('max-rounds')).toMatchObject({ value: 20, origin: 'default' });
    expect(options.get('plan-glob')).toMatchObject({ value: 'plans/*.md', origin: 'PLAN_GLOB' });
  });

  it.each(['REFINE_PLAN_MAX_ROUND', 'REFINE_PLAN_DRY_RUN', 'REFINE_PLAN_QUIET'])(
    'a variable that is none is refused: %s',
    async (name) => {
      const found = resolveWith((all) => (all.env = { ...all.env, [name]: '1' }));

      await expect(found).rejects.toMatchObject({
        code: 'unknown_variable',
        exitCode: 2,
        message: `The environment sets ${name}, and there is no such setting.`,
      });
      await resolveWith((all) => (all.env = { ...all.env, [name]: '' })); // as good as unset
    },
  );

  it('what agents are told is never read as a setting', async () => {
    const told = {
      REFINE_PLAN_ROLE: 'reviewer',
      REFINE_PLAN_PLAN: '/x',
      REFINE_PLAN_ROUND: '3',
      REFINE_PLAN_RUN: 'r',
      REFINE_PLAN_REPO: '/r',
      REFINE_PLAN_SCHEMA: '{}',
    };

    const { options } = await resolveWith((all) => (all.env = { ...all.env, ...told }));

    expect([...options.values()].filter(({ origin }) => origin !== 'default')).toEqual([]);
  });
});

describe('the file of a project', () => {
  const UNSAFE = {
    reviewer: 'cmd:x',
    verifier: 'codex:o3',
    agentConfig: 'user',
    stateRoot: '/x',
    maxRounds: 3,
    prompts: { review: 'a.md' },
  };

  it('may not say what runs, what agents are told, or where files go', async () => {
    projectFile(UNSAFE);

    const { options, prompts, ignored } = await resolveWith(() => undefined);

    expect(ignored).toEqual(['"reviewer"', '"agentConfig"', '"stateRoot"', 'the prompt "review"']);
    expect(prompts.size).toBe(0);
    expect(options.get('reviewer')).toMatchObject({ value: ['codex'], origin: 'default' });
    expect(options.get('verifier')).toMatchObject({ value: 'codex:o3' });
    expect(options.get('max-rounds')).toMatchObject({ value: 3 });
  });

  it('may not put a command among several reviewers, or make one the arbiter', async () => {
    projectFile({ reviewer: ['codex', 'cmd:x'], arbiter: 'cmd:y', implementer: 'codex:o3' });

    const { options, ignored } = await resolveWith(() => undefined);

    expect(ignored).toEqual(['"reviewer"', '"arbiter"']);
    expect(options.get('reviewer')).toMatchObject({ value: ['codex'], origin: 'default' });
    expect(options.get('implementer')).toMatchObject({ value: 'codex:o3' });
  });

  it('may where it is trusted', async () => {
    projectFile(UNSAFE);

    const { options, prompts, ignored } = await resolveWith((all) => (all.trustProject = true));

    expect(ignored).toEqual([]);
    expect(prompts.get('review')).toEqual({ path: 'a.md', from: join(project, '.refine-plan.json') });
    expect(options.get('reviewer')).toMatchObject({ value: ['cmd:x'] });
  });

  it('gives way to the one that was named, which is trusted where it lies elsewhere; the user’s own stays behind it', async () => {
    projectFile({ maxRounds: 3 });
    userFile({ maxRounds: 4, onStuck: 'expand', prompts: { review: 'u.md', retry: 'u2.md' } });
    const named = join(home, 'named.json');
    writeFileSync(named, JSON.stringify({ reviewer: 'cmd:x', prompts: { review: 'n.md' } }));

    const { options, prompts } = await resolveWith((all) => (all.configFile = named));

    expect(options.get('max-rounds')).toMatchObject({ value: 4 });
    expect(options.get('reviewer')).toMatchObject({ value: ['cmd:x'], origin: named });
    expect([...prompts].map(([name, { path }]) => [name, path])).toEqual([
      ['review', 'n.md'],
      ['retry', 'u2.md'],
    ]);
  });
});

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function resolveWith(change: (sources: Mutable<Sources>) => unknown): ReturnType<typeof resolve> {
  const sources: Mutable<Sources> = {
    flags: new Map(),
    env: { XDG_CONFIG_HOME: home },
    projectRoot: project,
    configFile: null,
    trustProject: false,
  };
  change(sources);
  return resolve(sources);
}

function projectFile(config: unknown): void {
  writeFileSync(join(project, '.refine-plan.json'), JSON.stringify(config));
}

function userFile(config: unknown): void {
  writeFileSync(join(home, 'refine-plan', 'config.json'), JSON.stringify(config));
}
