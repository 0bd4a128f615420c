import { chmodSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readyWorld } from '../rig/world.ts';
import { briefWorld, FIXED, refusal, scrub } from './support.ts';

const NAME = 'docs/plans/import.md';
const KEPT = `${NAME}.dismissed.json`;

describe.concurrent('a finding that is dismissed', () => {
  it('is kept beside the plan for the user to commit, who is told how', async () => {
    using world = readyWorld();
    await world.cli(['review', NAME]);

    const { code, stdout, stderr } = await world.cli(['dismiss', NAME, 'F1', '--because', 'It is bounded.']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`\
F1 retry bound missing is dismissed: It is bounded.
It is listed, and not acted on, when it is raised again. ${KEPT} keeps that; it is yours to commit:
  git add ${KEPT} && git commit -m "Dismiss F1" -- ${KEPT}
`);
    expect(JSON.parse(world.read(KEPT))).toMatchObject([
      {
        title: 'retry bound missing',
        quote: 'retry until it works',
        section: ['Import customers'],
        because: 'It is bounded.',
        from: { run: basename(world.runs()[0] ?? ''), finding: 'F1' },
      },
    ]);
    expect(world.git('status', '--porcelain')).toBe(`?? ${KEPT}\n`);
  });

  it('is listed, and not acted on, in the next run; nothing of that is committed', async () => {
    using world = briefWorld();
    await world.cli(['review', NAME]);
    await world.cli(['dismiss', NAME, 'F1', '--because', 'One mail more does no harm.']);

    const { code } = await world.cli([NAME]);

    expect(code).toBe(0);
    expect(world.read(NAME)).not.toBe(FIXED);
    expect(JSON.parse((await world.cli(['findings', NAME, '--json'])).stdout)).toMatchObject([
      { id: 'F1', status: 'dismissed' },
    ]);
    expect(world.git('log', '--format=%s')).toBe('Add the plan\n');
    expect(world.git('status', '--porcelain')).toBe(`?? ${KEPT}\n`);
  });

  it('again has another reason, and stands in the file once', async () => {
    using world = briefWorld();
    await world.cli(['review', NAME]);
    await world.cli(['dismiss', NAME, 'F1', '--because', 'No harm.']);
    await world.cli(['review', NAME]);

    const { stdout } = await world.cli(['dismiss', NAME, 'f1', '--because', 'Mails are idempotent.']);

    expect(stdout).toContain('was dismissed before; the reason is now: Mails are idempotent.\n');
    expect(JSON.parse(world.read(KEPT))).toMatchObject([
      { because: 'Mails are idempotent.', from: { run: basename(world.runs().at(-1) ?? '') } },
    ]);
  });

  it('is told to scripts as it is kept', async () => {
    using world = briefWorld();
    await world.cli(['review', NAME]);

    const { code, stdout, stderr } = await world.cli(['dismiss', NAME, 'F1', '--because', 'So.', '--json']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect([JSON.parse(stdout)]).toEqual(JSON.parse(world.read(KEPT)));
  });

  it('of a plan outside of any repository is kept too', async () => {
    using world = briefWorld();
    const dir = join(world.root, 'loose');
    mkdirSync(dir);
    world.write('../loose/import.md', world.read(NAME));
    await world.cli(['review', 'import.md'], { cwd: dir });

    const { code, stdout } = await world.cli(['dismiss', 'import.md', 'F1', '--because', 'So.'], {
      cwd: dir,
    });

    expect(code).toBe(0);
    expect(stdout).toContain('import.md.dismissed.json keeps that.\n');
  });
});

describe.concurrent('nothing is dismissed', () => {
  it('without a reason, without such a finding, or without a run', async () => {
    using world = briefWorld();

    expect(await refusal(world, ['dismiss', NAME, 'F1', '--because', 'So.'])).toEqual({
      code: 2,
      said: `There is no run of ${NAME}.\nSee every run of this repository with: refine-plan list\n`,
    });
    await world.cli(['review', NAME]);
    expect(await refusal(world, ['dismiss', NAME, 'F1'])).toEqual({
      code: 2,
      said: `A finding is dismissed for a reason, and none was given.\nSay why: refine-plan dismiss ${NAME} F1 --because "the spec allows it"\n`,
    });
    expect(await refusal(world, ['dismiss', NAME, 'F9', '--because', 'So.'])).toEqual({
      code: 2,
      said: `There is no finding F9 in import-<time>, the newest run of ${NAME}.\nSee its findings with: refine-plan findings ${NAME}\n`,
    });
    expect(await refusal(world, ['dismiss', 'docs/plans/no.md', 'F1', '--because', 'So.'])).toMatchObject({
      code: 2,
      said: expect.stringMatching(/^docs\/plans\/no\.md does not exist\.\n/),
    });
    expect(await refusal(world, ['dismiss', NAME])).toMatchObject({
      code: 2,
      said: expect.stringMatching(/^Missing required argument 'id'\n/),
    });
  });

  it('of a run that raised nothing', async () => {
    using world = briefWorld();
    world.defects([]);
    await world.cli(['review', NAME]);

    expect(await refusal(world, ['dismiss', NAME, 'F1', '--because', 'So.'])).toEqual({
      code: 2,
      said: `The newest run of ${NAME}, import-<time>, raised nothing that could be dismissed.\nSee every run of this repository with: refine-plan list\n`,
    });
  });

  it('where the file is damaged: neither then, nor is an agent called in a run', async () => {
    using world = briefWorld();
    await world.cli(['review', NAME]);
    world.write(KEPT, '[{]');
    const calls = world.calls().length;

    const said = await refusal(world, ['dismiss', NAME, 'F1', '--because', 'So.']);
    const run = await world.cli([NAME]);

    expect(said.code).toBe(2);
    expect(said.said).toMatch(
      /^<root>\S+import\.md\.dismissed\.json, which keeps what was dismissed, is damaged: it is no JSON \(.+\)\.\nMend it, or go back to the version that git has: git checkout -- \S+\n$/,
    );
    expect({ code: run.code, said: scrub(run.stderr, world) }).toEqual(said);
    expect(world.calls()).toHaveLength(calls);
  });

  it.skipIf(process.getuid?.() === 0)('where the directory cannot be written', async () => {
    using world = briefWorld();
    await world.cli(['review', NAME]);
    const dir = join(world.repo, 'docs/plans');
    chmodSync(dir, 0o555);

    const said = await refusal(world, ['dismiss', NAME, 'F1', '--because', 'So.']);
    chmodSync(dir, 0o755);

    expect(said).toEqual({
      code: 3,
      said: `<root>/repo/${KEPT} cannot be written: permission denied.\nMake room and its directory writable, then dismiss the finding again.\n`,
    });
  });
});

it('what was dismissed is no plan, whatever glob finds it, and by its name neither', async () => {
  using world = briefWorld();
  await world.cli(['review', NAME]);
  await world.cli(['dismiss', NAME, 'F1', '--because', 'So.']);

  const { code, stderr } = await world.cli([], { env: { PLAN_GLOB: 'docs/plans/*' } });

  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `No plan was named, and nobody is there to ask. Candidates: ${NAME}.\nName one: refine-plan ${NAME}\n`,
  });
  expect(await refusal(world, [KEPT])).toEqual({
    code: 2,
    said: `${KEPT} keeps what was dismissed of a plan, and is none itself.\nName the plan: refine-plan ${NAME}\n`,
  });
});
