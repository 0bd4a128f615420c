import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readyWorld } from '../rig/world.ts';
import { refusal } from './support.ts';

const ARGS = ['docs/plans/import.md'];
const SHOW = 'See every setting with: refine-plan config show';

describe.concurrent('a setting that cannot be meant is refused, and nothing is written', () => {
  it.for([
    [
      'does not parse',
      '{\n  "maxRounds": 5\n  "unattended": true\n}',
      'cannot be read as JSON: CommaExpected in line 3.\nMend it, or leave it out with: --config FILE\n',
    ],
    [
      'is no object',
      '[5]',
      'cannot be read as JSON: it is not an object.\nMend it, or leave it out with: --config FILE\n',
    ],
    [
      'holds a value out of range',
      '{"maxRounds": 0}',
      `, "maxRounds": 0 is not allowed; it takes a whole number from 1 to 1000.\n${SHOW}\n`,
    ],
    [
      'holds a value of another kind',
      '{"onStuck": true}',
      `, "onStuck": true is not allowed; it takes retry, terminate, continue, expand.\n${SHOW}\n`,
    ],
    [
      'replaces a prompt that there is not',
      '{"prompts": {"reviews": "a.md"}}',
      `, "prompts": "reviews" is not allowed; it takes paths for review, lens-1, lens-2, lens-3, retry, arbitrate, fix-patch, fix-in-place, send-back, verify, delta.\n${SHOW}\n`,
    ],
  ] as const)('in a config file that %s', async ([, config, said]) => {
    using world = readyWorld();
    world.write('.refine-plan.json', config);

    const refused = await refusal(world, ARGS);

    const file = '<root>/repo/.refine-plan.json';
    expect(refused).toEqual({ code: 2, said: said.startsWith(',') ? `${file}${said}` : `${file} ${said}` });
  });

  it('in a config file with an unknown key, whoever wrote it', async () => {
    using world = readyWorld();
    const dir = join(world.root, 'home', '.config', 'refine-plan');
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'config.json'), '{"maxRound": 5}');

    const { code, said } = await refusal(world, ARGS);

    expect(said).toMatch(
      /^<root>\/home\/\.config\/refine-plan\/config\.json has an unknown key "maxRound"; known are maxRounds, confidenceFloor, .*prompts, trustedProjects\.\n/,
    );
    expect(code).toBe(2);
  });

  it('in a config file that is not there', async () => {
    using world = readyWorld();

    expect(await refusal(world, [...ARGS, '--config', 'mine.json'])).toEqual({
      code: 2,
      said: 'There is no config file <root>/repo/mine.json.\nName one that exists, or leave --config out.\n',
    });
  });

  it.for<[what: string, config: string, prompt: string | null, problem: string]>([
    ['that is not there', '"review.md"', null, 'review.md cannot be read'],
    [
      'with a blank that nothing fills',
      '"review.md"',
      'Review {{plan}}, {{nicely}}.',
      'review.md has blanks that nothing fills: nicely',
    ],
  ])('in a prompt %s', async ([, path, prompt, problem]) => {
    using world = readyWorld();
    writeFileSync(join(world.root, 'my.json'), `{"prompts": {"review": ${path}}}`);
    if (prompt !== null) writeFileSync(join(world.root, 'review.md'), prompt);

    expect(await refusal(world, [...ARGS, '--config', '../my.json'])).toEqual({
      code: 2,
      said: `<root>/my.json replaces the prompt "review", but ${problem}.\nMend it, or leave it out with: --config FILE\n`,
    });
  });

  it.for([
    [
      'a typo of a flag',
      ['--max-round', '3'],
      "Unknown option '--max-round'\n(Did you mean --max-rounds?)\n(refine-plan --help says more)\n",
    ],
    [
      'a flag without its value',
      ['--max-rounds'],
      "Option '--max-rounds <N>' argument missing\n(refine-plan --help says more)\n",
    ],
    [
      'a count',
      ['--max-rounds', 'many'],
      `--max-rounds: "many" is not allowed; it takes a whole number from 1 to 1000.\n${SHOW}\n`,
    ],
    [
      'a trailer',
      ['--commit-trailer', 'no colon'],
      `--commit-trailer: ["no colon"] is not allowed; it takes items of the form "Key: value".\n${SHOW}\n`,
    ],
  ] as const)('in a flag: %s', async ([, flags, said]) => {
    using world = readyWorld();

    expect(await refusal(world, [...ARGS, ...flags])).toEqual({ code: 2, said });
  });

  it.for([
    ['REFINE_PLAN_COMMIT', 'yes', 'it takes 1, 0, true or false'],
    ['REFINE_PLAN_COMMIT_TRAILER', 'Team: a\nnonsense', 'it takes items of the form "Key: value"'],
    ['CODEX_TIMEOUT', '20m', 'it takes a number of seconds'],
    ['CODEX_MODEL', 'a model', 'it takes a model, and after a colon its effort'],
  ] as const)('in the environment: %s', async ([name, value, allowed]) => {
    using world = readyWorld();

    const { code, said } = await refusal(world, ARGS, { env: { [name]: value } });

    expect(said).toContain(`${name}: ${JSON.stringify(value)} is not allowed; ${allowed}.\n`);
    expect(code).toBe(2);
  });
});
