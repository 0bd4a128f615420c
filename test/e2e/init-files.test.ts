import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { HAS_TERMINAL, inTerminal } from '../rig/terminal.ts';
import { readyWorld, type World } from '../rig/world.ts';
import { treeOf } from './support.ts';

const WORKFLOW = '.github/workflows/refine-plan.yml';
const NAME = 'skills/refine-plan-against-codex/SKILL.md';
const SKILL = { codex: `.agents/${NAME}`, claude: `.claude/${NAME}` };
const OURS = readFileSync(new URL(`../../references/plugin/${NAME}`, import.meta.url), 'utf8');

/** The files that a command dealt with, by path from the root, with what became of each. */
async function outcomes(world: World, args: readonly string[]): Promise<Record<string, string>> {
  const { files } = JSON.parse((await world.cli(['init', ...args, '--json'])).stdout);
  return Object.fromEntries(
    files.map(({ path, outcome }: { path: string; outcome: string }) => [
      path.slice(world.repo.length + 1),
      outcome,
    ]),
  );
}

function withClaude(world: World): World {
  symlinkSync('/bin/true', join(world.root, 'bin', 'claude'));
  return world;
}

describe('init --workflow', () => {
  it('writes a workflow for the plans that the settings name, and nothing else', async () => {
    using world = readyWorld();
    world.write('.refine-plan.json', '{ "planGlob": "rfcs/**/*.md", "reviewer": "claude" }');

    const { code, stdout, stderr } = await world.cli(['init', '--workflow']);

    const { on, jobs, permissions } = parse(world.read(WORKFLOW));
    const tool = jobs.plans.with['tool-repository'];
    expect({ code, stderr, on, permissions }).toEqual({
      code: 0,
      stderr: '',
      on: { pull_request: { paths: ['rfcs/**/*.md'] } },
      permissions: {},
    });
    expect(tool).toMatch(/^[\w.-]+\/[\w.-]+$/);
    expect(jobs.plans).toMatchObject({
      uses: `${tool}/.github/workflows/review.yml@main`,
      permissions: { contents: 'read' },
      with: { 'plan-glob': 'rfcs/**/*.md', reviewer: 'codex' },
    });
    expect(stdout).toContain(`--- a/${WORKFLOW}\n`);
    expect(stdout).toContain(`\n${WORKFLOW} is written. `);
    expect(stdout).toContain('the secret OPENAI_API_KEY');
    expect(() => world.read(SKILL.codex)).toThrow('ENOENT');
    expect(await outcomes(world, [])).toEqual({
      '.refine-plan.json': 'unchanged',
      [WORKFLOW]: 'unchanged',
      [SKILL.codex]: 'unasked',
    });
  });

  it('takes the plans that were found where no setting names any', async () => {
    using world = readyWorld('specs/import.md');

    await world.cli(['init', '--workflow']);

    expect(parse(world.read(WORKFLOW)).on).toEqual({ pull_request: { paths: ['specs/*.md'] } });
  });

  it('keeps the owner that somebody has put in', async () => {
    using world = readyWorld();
    await world.cli(['init', '--workflow']);
    const tool: string = parse(world.read(WORKFLOW)).jobs.plans.with['tool-repository'];
    world.write(WORKFLOW, world.read(WORKFLOW).replaceAll(tool, 'acme/refine-plan'));

    expect(await outcomes(world, ['--workflow'])).toEqual({ [WORKFLOW]: 'unchanged' });
  });

  it('replaces what is there only by name and with a yes, and says so', async () => {
    using world = readyWorld();
    world.write(WORKFLOW, 'name: Mine\n');
    chmodSync(join(world.repo, WORKFLOW), 0o664);

    const { code, stdout } = await world.cli(['init', '--workflow']);
    const kept = await outcomes(world, ['--yes']);

    expect(code).toBe(1);
    expect(stdout).toContain('\n-name: Mine\n');
    expect(stdout).toContain(
      `\n${WORKFLOW} differs from what init writes, and was left alone. Replace it with: refine-plan init --workflow --yes\n`,
    );
    expect(kept).toMatchObject({ [WORKFLOW]: 'differs', [SKILL.codex]: 'written' });
    expect(world.read(WORKFLOW)).toBe('name: Mine\n');

    expect(await outcomes(world, ['--workflow', '--yes'])).toEqual({ [WORKFLOW]: 'replaced' });
    expect(world.read(WORKFLOW)).toMatch(/^# Reviews the plans/);
    expect(statSync(join(world.repo, WORKFLOW)).mode & 0o777).toBe(0o664);
  });

  it.runIf(HAS_TERMINAL)('asks before it replaces what is there, whatever flag is given', async () => {
    using world = readyWorld();
    world.write(WORKFLOW, 'name: Mine\n');
    using terminal = inTerminal(world, ['init', '--workflow']);
    await terminal.until(`Replace ${WORKFLOW}?`);
    terminal.type('\r');

    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(world.read(WORKFLOW)).toBe('name: Mine\n');
  });
});

describe('init --skill', () => {
  it('writes the skill for the agents that are installed, where each looks for it', async () => {
    using world = withClaude(readyWorld());

    const first = await outcomes(world, ['--skill']);
    const again = await outcomes(world, ['--skill']);

    expect(first).toEqual({ [SKILL.codex]: 'written', [SKILL.claude]: 'written' });
    expect(again).toEqual({ [SKILL.codex]: 'unchanged', [SKILL.claude]: 'unchanged' });
    expect([world.read(SKILL.codex), world.read(SKILL.claude)]).toEqual([OURS, OURS]);
  });

  it('leaves out who is not installed', async () => {
    using world = readyWorld();

    const { files } = JSON.parse((await world.cli(['init', '--skill', '--json'])).stdout);

    expect(files).toEqual([
      {
        path: join(world.repo, SKILL.codex),
        outcome: 'written',
        flag: '--skill',
        next: 'In Codex it is $refine-plan-against-codex.',
      },
    ]);
    expect(() => world.read(SKILL.claude)).toThrow('ENOENT');
  });

  it.each(['.claude', '.claude/skills', SKILL.claude])('writes nothing through a link: %s', async (name) => {
    using world = withClaude(readyWorld());
    const elsewhere = join(world.root, 'elsewhere');
    mkdirSync(elsewhere);
    mkdirSync(join(world.repo, name, '..'), { recursive: true });
    symlinkSync(elsewhere, join(world.repo, name));
    const before = treeOf(elsewhere);

    const { code, stdout } = await world.cli(['init', '--skill', '--yes']);

    expect(code).toBe(1);
    expect(stdout).toContain(`\n${SKILL.claude} was not written, because ${name} is a link. `);
    expect(treeOf(elsewhere)).toEqual(before);
    expect(world.read(SKILL.codex)).toBe(OURS);
  });

  it('is content where a link leads to the same skill in the repository', async () => {
    using world = withClaude(readyWorld());
    mkdirSync(join(world.repo, '.claude'));
    symlinkSync('../.agents/skills', join(world.repo, '.claude/skills'));

    expect(await outcomes(world, ['--skill'])).toEqual({
      [SKILL.codex]: 'written',
      [SKILL.claude]: 'unchanged',
    });
  });
});
