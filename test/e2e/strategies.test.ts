import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFECTS, PLAN, readyWorld, type Defect, type World } from '../rig/world.ts';
import { FIXED, scrub } from './support.ts';

const NAME = 'docs/plans/import.md';

const [RETRY, MAILS, , FILE] = DEFECTS as readonly [Defect, Defect, Defect, Defect];

const WORDING = { real: true, consequence: 'none', reason: 'Whoever builds it does the same either way.' };

describe.concurrent('the arbiter', () => {
  it('has a run end with everything that was raised ruled out, each finding named with why', async ({
    expect: expectHere,
  }) => {
    using world = readyWorld();
    world.defects([
      { ...RETRY, ruling: WORDING },
      { ...MAILS, ruling: { consequence: 'rework', reason: 'The mails can be sent again.' } },
    ]);

    const { code, stderr } = await world.cli([NAME, '--arbiter-from-round', '1']);

    expect(code).toBe(0);
    expect(roles(world)).toEqual(['reviewer', 'arbiter']);
    expectHere(scrub(stderr, world)).toMatchInlineSnapshot(`
      "─ Round 1 starting (<clock>) ──── codex review (~2-5 min)
      ─ Round 1 done (0s) ──── 2 findings: 1C 0H 1M 0L · arbiter: 0 of 2 to be mended, 1 advisory, 1 wording

      ═══ Plan hardened across 1 round: nothing that the last review raised must be mended first ═══
      Of what the last review raised, nothing has to be mended before the plan is built: 2 findings were ruled out.

      ┌─────────────────┬─────────────────────┬────────┬─────────┐
      │ Phase           │ Findings            │ Tokens │ Elapsed │
      ├─────────────────┼─────────────────────┼────────┼─────────┤
      │ Round 1 codex   │ 1C 0H 1M 0L         │ 1k     │ 0s      │
      │ Round 1 arbiter │ 0 real, 2 ruled out │ 1k     │ 0s      │
      ├─────────────────┼─────────────────────┼────────┼─────────┤
      │ Total           │                     │ 2k     │ 0s      │
      └─────────────────┴─────────────────────┴────────┴─────────┘

      Bytes    sha256 fff4a39c, as before; 2 agent calls
      Raised   2 findings: 0 to act on, 2 ruled out

      Plan     docs/plans/import.md
      State    docs/plans/.refine-plan-against-codex/import-<time>
      Commits  none
      Ruled out F1 low retry bound missing: wording only. Whoever builds it does the same either way.
      Ruled out F2 low mails go out twice after a restart: real, but it need not be mended before the plan is built. The mails can be sent again.
      Next     Read what was ruled out; then build the plan.
      "
    `);
    expect(world.facts().at(-1)).toMatchObject({ status: 'completed_converged', exit_code: 0 });
  });

  it('keeps wording from the implementer, which gets the rest', async () => {
    using world = readyWorld();
    world.defects([{ ...RETRY, ruling: WORDING }, MAILS]);

    const { stderr } = await world.cli([NAME, '--arbiter-from-round', '1']);

    expect(stderr).toContain('· arbiter: 1 of 2 to be mended, 1 wording · top: docs/plans/import.md:7 mails');
    expect(world.read(NAME)).toBe(FIXED);
    expect(stderr).toContain('Ruled out F1 low retry bound missing: wording only. Whoever builds it');
  });

  it('is not shown what the reviewer thought of severity', async () => {
    using world = readyWorld();
    world.defects([MAILS]);

    await world.cli([NAME, '--arbiter-from-round', '1']);

    const prompt = readFileSync(join(world.runs()[0] ?? '', 'round-01/prompt-arbitrate-1.md'), 'utf8');
    const claims = prompt.split(/^=+\w+=+ findings$/m)[1];
    expect(claims).toContain('Finding 1 at docs/plans/import.md:7-7: mails go out twice after a restart');
    expect(claims).not.toMatch(/medium|0\.6|confidence/);
  });

  it('that cannot be read rules nothing out', async () => {
    using world = readyWorld();
    world.defects([MAILS]);

    const { stderr } = await world.cli([NAME, '--arbiter-from-round', '1'], {
      env: { WORLD_ANSWER_ARBITER: 'All fine.' },
    });

    expect(stderr).toMatch(/! The arbiter came to no ruling, so every finding stays as it was: /);
    expect(world.read(NAME)).toBe(FIXED);
  });

  it('is looked for before the first call, and only where it would be called', async () => {
    using world = readyWorld();
    world.defects([MAILS]);
    const env = { PATH: `${join(world.root, 'bin')}:/usr/bin:/bin` };

    const missing = await world.cli([NAME, '--arbiter', 'claude'], { env });
    const unasked = await world.cli([NAME, '--arbiter', 'claude', '--max-rounds', '3', '--dry-run'], { env });

    expect({ code: missing.code, calls: world.calls() }).toEqual({ code: 3, calls: [] });
    expect(missing.stderr).toContain('claude');
    expect(unasked.code).toBe(0);
  });
});

describe.concurrent('the frozen strategy', () => {
  it('hunts side by side on the same bytes, and ends when every finding of its list is closed', async ({
    expect: expectHere,
  }) => {
    using world = readyWorld();
    world.defects([{ ...RETRY, lens: 1 }, { ...MAILS, lens: 2 }, FILE]);

    const { code, stderr } = await world.cli([NAME, '--strategy', 'frozen']);

    expect(code).toBe(0);
    expectHere(scrub(stderr, world)).toMatchInlineSnapshot(`
      "─ Round 1 starting (<clock>) ──── 3 hunts by codex (~2-5 min)
      ─ Round 1 done (0s) ──── 3 hunts, 2 findings: 1C 0H 1M 0L · arbiter: 2 of 2 to be mended · top: docs/plans/import.md:6 retry bound missing
        impl 0s · 2/2 addressed at :6 :7 · drift OK · commit <sha>
      ─ Round 2 starting (<clock>) ──── codex verify (~2-5 min)
      ─ Round 2 done (0s) ──── verified: 2 closed, 1 new in the fix · top: docs/plans/import.md:6 nobody reads the file of failures
      ─ Round 3 starting (<clock>) ──── codex audit (~2-5 min)
      ─ Round 3 done (0s) ──── 1 finding: 0C 1H 0M 0L (1 in our fixes) · arbiter: 1 of 1 to be mended · top: docs/plans/import.md:6 nobody reads the file of failures
        impl 0s · 1/1 addressed at :6 · drift OK · commit <sha>
      ─ Round 4 starting (<clock>) ──── codex verify (~2-5 min)
      ─ Round 4 done (0s) ──── verified: 1 closed

      ═══ Plan hardened across 4 rounds: every listed finding is closed ═══
      Every listed finding is closed (3). This is a statement about the list, not about the plan.

      ┌─────────────────────┬──────────────────────────────┬────────┬─────────┐
      │ Phase               │ Findings                     │ Tokens │ Elapsed │
      ├─────────────────────┼──────────────────────────────┼────────┼─────────┤
      │ Round 1 hunt        │ 1C 0H 1M 0L                  │ 3k     │ 0s      │
      │ Round 1 arbiter     │ 2 real, 0 ruled out          │ 1k     │ 0s      │
      │ Round 1 implementer │ 2 addressed                  │ 1k     │ 0s      │
      │ Round 2 verify      │ 2/2 closed, 1 new in the fix │ 1k     │ 0s      │
      │ Round 3 audit       │ 0C 1H 0M 0L (1 in our fixes) │ 1k     │ 0s      │
      │ Round 3 arbiter     │ 1 real, 0 ruled out          │ 1k     │ 0s      │
      │ Round 3 implementer │ 1 addressed                  │ 1k     │ 0s      │
      │ Round 4 verify      │ 1/1 closed                   │ 1k     │ 0s      │
      ├─────────────────────┼──────────────────────────────┼────────┼─────────┤
      │ Total               │                              │ 10k    │ 0s      │
      └─────────────────────┴──────────────────────────────┴────────┴─────────┘

      Bytes    sha256 fff4a39c -> 16abaa53, +111 bytes (+48 %); 10 agent calls
      Raised   3 findings: 3 to act on
      Of these 3 closed, 0 came back after a fix
      By round author's text 2 0 0 0 · text of our fixes 0 1 0 0
      Fixes    3 fixes caused 1 finding (probably 0.07 to 0.78 for each fix); 0 taken back
      Closed means closed on this list: what nobody has raised does not stand on it.

      Plan     docs/plans/import.md
      State    docs/plans/.refine-plan-against-codex/import-<time>
      Commits  <from>..<to> (2)
      Next     Read the commits, then build the plan.
      "
    `);
    expect(world.read(NAME)).toContain('a file of failures, which must be empty at the end');
    expect(world.facts().at(-1)).toMatchObject({ status: 'completed_verified' });
  });

  it('begins all hunts before any has ended, each through a lens of its own', async () => {
    using world = readyWorld();
    world.defects([MAILS]);

    await world.cli([NAME, '--strategy', 'frozen']);

    const calls = world.facts().filter(({ type }) => type.startsWith('call.'));
    expect(
      calls
        .slice(0, 6)
        .map(({ type, call }) => `${type} ${String(call)}`)
        .toSorted(),
    ).toEqual([
      'call.finished hunt-1',
      'call.finished hunt-2',
      'call.finished hunt-3',
      'call.started hunt-1',
      'call.started hunt-2',
      'call.started hunt-3',
    ]);
    expect(new Set(calls.slice(0, 3).map(({ type }) => type))).toEqual(new Set(['call.started']));
    const prompts = ['hunt-1', 'hunt-2', 'hunt-3'].map((call) =>
      readFileSync(join(world.runs()[0] ?? '', `round-01/prompt-${call}.md`), 'utf8'),
    );
    expect(prompts.map((prompt) => /^Look hardest at (\w+)/m.exec(prompt)?.[1])).toEqual([
      'contradictions',
      'cases',
      'what',
    ]);
  });
});

describe.concurrent('a matter of design', () => {
  const DESIGN: Defect = { ...RETRY, fix_kind: 'design', cause: 'The import never gives up.' };

  it('is left to the user, who is told what there is to decide', async () => {
    using world = readyWorld();
    world.defects([DESIGN]);

    const { code, stderr } = await world.cli([NAME]);

    expect(code).toBe(1);
    expect(world.read(NAME)).toBe(PLAN);
    expect(stderr).toContain(
      '! 1 finding asks for a change of design: F1 retry bound missing. Unattended: handoff (--on-design decides).\n',
    );
    expect(stderr).toContain('═══ Stopped after 1 round: 1 decision of design to be made by you ═══\n');
    expect(stderr).toMatch(/\nDecide {3}F1 critical retry bound missing: .*: The import never gives up\.\n/);
    expect(stderr).toContain('--on-design apply\n');
    expect(world.facts().at(-1)).toMatchObject({ status: 'completed_design_handoff', unresolved: ['F1'] });
  });

  it('is fixed where that was said', async () => {
    using world = readyWorld();
    world.defects([DESIGN]);

    const { code } = await world.cli([NAME, '--on-design', 'apply']);

    expect(code).toBe(0);
    expect(world.read(NAME)).toContain('retry three times');
  });
});

describe.concurrent('several reviewers', () => {
  it('review the same bytes side by side, and what they raise is one list', async () => {
    using world = readyWorld();
    world.defects([MAILS]);

    const { code, stderr } = await world.cli([NAME, '--reviewer', 'codex', '--reviewer', 'codex:o3']);

    expect(code).toBe(0);
    expect(stderr).toMatch(/^─ Round 1 starting .* 2 reviews by codex /);
    expect(stderr).toContain('──── 2 reviews, 1 finding: 0C 0H 1M 0L · top: ');
    const started = world.facts().filter(({ type }) => type === 'call.started');
    expect(started.slice(0, 2).map(({ seat, model }) => [seat, model])).toEqual([
      [0, null],
      [1, 'o3'],
    ]);
    expect(world.facts().find(({ type }) => type === 'review.parsed')).toMatchObject({
      findings: [{ id: 'F1' }],
      looks: [{ findings: ['F1'] }, { findings: ['F1'] }],
    });
  });

  it('come from the environment, one a line, and from the config file as an array', async () => {
    using world = readyWorld();
    world.write('.refine-plan.json', '{"reviewer": ["codex:o3", "codex:o4"]}');

    const fromFile = await world.cli(['config', 'show', '--json']);
    const fromEnv = await world.cli(['config', 'show', '--json'], {
      env: { REFINE_PLAN_REVIEWER: 'codex\ncodex:o5\n' },
    });

    expect(JSON.parse(fromFile.stdout).settings.reviewer.value).toEqual(['codex:o3', 'codex:o4']);
    expect(JSON.parse(fromEnv.stdout).settings.reviewer).toEqual({
      value: ['codex', 'codex:o5'],
      origin: 'REFINE_PLAN_REVIEWER',
    });
  });
});

describe.concurrent('a loop that feeds on its own fixes', () => {
  it('stops hunting and verifies what is open, and says which flag decides', async () => {
    using world = divergingWorld();

    const { code, stderr } = await world.cli([NAME]);

    expect(stderr).toMatch(
      /^! The loop feeds on its own fixes: of 6 fixes, 6 findings came\. Unattended: verify \(--on-divergence decides\)\.$/m,
    );
    expect(stderr).toMatch(/^─ Round 3 starting .* codex verify /m);
    expect(stderr).toContain('──── verified: 6 closed\n');
    expect(stderr).toContain('the verifier closed 6 findings, and 6 earlier ones were only addressed.');
    expect(code).toBe(1);
    expect(world.facts().at(-1)).toMatchObject({ status: 'completed_cap', reason: 'divergence' });
  });

  it('ends where that was said, with what is open left to the user', async () => {
    using world = divergingWorld();

    const { code, stderr } = await world.cli([NAME, '--on-divergence', 'stop']);

    expect(code).toBe(1);
    expect(stderr).toContain(
      '═══ Stopped because the fixes cause about as much as they resolve after 2 rounds: 6 findings open (6 in our fixes) ═══\n',
    );
    expect(world.facts().at(-1)).toMatchObject({ status: 'completed_cap', reason: 'divergence' });
  });
});

/** Six defects, and the fix of each brings in another. */
function divergingWorld(): World {
  const world = readyWorld();
  const parts = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'];
  const steps = parts.map((part) => `The ${part} service is restarted by its own operator.\n`);
  world.write(NAME, `# Restart everything\n\n${steps.join('\n')}`);
  world.git('commit', '-qam', 'Another plan');
  world.defects(
    parts.flatMap((part, at): Defect[] => [
      {
        ...RETRY,
        title: `two operators restart ${part} at once`,
        body: 'Both believe that it is their turn, and users are thrown out twice in a row.',
        recommendation: 'Give every service its turn.',
        ...replacing(`The ${part} service is`, `Step ${at}: ${part} is`),
      },
      {
        ...MAILS,
        title: `nothing says what happens when step ${at} finds its machine gone`,
        body: 'A host was removed last week, so the step hangs, and none of those behind it is ever begun.',
        recommendation: 'Skip what is gone.',
        after: 'Step',
        ...replacing(`Step ${at}: ${part} is`, `Unless its host is gone, ${part} is`),
      },
    ]),
  );
  return world;
}

function replacing(quote: string, text: string): Pick<Defect, 'quote' | 'fix'> {
  return { quote, fix: { old_text: quote, new_text: text } };
}

function roles(world: World): string[] {
  return world.calls().map(({ role }) => role);
}
