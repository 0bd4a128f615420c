import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfigFile, userConfigPath } from '../../src/cli/config-file.ts';
import { configSchema } from '../../src/cli/config-schema.ts';
import { configKey, envName, OPTIONS } from '../../src/cli/option-table.ts';

const DIR = mkdtempSync(join(tmpdir(), 'refine-plan-config-'));

afterAll(() => rmSync(DIR, { recursive: true }));

describe('a config file', () => {
  it('is JSON with comments, trailing commas and a byte order mark', async () => {
    const file = await read(
      '\ufeff// mine\n{ "maxRounds": 5, /* the cap */ "commitTrailer": ["Team: a",], "$schema": "x", }',
    );

    expect(file?.values).toEqual(
      new Map<string, unknown>([
        ['max-rounds', 5],
        ['commit-trailer', ['Team: a']],
      ]),
    );
  });

  it('may replace prompts', async () => {
    expect((await read('{"prompts": {"review": "a.md", "fix-patch": "/b.md"}}'))?.prompts).toEqual(
      new Map([
        ['review', 'a.md'],
        ['fix-patch', '/b.md'],
      ]),
    );
  });

  it.each([
    ['{"maxRounds": 5,, }', /cannot be read as JSON: \w+ in line 1\.$/],
    ['', /cannot be read as JSON: ValueExpected in line 1\.$/],
    ['"text"', /cannot be read as JSON: it is not an object\.$/],
    ['{"max-rounds": 5}', /has an unknown key "max-rounds"; known are maxRounds, /],
    [
      '{"prompts": "review.md"}',
      /, "prompts": "review\.md" is not allowed; it takes an object of template paths\.$/,
    ],
    ['{"prompts": {"review": 5}}', /, "prompts": "review" is not allowed; it takes paths for review, /],
  ])('that is mistaken is refused, naming it: %s', async (text, sentence) => {
    await expect(read(text)).rejects.toThrow(sentence);
  });

  it('need not be there, unless it was named', async () => {
    expect(await readConfigFile(join(DIR, 'none.json'))).toBeUndefined();
    await expect(readConfigFile(join(DIR, 'none.json'), { isRequired: true })).rejects.toThrow(
      /^There is no config file /,
    );
    await expect(readConfigFile(DIR)).rejects.toThrow(/cannot be read as JSON: EISDIR/);
  });

  it('of the user is where others have theirs', () => {
    expect(userConfigPath({ XDG_CONFIG_HOME: '/x', HOME: '/h' })).toBe('/x/refine-plan/config.json');
    expect(userConfigPath({ XDG_CONFIG_HOME: '', HOME: '/h' })).toBe('/h/.config/refine-plan/config.json');
  });
});

describe('the schema of config files', () => {
  const schema = z.fromJSONSchema(configSchema());

  it('knows every key, and no other', () => {
    expect(Object.keys((configSchema() as { properties: object }).properties).toSorted()).toEqual(
      ['$schema', 'prompts', 'trustedProjects', ...OPTIONS.map(({ name }) => configKey(name))].toSorted(),
    );
    expect(schema.safeParse({ maxRound: 5 }).success).toBe(false);
  });

  it.each([
    [{ maxRounds: 5, confidenceFloor: 0.5, timeout: '20m', commit: false, onDrift: 'abort' }, true],
    [{ reviewer: 'codex:gpt-5.5:high', implementer: 'cmd:./fix.sh', commitTrailer: ['Team: a'] }, true],
    [{ maxRounds: 0 }, false],
    [{ timeout: '20' }, false],
    [{ reviewer: 'gemini' }, false],
    [{ reviewer: ['codex', 'claude:opus'], arbiter: 'off', strategy: 'frozen', onDesign: 'apply' }, true],
    [{ reviewer: [] }, false],
    [{ reviewer: ['codex', 'gemini'] }, false],
    [{ reviewer: 'off' }, false],
    [{ arbiter: ['codex'] }, false],
    [{ commitTrailer: ['no'] }, false],
  ])('says of %j what the program says', async (config, valid) => {
    expect(schema.safeParse(config).success).toBe(valid);
    expect(await read(JSON.stringify(config)).then(Boolean, () => false)).toBe(valid);
  });
});

it('an option has one name in three spellings, none of them taken by what agents are told', () => {
  const names = OPTIONS.map(({ name }) => [name, configKey(name), envName(name)]);

  expect(names[0]).toEqual(['max-rounds', 'maxRounds', 'REFINE_PLAN_MAX_ROUNDS']);
  expect(new Set(names.flat()).size).toBeGreaterThan(names.length);
  for (const taken of ['ROLE', 'PLAN', 'REPO', 'ROUND', 'RUN', 'SCHEMA'])
    expect(names.map(([, , env]) => env)).not.toContain(`REFINE_PLAN_${taken}`);
});

function read(text: string): ReturnType<typeof readConfigFile> {
  const path = join(DIR, 'config.json');
  writeFileSync(path, text);
  return readConfigFile(path);
}
