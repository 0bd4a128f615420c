import { describe, expect, it } from 'vitest';
import * as claudes from '../loopback/messages.ts';
import * as codexes from '../loopback/responses.ts';
import type { Reply } from '../loopback/server.ts';
import { inMs, judged, SUBSCRIBED } from './failing.ts';
import { claudeWorks, codexWorks, editsFor, ONCE_FIXED, promptIn } from './played-work.ts';
import { ending, HARDENED, NAME, NOTHING_LEFT, realWorld, unreviewed, type RealWorld } from './real-world.ts';

/** A model that does its work, but for the prompts that begin with this word. */
function failsAt(word: string, works: Reply, fails: Reply): Reply {
  return (request, response) => (promptIn(request).startsWith(word) ? fails : works)(request, response);
}

const WHOLE = JSON.stringify({ findings: [], rulings: [], checks: [], ...editsFor('') });

/** Per agent: a failure that is final, and one that is worth another call, with half an answer in it. */
const FAILURES = [
  ['codex', 'limit', () => codexes.usageLimit(inMs(7_200_000)), 1, 'You’ve hit your usage limit.'],
  ['codex', 'cut', () => codexes.cutText(WHOLE), 2, 'stream disconnected before completion: '],
  ['claude', 'limit', () => claudes.usageLimit(inMs(7_200_000)), 1, "You've hit your 5-hour limit"],
  ['claude', 'cut', () => claudes.cutMessage(WHOLE), 2, 'API Error: Connection dropped (ECONNRESET).'],
] as const;

async function withFailing(
  agent: 'codex' | 'claude',
  { word, reply }: { readonly word: string; readonly reply: Reply },
  then: (world: RealWorld) => Promise<void>,
): Promise<void> {
  await using codex = await codexes.playResponses([
    agent === 'codex' ? failsAt(word, codexWorks, reply) : codexWorks,
  ]);
  await using claude = await claudes.playMessages([failsAt(word, claudeWorks, reply)]);
  using world = realWorld({ codex, claude, vars: SUBSCRIBED });
  await then(world);
  expect(world.leftovers()).toEqual(NOTHING_LEFT);
}

describe.concurrent.for(FAILURES)('%s fails by a %s', ([agent, , failure, tries, says]) => {
  it('as the implementer: the plan stays as it was', async () => {
    await withFailing(agent, { word: 'Resolve', reply: failure() }, async (world) => {
      const { code, stderr } = await world.refine(NAME, '--implementer', agent);

      expect(stderr).toContain(`═══ Stopped: the implementer's edits could not be had ═══\n${says}`);
      expect({ code, ...ending(world) }).toEqual({
        code: 6,
        ...unreviewed('aborted_implementer_error', 6, 1 + tries),
        rounds: 1,
      });
      expect(judged(world)).toEqual(['review.parsed', 'findings.accepted']);
    });
  });

  it('as the arbiter: every finding stays', async () => {
    await withFailing(agent, { word: 'Judge', reply: failure() }, async (world) => {
      const { code, stderr } = await world.refine(NAME, '--arbiter', agent, '--arbiter-from-round', '1');

      expect(stderr).toContain(`! The arbiter (${agent}) failed: ${says}`);
      expect({ code, ...ending(world) }).toEqual({
        code: 0,
        ...HARDENED,
        calls: (HARDENED.calls as number) + 2 * tries,
      });
    });
  });

  it('as the verifier: nothing is closed', async () => {
    await withFailing(agent, { word: 'Verify', reply: failure() }, async (world) => {
      const { code, stderr } = await world.refine(NAME, '--strategy', 'frozen', '--verifier', agent);

      const { status, plan, isCommitted, rounds } = ending(world);
      expect(stderr).toContain(`═══ Stopped: the reviewer could not be reached ═══\n${says}`);
      expect({ code, status, plan, isCommitted, rounds }).toEqual({
        code: 4,
        status: 'aborted_codex_error',
        plan: ONCE_FIXED,
        isCommitted: true,
        rounds: 1,
      });
      expect(judged(world)).toEqual(['review.parsed', 'findings.accepted', 'edits.read']);
      expect(outcomesOf(world, 'verifier')).toEqual(Array.from({ length: tries }, () => 'failed'));
    });
  });
});

function outcomesOf(world: RealWorld, role: string): unknown[] {
  return world
    .facts()
    .flatMap((fact) => (fact.type === 'call.finished' && fact.role === role ? [fact.outcome] : []));
}
