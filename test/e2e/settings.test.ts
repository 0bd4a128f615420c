import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readyWorld, type World } from '../rig/world.ts';
import { interrupt } from './support.ts';

const NAME = 'docs/plans/import.md';

describe.concurrent('a setting', () => {
  it('comes from the flag, the environment, the project, the user or the default, in this order', async () => {
    using world = readyWorld();
    userConfig(world, { maxRounds: 3, timeout: '3m', confidenceFloor: 0.5, onStuck: 'expand' });
    world.write(
      '.refine-plan.json',
      '// of the project\n{"maxRounds": 4, "timeout": "4m", "confidenceFloor": 0.4,}',
    );
    const env = {
      REFINE_PLAN_MAX_ROUNDS: '5',
      REFINE_PLAN_TIMEOUT: '5m',
      CODEX_TIMEOUT: '90',
      CODEX_MODEL: 'gpt-5.5',
    };

    const shown = await settings(world, ['--max-rounds', '6'], env);

    expect(shown['maxRounds']).toEqual({ value: 6, origin: 'flag' });
    expect(shown['timeout']).toEqual({ value: 300_000, origin: 'REFINE_PLAN_TIMEOUT' });
    expect(shown['confidenceFloor']).toEqual({ value: 0.4, origin: join(world.repo, '.refine-plan.json') });
    expect(shown['onStuck']).toEqual({ value: 'expand', origin: userConfigPath(world) });
    expect(shown['reviewer']).toEqual({ value: ['codex:gpt-5.5'], origin: 'CODEX_MODEL' });
    expect(shown['gitTimeout']).toEqual({ value: 300_000, origin: 'default' });
  });

  it('comes from the variables of the skill where nothing nearer says otherwise', async () => {
    using world = readyWorld();
    userConfig(world, { timeout: '3m', reviewer: 'codex:o3', agentConfig: 'isolated' });

    const shown = await settings(world, [], {
      CODEX_TIMEOUT: '90',
      CODEX_NO_OVERRIDES: '1',
      CODEX_MODEL: 'gpt-5.5',
    });

    expect(shown['timeout']).toEqual({ value: 90_000, origin: 'CODEX_TIMEOUT' });
    expect(shown['reviewer']).toEqual({ value: ['codex'], origin: 'CODEX_NO_OVERRIDES' });
    expect(shown['agentConfig']).toEqual({ value: 'user', origin: 'CODEX_NO_OVERRIDES' });
  });

  it('of the command line has codex asked for its model, whatever the variables of the skill say', async () => {
    using world = readyWorld();
    const env = { CODEX_NO_OVERRIDES: '1', CODEX_MODEL: 'o3' };

    const { stdout } = await world.cli([NAME, '--dry-run', '--reviewer', 'codex:gpt-5.5:high'], { env });

    const commands = stdout.match(/^ +codex exec .*$/gm) ?? [];
    const [reviewer = '', verifier] = [commands.at(0), commands.at(-1)];
    expect(reviewer).toContain(`-m gpt-5.5 -c 'model_reasoning_effort="high"'`);
    expect(reviewer).not.toContain('--ignore-user-config');
    expect(verifier).toBe(reviewer);
  });

  it('is shown as it can be typed', async () => {
    using world = readyWorld();

    const { stdout } = await world.cli([
      'config',
      'show',
      '--timeout',
      '90m',
      '--idle-timeout',
      '1500ms',
      '--git-timeout',
      '2h',
    ]);

    expect(stdout).toMatch(/│ timeout +│ 90m +│ flag +│/);
    expect(stdout).toMatch(/│ idleTimeout +│ 1500ms +│ flag +│/);
    expect(stdout).toMatch(/│ gitTimeout +│ 2h +│ flag +│/);
    expect(stdout).toMatch(/│ waitForLimit +│ 0 +│ default +│/);
  });

  it('comes from the file that was named instead of the project’s', async () => {
    using world = readyWorld();
    world.write('.refine-plan.json', '{"maxRounds": 4, "onStuck": "expand"}');
    writeFileSync(join(world.root, 'mine.json'), '\ufeff{"maxRounds": 7, "reviewer": "cmd:./review.sh"}');

    const shown = await settings(world, ['--config', '../mine.json'], {});

    expect(shown['maxRounds']).toEqual({ value: 7, origin: join(world.root, 'mine.json') });
    expect(shown['reviewer']).toMatchObject({ value: ['cmd:./review.sh'] });
    expect(shown['onStuck']).toMatchObject({ origin: 'default' });
  });
});

describe.concurrent('the config file of a repository', () => {
  const CONFIG =
    '{"reviewer": "cmd:touch owned", "agentConfig": "user", "stateRoot": "/tmp/x", "maxRounds": 1, "prompts": {"review": "mine.md"}}';
  const WARNING =
    '! .refine-plan.json sets "reviewer", "agentConfig", "stateRoot", the prompt "review"; ignored, because';

  it('names no command and no prompt, which is said', async () => {
    using world = readyWorld();
    world.write('.refine-plan.json', CONFIG);

    const { code, stderr } = await world.cli([NAME]);
    const shown = await world.cli(['config', 'show']);

    expect(code).toBe(1);
    expect(stderr).toContain(WARNING);
    expect(shown.stderr).toContain(WARNING);
    expect(world.calls().map(({ role }) => role)).toEqual(['reviewer', 'implementer', 'verifier']);
    expect(world.git('status', '--porcelain')).toBe('?? .refine-plan.json\n');
  });

  it('does so where it is trusted', async () => {
    using world = readyWorld();
    world.write('.refine-plan.json', CONFIG);
    world.write('mine.md', 'Say what is wrong with {{plan}}, below {{floor}} if in doubt.');

    const { stdout, stderr } = await world.cli([NAME, '--trust-project', '--dry-run']);

    expect(stderr).toBe('');
    expect(stdout).toContain("  reviewer: cmd:touch owned\n    sh -c 'touch owned'\n");
    expect(stdout).toContain('Say what is wrong with 1| # Import customers\n');
  });
});

it('takes prompts from the user’s own config file', async () => {
  using world = readyWorld();
  userConfig(world, { prompts: { review: 'review.md' } });
  const prompt =
    'My own words. The plan is the file `{{path}}` of the repository at `{{repository}}`.\n{{plan}}\n';
  writeFileSync(join(world.root, 'home/.config/refine-plan/review.md'), prompt);

  const { code } = await world.cli([NAME]);

  const [dir = ''] = world.runs();
  expect(code).toBe(0);
  expect(world.read(`${dir.slice(world.repo.length)}/round-01/prompt-review-1.md`)).toMatch(
    /^My own words\. /,
  );
});

it('says where a resumed run goes on with other prompts than it began with', async () => {
  using world = readyWorld();
  writeFileSync(join(world.root, 'own.json'), '{"prompts": {"review": "own.md"}}');
  writeFileSync(
    join(world.root, 'own.md'),
    'My own words. The plan is the file `{{path}}` of the repository at `{{repository}}`.\n{{plan}}\n',
  );
  await interrupt(world, [NAME, '--config', '../own.json']);

  const other = await world.cli(['resume', '--max-calls', '1']);

  expect(other.stderr).toContain(
    '! This run began with another prompt "review": one of your own, and goes on with that of this package.\n',
  );
});

async function settings(
  world: World,
  flags: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Record<string, { value: unknown; origin: string }>> {
  const { stdout } = await world.cli(['config', 'show', '--json', ...flags], { env });
  return JSON.parse(stdout).settings;
}

function userConfigPath(world: World): string {
  return join(world.root, 'home', '.config', 'refine-plan', 'config.json');
}

function userConfig(world: World, config: unknown): void {
  mkdirSync(join(world.root, 'home', '.config', 'refine-plan'), { recursive: true });
  writeFileSync(userConfigPath(world), JSON.stringify(config));
}
