import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFECTS, ended, PLAN, readyWorld, type World } from '../rig/world.ts';
import { until } from '../e2e/support.ts';
import { openRunner, outputsIn, type Runner } from './runner.ts';

const NAME = 'docs/plans/import.md';

/** A pull request that adds these files, checked out afresh as GitHub does it: the merge commit, with no branch. */
function pullRequest(world: World, files: Readonly<Record<string, string>>): Runner {
  const base = world.git('rev-parse', 'HEAD').trim();
  world.git('checkout', '-q', '-b', 'topic');
  for (const [name, content] of Object.entries(files)) write(join(world.repo, name), content);
  world.git('add', '.');
  world.git('commit', '-q', '-m', 'Change things');
  const workspace = join(world.root, 'work');
  world.git('clone', '-q', '--no-hardlinks', world.repo, workspace);
  world.git('-C', workspace, 'checkout', '-q', '--detach', 'origin/topic');
  return openRunner(world, workspace, { pull_request: { base: { sha: base } } });
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function reportsOf(runner: Runner): string[] {
  return readdirSync(join(runner.temp, 'refine-plan/reports')).toSorted();
}

function journals(runner: Runner): Record<string, unknown>[][] {
  const state = join(runner.temp, 'refine-plan/state');
  const dirs = readdirSync(state).filter((name) => existsSync(join(state, name, 'events.jsonl')));
  return dirs.toSorted().map((name) =>
    readFileSync(join(state, name, 'events.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
}

describe('the action on a pull request', () => {
  it('fails on a finding in a changed plan, annotates it, and leaves summary, SARIF and state', async () => {
    using world = readyWorld();
    const runner = pullRequest(world, { 'docs/plans/other.md': PLAN, 'README.md': 'Other.\n' });

    const { code, log, outputs, used } = await runner.uses({});

    expect(code).toBe(1);
    expect(log).toContain(
      '::error file=docs/plans/other.md,line=6,endLine=6,title=F1 critical%3A retry bound',
    );
    expect(log).toContain('::warning file=docs/plans/other.md,line=7,endLine=7,title=F2 medium%3A ');
    expect(runner.summary()).toContain('### ◆ The review raised 2 findings to act on');
    expect(outputs).toMatchObject({ plans: '["docs/plans/other.md"]', count: '1', 'exit-code': '1' });
    expect(outputs['reports']).toBe(join(runner.temp, 'refine-plan/reports'));
    expect(reportsOf(runner).map((name) => name.replace(/-[0-9a-f]{8}\./, '-<id>.'))).toEqual(
      ['html', 'json', 'md', 'sarif'].map((ending) => `other-<id>.${ending}`),
    );
    expect(used).toEqual([
      { uses: 'actions/setup-node@v4', with: { 'node-version': '22' } },
      {
        uses: 'actions/upload-artifact@v4',
        with: expect.objectContaining({
          path: `${runner.temp}/refine-plan/reports\n${runner.temp}/refine-plan/state\n`,
        }),
      },
    ]);
    expect(journals(runner).map(([first]) => first)).toMatchObject([{ type: 'run.started', kind: 'review' }]);
  });

  it('passes below the severity it is to fail on, and reports from another one on', async () => {
    using world = readyWorld();
    world.defects([DEFECTS[1]!, { ...DEFECTS[2]!, confidence: 0.9 }]);
    const runner = pullRequest(world, { 'docs/plans/other.md': PLAN });

    const { code, log, outputs } = await runner.uses({ 'fail-on': 'high', 'report-on': 'medium' });

    expect({ code, exit: outputs['exit-code'] }).toEqual({ code: 0, exit: '0' });
    expect(log.match(/^::\w+ .*title=F\d \w+/gm)).toEqual([
      expect.stringMatching(/^::warning file=docs\/plans\/other\.md,line=7,endLine=7,title=F1 medium$/),
    ]);
    expect(runner.summary()).toContain('2 findings to act on');
  });

  it('looks at nothing, and calls nobody, where no plan is changed', async () => {
    using world = readyWorld();
    const runner = pullRequest(world, { 'README.md': 'Other.\n' });

    const { code, log, outputs } = await runner.uses({});

    expect({ code, plans: outputs['plans'], exit: outputs['exit-code'] }).toEqual({
      code: 0,
      plans: '[]',
      exit: '0',
    });
    expect(log).toContain('::notice title=refine-plan::No plan is changed, so none was looked at.');
    expect(world.calls()).toEqual([]);
  });

  it('takes a review that could not be had for no verdict', async () => {
    using world = readyWorld();
    const runner = pullRequest(world, { 'docs/plans/other.md': PLAN });
    const fails = `cmd:echo It is over. >&2; exit 3`;

    const { code, log, outputs } = await runner.uses({ reviewer: fails, 'fail-on': 'none' });

    expect({ code, exit: outputs['exit-code'] }).toEqual({ code: 4, exit: '4' });
    expect(log).toContain('::error title=refine-plan::A plan was not judged (exit code 4).');
  });

  it('says what is missing where the history does not reach back to the base', async () => {
    using world = readyWorld();
    const runner = pullRequest(world, { 'docs/plans/other.md': PLAN });
    write(String(runner.env['GITHUB_EVENT_PATH']), JSON.stringify({ before: '1'.repeat(40) }));

    const { code, log } = await runner.uses({});

    expect(code).toBe(2);
    expect(log).toContain('Check out with: fetch-depth: 0');
  });
});

const APPROVES = `cmd:echo '{"verdict":"approve","summary":"","findings":[],"next_steps":[]}'`;

describe('hostile words', () => {
  it('in the name of a plan are a name and nothing else', async () => {
    using world = readyWorld();
    const name = `docs/plans/a 'b' "c" $(touch pwned) \`touch pwned\`\n::error::pwned\npwned=1 ;touch pwned;.md`;
    const runner = pullRequest(world, { [name]: PLAN });

    const { code, log, outputs } = await runner.uses({ reviewer: APPROVES });

    expect(code).toBe(0);
    expect(JSON.parse(outputs['plans'] ?? '')).toEqual([name]);
    expect(Object.keys(outputs).filter((key) => key.includes('pwned'))).toEqual([]);
    expect(journals(runner).map(([first]) => first)).toMatchObject([{ plan: { relative: name } }]);
    expect(log.split('\n').filter((line) => line.startsWith('::error::'))).toEqual([]);
    expect(filesNamed('pwned', world.root)).toEqual([]);
  });

  it.for([
    'fail-on',
    'report-on',
    'reviewer',
    'confidence-floor',
    'max-calls',
    'args',
    'plans',
    'agent-config',
  ])('in the input %s are refused, or do nothing', async (input) => {
    using world = readyWorld();
    const runner = pullRequest(world, { 'docs/plans/other.md': PLAN });

    const { code } = await runner.uses({ [input]: `"; touch pwned; '$(touch pwned)\`touch pwned\`` });

    expect(code).not.toBe(0);
    expect(filesNamed('pwned', world.root)).toEqual([]);
  });
});

function filesNamed(name: string, dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(`/${name}`));
}

describe('the action with credentials that codex-action has set up', () => {
  it.for([
    ['model_provider = "codex-action-responses-proxy"\n', 'user'],
    ['model_provider = "other"\n', 'isolated'],
  ] as const)('reads codex settings that say %j as %s', async ([config, expected]) => {
    using world = readyWorld();
    world.defects([]);
    const runner = pullRequest(world, { 'docs/plans/other.md': PLAN });
    write(join(world.root, 'home/.codex/config.toml'), config);

    const { code } = await runner.uses({});

    expect(code).toBe(0);
    expect(journals(runner)[0]?.[0]).toMatchObject({ settings: { agent_config: expected } });
  });
});

describe('the loop on a runner', { timeout: 120_000 }, () => {
  it('rests when the step is ended, and goes on in the next job', async () => {
    using world = readyWorld();
    const runner = onBranch(world, 'work');
    const inputs = { PLANS: JSON.stringify([NAME]), GITHUB_OUTPUT: join(world.root, 'output'), ...RUN };
    const go = join(world.root, 'go');
    const step = runner.start('exec bash "$GITHUB_ACTION_PATH/src/ci/refine.sh"', {
      ...inputs,
      WORLD_HOLD_REVIEWER: go,
      REFINE_PLAN_PASS_ENV: `${String(runner.env['REFINE_PLAN_PASS_ENV'])}\nWORLD_HOLD_REVIEWER`,
    });
    const end = ended(step);
    await Promise.race([until(world.root, () => world.calls().length > 0), end]);
    step.kill('SIGINT');
    const stopped = await end;
    const rested = journals(runner);

    const { code, outputs } = await runner.uses({ command: 'run', plans: NAME, implementer: 'codex' });

    expect(stopped).toMatchObject({ code: 143, signal: null });
    expect(rested[0]?.at(-1)).not.toMatchObject({ type: 'run.finished' });
    expect({ code, exit: outputs['exit-code'] }).toEqual({ code: 0, exit: '0' });
    expect(journals(runner)).toHaveLength(1);
    expect(journals(runner)[0]?.at(-1)).toMatchObject({ type: 'run.finished', status: 'completed_clean' });
  });

  it('has its commits pushed by another job, as they are, for several plans side by side', async () => {
    using world = readyWorld();
    world.write('docs/plans/second.md', PLAN);
    world.git('add', '.');
    world.git('commit', '-q', '-m', 'Add another plan');
    const heads = [];
    for (const [name, plan] of [
      ['one', NAME],
      ['two', 'docs/plans/second.md'],
    ] as const) {
      const runner = onBranch(world, name);
      expect(await runner.uses({ command: 'run', plans: plan, implementer: 'codex' })).toMatchObject({
        code: 0,
      });
      expect(await pack(world, runner, name)).toMatchObject({ code: 0 });
      heads.push(world.git('-C', join(world.root, name), 'rev-parse', 'HEAD').trim());
    }

    const pushed = await push(world, [NAME, 'docs/plans/second.md']);

    expect(pushed).toMatchObject({ code: 0 });
    for (const head of heads) world.git('merge-base', '--is-ancestor', head, 'main');
    expect(
      world.git('log', '--format=%s', '--no-merges', '-4', 'main').match(/refine (import|second)/g),
    ).toHaveLength(4);
  });

  it.for([
    ['changes another file', (dir: string) => write(join(dir, 'src/index.js'), 'evil()')],
    [
      'makes a link of the plan',
      (dir: string) => execFileSync('ln', ['-sf', '/etc/passwd', join(dir, NAME)]),
    ],
    ['deletes the plan', (dir: string) => execFileSync('rm', [join(dir, NAME)])],
  ] as const)('has nothing pushed where a commit %s', async ([, tamper]) => {
    using world = readyWorld();
    const before = world.git('rev-parse', 'main');
    const runner = onBranch(world, 'one');
    const dir = join(world.root, 'one');
    tamper(dir);
    world.git('-C', dir, 'add', '-A');
    world.git(
      '-C',
      dir,
      '-c',
      'user.name=x',
      '-c',
      'user.email=x@x',
      'commit',
      '-q',
      '-m',
      'Refine the plan',
    );
    await pack(world, runner, 'one');

    const { code, stdout } = await push(world, [NAME]);

    expect(code).toBe(1);
    expect(stdout).toContain('Nothing was pushed.');
    expect(world.git('rev-parse', 'main')).toBe(before);
  });
});

/** What the action hands to its script beside the plans, for a run. */
const RUN = {
  COMMAND: 'run',
  FAIL_ON: 'low',
  REPORT_ON: 'low',
  CONFIDENCE_FLOOR: '',
  REVIEWER: '',
  IMPLEMENTER: 'codex',
  AGENT_CONFIG: 'auto',
  MAX_ROUNDS: '',
  MAX_CALLS: '',
  MAX_MINUTES: '',
  ARGS: '',
  GIT_NAME: 'refine-plan',
  GIT_EMAIL: 'refine-plan@example.invalid',
};

/** A job on the main branch, in a clone of its own. */
function onBranch(world: World, name: string): Runner {
  world.git('config', 'receive.denyCurrentBranch', 'ignore');
  const workspace = join(world.root, name);
  world.git('clone', '-q', '--no-hardlinks', '-b', 'main', world.repo, workspace);
  return openRunner(world, workspace, {});
}

function pack(world: World, runner: Runner, name: string) {
  const base = world.git('rev-parse', 'main').trim();
  const env = { BASE: base, BUNDLE: join(world.root, 'bundles', name, `${name}.bundle`) };
  return ended(runner.start('bash "$GITHUB_ACTION_PATH/src/ci/bundle.sh"', env));
}

function push(world: World, plans: readonly string[]) {
  const runner = onBranch(world, 'push');
  const env = {
    PLANS: JSON.stringify(plans),
    BUNDLES: join(world.root, 'bundles'),
    BRANCH: 'main',
    GIT_NAME: 'refine-plan',
    GIT_EMAIL: 'refine-plan@example.invalid',
  };
  return ended(runner.start('bash "$GITHUB_ACTION_PATH/src/ci/push.sh"', env));
}

describe('the outputs of a step', () => {
  it('are one line each, whatever is in them', async () => {
    using world = readyWorld();
    const runner = pullRequest(world, { 'docs/plans/a\nb=c.md': PLAN });
    const file = join(world.root, 'output');

    await ended(
      runner.start('bash "$GITHUB_ACTION_PATH/src/ci/plans.sh"', {
        PLANS: '',
        PLAN_GLOB: 'docs/plans/*.md',
        GITHUB_OUTPUT: file,
      }),
    );

    expect(outputsIn(file)).toEqual({
      plans: '["docs/plans/a\\nb=c.md"]',
      matrix: expect.stringMatching(
        /^\{"include":\[\{"plan":"docs\/plans\/a\\nb=c\.md","id":"[0-9a-f]{12}"\}\]\}$/,
      ),
      count: '1',
    });
  });
});
