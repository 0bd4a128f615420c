import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ended, readyWorld, type World } from '../rig/world.ts';

const NAME = 'docs/plans/import.md';
const MAIN = new URL('../../dist/main.js', import.meta.url).pathname;
const SCHEMAS = ['findings', 'verification', 'arbitration', 'edits', 'event', 'manifest', 'report', 'config'];
const COMMANDS = [
  ['run'],
  ['review'],
  ['resume'],
  ['status'],
  ['list'],
  ['findings'],
  ['report'],
  ['sentinels'],
  ['doctor'],
  ['config'],
  ['config', 'show'],
  ['schema'],
  ['demo'],
];

describe.concurrent('--json', () => {
  it('prints the journal on stdout, each line valid against the schema of events, and nothing else', async () => {
    using world = readyWorld();
    world.write(NAME, `${world.read(NAME)}\nMore.\n`);

    const { code, stdout, stderr } = await world.cli([NAME, '--json']);

    const event = await schema(world, 'event');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines.flatMap((line) => event.safeParse(line).error?.issues ?? [])).toEqual([]);
    expect(lines).toEqual(world.facts());
    expect(lines.map(({ type }) => type)).toMatchObject([
      'run.started',
      'decision',
      'commit.created',
      'round.started',
      'call.started',
      ...Array(lines.length - 5).fill(expect.any(String)),
    ]);
  });

  it.for([
    [
      'a mistake in the command line',
      ['--max-round', '3'],
      2,
      'usage',
      "unknown option '--max-round'\n(Did you mean --max-rounds?)",
    ],
    [
      'a bad value',
      [NAME, '--max-rounds', '0'],
      2,
      'bad_value',
      '--max-rounds: "0" is not allowed; it takes a whole number from 1 to 1000.',
    ],
    ['a missing plan', ['no.md'], 2, 'plan_missing', 'no.md does not exist.'],
    ['nothing to resume', ['resume'], 2, 'nothing_to_resume', 'There is no interrupted run.'],
    [
      'a missing agent',
      [NAME, '--reviewer', 'claude'],
      3,
      'agent_missing',
      'claude is not installed, or not on the PATH.',
    ],
  ] as const)('says %s in one line of type error', async ([, args, code, name, message]) => {
    using world = readyWorld();

    const refused = await world.cli([...args, '--json'], {
      env: { PATH: `${join(world.root, 'bin')}:/usr/bin:/bin` },
    });

    expect({ code: refused.code, stderr: refused.stderr }).toEqual({ code, stderr: '' });
    expect(refused.stdout.split('\n')).toEqual([expect.any(String), '']);
    expect(JSON.parse(refused.stdout)).toEqual({
      v: 1,
      ts: expect.stringMatching(/Z$/),
      type: 'error',
      code: name,
      message,
      hint: expect.stringMatching(/./),
    });
  });

  it.for([
    ['an option where none is taken', ['config'], 2, 'usage', "unknown option '--json'"],
    ['an unknown option', ['status', '--nope'], 2, 'usage', "unknown option '--nope'"],
    [
      'a bad value',
      ['review', NAME, '--fail-on', 'x'],
      2,
      'bad_value',
      'takes critical, high, medium, low, none.',
    ],
    ['no runs', ['findings'], 2, 'no_such_run', 'There is no run of any plan here.'],
    ['a missing schema', ['schema', 'x'], 2, 'unknown_schema', 'There is no schema "x"'],
    ['a missing directory', ['list', '-C', 'no'], 2, 'no_directory', 'There is no directory no.'],
  ] as const)('says %s in one object where the answer is one', async ([, args, code, name, message]) => {
    using world = readyWorld();

    const refused = await world.cli([...args, '--json']);

    expect({ code: refused.code, stderr: refused.stderr }).toEqual({ code, stderr: '' });
    expect(JSON.parse(refused.stdout)).toEqual({
      error: { code: name, message: expect.stringContaining(message), hint: expect.stringMatching(/./) },
    });
  });

  it.for([
    [['--help'], 'refine-plan'],
    [['help'], 'refine-plan'],
    [['review', '--help'], 'review'],
    [['-C', '.', 'review', '--help'], 'review'],
    [['help', 'config'], 'config'],
    [['config', 'show', '-h'], 'config show'],
  ] as const)('prints the help of %j as one object', async ([args, name]) => {
    using world = readyWorld();

    const { code, stdout, stderr } = await world.cli([...args, '--json']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ name, summary: expect.stringMatching(/./) });
  });

  it('answers a review with one object of the schema of findings', async () => {
    using world = readyWorld();

    const { code, stdout, stderr } = await world.cli(['review', NAME, '--json']);

    const answer = JSON.parse(stdout);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect((await schema(world, 'findings')).safeParse(answer).error).toBeUndefined();
    expect(answer.findings.map(({ title }: { title: string }) => title)).toEqual([
      'retry bound missing',
      'mails go out twice after a restart',
      'the title is short',
    ]);
  });

  it('does not mind a reader that has seen enough', async () => {
    using world = readyWorld();
    const command = `"${process.execPath}" "${MAIN}" ${NAME} --json | head -1`;
    const child = spawn('bash', ['-o', 'pipefail', '-c', command], {
      cwd: world.repo,
      env: world.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });

    const { code, stdout, stderr } = await ended(child);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ type: 'run.started' });
    expect(world.facts().at(-1)).toMatchObject({ status: 'completed_clean' });
  });
});

describe.concurrent('output that nobody takes', () => {
  const APPROVES = `cmd:echo '{"verdict":"approve","summary":"","findings":[],"next_steps":[]}'`;
  const shell = (world: World, command: string) =>
    ended(
      spawn('bash', ['-o', 'pipefail', '-c', command], {
        cwd: world.repo,
        env: { ...world.env, NODE: process.execPath, MAIN, REFINE_PLAN_REVIEWER: APPROVES },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );

  it.for([
    `"$NODE" "$MAIN" --version | exec 0<&-`,
    `"$NODE" "$MAIN" --help | exec 0<&-`,
    `"$NODE" "$MAIN" schema event | exec 0<&-`,
    `"$NODE" "$MAIN" --version >&- 2>&- <&-`,
    `"$NODE" "$MAIN" ${NAME} 2>&-`,
    `"$NODE" "$MAIN" ${NAME} 2>&1 | exec 0<&-`,
    `"$NODE" "$MAIN" ${NAME} --json >&- 2>&- <&-`,
  ])('changes nothing: %s', async (command) => {
    using world = readyWorld();

    expect(await shell(world, command)).toMatchObject({ code: 0, stderr: '' });
  });

  it.runIf(existsSync('/dev/full')).for([['--version'], ['--help'], ['schema', 'event'], [NAME, '--json']])(
    'for want of room is said, and is no verdict: %s',
    async (args) => {
      using world = readyWorld();

      const { code, stderr } = await shell(world, `"$NODE" "$MAIN" ${args.join(' ')} > /dev/full`);

      expect({ code, stderr }).toEqual({
        code: 3,
        stderr: `Standard output cannot be written: no space left on device.
Send it elsewhere. What a run recorded is kept; go on with: refine-plan resume
`,
      });
    },
  );
});

describe.concurrent('schema', () => {
  it.for(SCHEMAS)('%s is a JSON Schema that says what it is of', async (name) => {
    using world = readyWorld();

    const { code, stdout } = await world.cli(['schema', name]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: name,
    });
    expect(() => z.fromJSONSchema(JSON.parse(stdout))).not.toThrow();
  });

  it('fits the manifest of a run, and a config file', async () => {
    using world = readyWorld();
    await world.cli([NAME]);
    const [dir = ''] = world.runs();
    const manifest = JSON.parse(world.read(`${dir.slice(world.repo.length)}/manifest.json`));

    expect((await schema(world, 'manifest')).safeParse(manifest).error).toBeUndefined();
    const config = await schema(world, 'config');
    expect(config.safeParse({ maxRounds: 5, timeout: '20m', prompts: { review: 'a.md' } }).success).toBe(
      true,
    );
    expect(config.safeParse({ maxRounds: 0 }).success).toBe(false);
    expect(config.safeParse({ maxRound: 5 }).success).toBe(false);
  });

  it.for([
    [[], 'No schema was named; there are'],
    [['toString'], 'There is no schema "toString"; there are'],
  ] as const)('names what there is: %j', async ([args, said]) => {
    using world = readyWorld();

    const { code, stderr } = await world.cli(['schema', ...args]);

    expect(code).toBe(2);
    expect(stderr).toBe(`${said} ${SCHEMAS.join(', ')}.\nTry: refine-plan schema findings\n`);
  });
});

describe.concurrent('--help', () => {
  it.for(COMMANDS)('%s ends with two examples', async (command) => {
    using world = readyWorld();

    const { code, stdout, stderr } = await world.cli([...command, '--help']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /\n\nExamples:\n {2}(?:REFINE_PLAN_\w+=\S+ )?refine-plan .+\n {2}(?:REFINE_PLAN_\w+=\S+ )?refine-plan .+\n\n?$/,
    );
    expect(stdout).not.toContain('...]');
  });

  it('of the program lists the commands and where the settings are', async () => {
    using world = readyWorld();

    const { code, stdout } = await world.cli(['--help']);

    expect(code).toBe(0);
    for (const [name = ''] of COMMANDS) expect(stdout).toMatch(new RegExp(`\\n  ${name} [[<]`));
    expect(stdout).toContain('\nEvery setting of a run: refine-plan run --help\n');
  });

  it('gives way to the version', async () => {
    using world = readyWorld();

    expect(await world.cli(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});

async function schema(world: World, name: string): Promise<z.ZodType> {
  return z.fromJSONSchema(JSON.parse((await world.cli(['schema', name])).stdout));
}
