import { describe, expect, it } from 'vitest';
import * as claudes from '../loopback/messages.ts';
import { outputs, playResponses, says } from '../loopback/responses.ts';
import type { Reply } from '../loopback/server.ts';
import { PLAN } from '../rig/world.ts';
import { APPROVAL, claudeWorks, codexWorks, editsFor, promptIn } from './played-work.ts';
import { ending, HARDENED, NAME, NOTHING_LEFT, realWorld } from './real-world.ts';

const SAID = '═══ Plan hardened across 3 rounds: the last review raised nothing actionable ═══';

describe.concurrent('the built program with the real agents', () => {
  it('ends clean, and commits nothing, when the first review raises nothing', async () => {
    await using codex = await playResponses([outputs(says(JSON.stringify(APPROVAL)))]);
    using world = realWorld({ codex });

    const { code, stdout, stderr } = await world.refine(NAME);

    expect(stderr).toContain(
      '═══ Plan hardened across 1 round: the last review raised nothing actionable ═══',
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(ending(world)).toEqual({ ...HARDENED, rounds: 1, calls: 1, subjects: [], plan: PLAN });
    expect(world.leftovers()).toEqual(NOTHING_LEFT);
  });

  it.for([
    ['codex', 'patch', '2/2 addressed at :6 :7'],
    ['claude', 'patch', '2/2 addressed at :6 :7'],
    ['codex', 'in-place', 'edited at :6'],
    ['claude', 'in-place', 'edited at :6'],
  ] as const)('hardens a plan in three rounds where %s fixes it, %s', async ([fixer, mode, shown]) => {
    await using codex = await playResponses([codexWorks]);
    await using claude = await claudes.playMessages([claudeWorks]);
    using world = realWorld({ codex, claude });

    const { code, stdout, stderr } = await world.refine(NAME, '--implementer', fixer, '--edit-mode', mode);

    expect(stderr).toContain(SAID);
    expect(stderr).toContain(`${shown} · drift OK · commit `);
    expect({ code, stdout, ...ending(world) }).toEqual({ code: 0, stdout: '', ...HARDENED });
    expect(world.git('status', '--porcelain')).toBe('');
    expect(world.facts().flatMap(({ type, agent }) => (type === 'call.finished' ? [agent] : []))).toEqual([
      'codex',
      fixer,
      'codex',
      fixer,
      'codex',
    ]);
    expect(world.leftovers()).toEqual(NOTHING_LEFT);
  });

  it.for(['codex', 'claude'] as const)(
    'hunts side by side, judges, fixes, verifies and audits where %s does it all but review',
    async (other) => {
      await using codex = await playResponses([codexWorks]);
      await using claude = await claudes.playMessages([claudeWorks]);
      using world = realWorld({ codex, claude });
      const agents = ['--implementer', other, '--arbiter', other, '--verifier', other];

      const { code, stderr } = await world.refine(NAME, '--strategy', 'frozen', ...agents);

      expect(stderr).toContain('every listed finding is closed');
      expect({ code, status: ending(world).status }).toEqual({
        code: 0,
        status: 'completed_verified',
      });
      expect(
        world
          .facts()
          .flatMap(({ type, purpose, outcome }) => (type === 'call.finished' ? [[purpose, outcome]] : [])),
      ).toEqual(
        ['hunt', 'hunt', 'hunt', 'arbitrate', 'fix', 'verify', 'audit', 'arbitrate', 'fix', 'verify'].map(
          (purpose) => [purpose, 'ok'],
        ),
      );
      expect(world.leftovers()).toEqual(NOTHING_LEFT);
    },
  );

  it('asks every reviewer the same, whatever the rounds before came to', async () => {
    await using codex = await playResponses([codexWorks]);
    using world = realWorld({ codex });

    await world.refine(NAME);

    const reviews = codex.requests.map(promptIn).filter((prompt) => prompt.startsWith('Review'));
    const questions = reviews.map((prompt) => withoutMarks(prompt.replace(/\n=====.*/s, '')));
    expect(questions).toEqual(Array.from({ length: 3 }, () => questions[0]));
    expect(new Set(reviews.map(withoutMarks)).size).toBe(3);
  });
});

/** The marks around the plan depend on its text. */
function withoutMarks(prompt: string): string {
  return prompt.replaceAll(/=====\w+=====/g, '=====');
}

/** An answer whose edits leave it open which of two places they mean. */
function ambiguous(prompt: string) {
  const { edits, ...answer } = editsFor(prompt);
  return { ...answer, edits: edits.map((edit) => ({ ...edit, old_text: 'each customer' })) };
}

describe.concurrent('an edit of text that stands in the plan twice', () => {
  const SENT_BACK = 'names text that occurs more than once: "each customer"; copy more of it.';
  const asCodex: Reply = (request, response) =>
    outputs(says(JSON.stringify(ambiguous(promptIn(request)))))(request, response);
  const asClaude: Reply = (request, response) =>
    claudes.blocks(claudes.uses('StructuredOutput', ambiguous(promptIn(request))))(request, response);

  it('is sent back to codex once, and the mended answer is applied', async () => {
    await using codex = await playResponses([codexWorks, asCodex, codexWorks]);
    using world = realWorld({ codex });

    const { code, stderr } = await world.refine(NAME);

    expect(stderr).toContain(`! The edits were not accepted: Edit 1 ${SENT_BACK} Edit 2 ${SENT_BACK}\n`);
    expect({ code, ...ending(world) }).toEqual({ code: 0, ...HARDENED, calls: 6 });
    expect(codex.requests.slice(1, 4).map((request) => promptIn(request).includes(SENT_BACK))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('is sent back to claude once, and the mended answer is applied', async () => {
    await using codex = await playResponses([codexWorks]);
    await using claude = await claudes.playMessages([asClaude, claudeWorks]);
    using world = realWorld({ codex, claude });

    const { code, stderr } = await world.refine(NAME, '--implementer', 'claude');

    expect(stderr).toContain(`! The edits were not accepted: Edit 1 ${SENT_BACK}`);
    expect({ code, ...ending(world) }).toEqual({ code: 0, ...HARDENED, calls: 6 });
    expect(claude.requests.map((request) => promptIn(request).includes(SENT_BACK))).toEqual([
      false,
      true,
      false,
    ]);
  });
});
