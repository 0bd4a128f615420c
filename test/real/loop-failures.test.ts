import { describe, expect, it } from 'vitest';
import * as claudes from '../loopback/messages.ts';
import { cutText, playResponses, usageLimit } from '../loopback/responses.ts';
import { httpError, silence, type Reply } from '../loopback/server.ts';
import { inMs, longestCall, SUBSCRIBED, UNREACHED } from './failing.ts';
import { APPROVAL, codexWorks } from './played-work.ts';
import { ending, HARDENED, NAME, NOTHING_LEFT, realWorld, unreviewed, type RealWorld } from './real-world.ts';

describe.concurrent('a real reviewer that cannot be reached ends the run with code 4, and makes no round', () => {
  it('codex is not logged in', async () => {
    await using codex = await playResponses([
      httpError(401, { error: { message: 'Incorrect API key provided: sk-xxx.' } }),
    ]);
    using world = realWorld({ codex, retries: true });

    const { code, stderr } = await world.refine(NAME);

    expect(stderr).toContain(`${UNREACHED}
unexpected status 401 Unauthorized: Incorrect API key provided: sk-xxx.
Run \`codex login\`, or set CODEX_API_KEY. Where the login comes from your own codex settings, add \`--agent-config user\`.
`);
    expect(stderr).toMatch(new RegExp(`\\nNext +Mend the cause, then .*refine-plan resume ${NAME}`));
    expect({ code, ...ending(world) }).toEqual({ code: 4, ...unreviewed('aborted_codex_error', 4, 1) });
    expect(longestCall(world)).toBeLessThan(30_000);
  });

  it('claude is not logged in', async () => {
    await using codex = await playResponses([codexWorks]);
    await using claude = await claudes.playMessages([
      httpError(401, claudes.apiError('authentication_error', 'invalid x-api-key')),
    ]);
    using world = realWorld({ codex, claude });

    const { code, stderr } = await world.refine(NAME, '--reviewer', 'claude');

    expect(stderr).toContain(`${UNREACHED}
Invalid API key · Fix external API key.
Run \`claude auth login\`, or set ANTHROPIC_API_KEY. Where the login comes from your own claude settings, add \`--agent-config user\`.
`);
    expect({ code, ...ending(world) }).toEqual({ code: 4, ...unreviewed('aborted_codex_error', 4, 1) });
    expect(longestCall(world)).toBeLessThan(30_000);
  });

  it('codex has a usage limit, and says when it resets', async () => {
    const resets = inMs(2 * 3_600_000);
    await using codex = await playResponses([usageLimit(resets)]);
    using world = realWorld({ codex });

    const { code, stderr } = await world.refine(NAME, '--wait-for-limit', '1h');

    const time = resets.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });
    expect(stderr).toMatch(
      new RegExp(`${UNREACHED}\nYou’ve hit your usage limit\\. .* try again at .*${time}\\.\n`),
    );
    expect({ code, ...ending(world) }).toEqual({ code: 4, ...unreviewed('aborted_codex_error', 4, 1) });
    expect(codex.requests).toHaveLength(1);
  });

  it('claude has a usage limit, and says when it resets', async () => {
    const resets = inMs(2 * 3_600_000);
    await using codex = await playResponses([codexWorks]);
    await using claude = await claudes.playMessages([claudes.usageLimit(resets)]);
    using world = realWorld({ codex, claude, vars: SUBSCRIBED });

    const { code, stderr } = await world.refine(NAME, '--reviewer', 'claude');

    expect(stderr).toMatch(
      new RegExp(`${UNREACHED}\nYou've hit your 5-hour limit · resets \\d+:?\\d*[ap]m \\(\\S+\\)\n`),
    );
    expect({ code, ...ending(world) }).toEqual({ code: 4, ...unreviewed('aborted_codex_error', 4, 1) });
  });

  it('codex’s answer breaks off, twice', async () => {
    await using codex = await playResponses([cutText('{"verdict":"approve"}')]);
    using world = realWorld({ codex });

    const { code, stderr } = await world.refine(NAME);

    expect(stderr).toContain(`${UNREACHED}\nstream disconnected before completion: `);
    expect({ code, ...ending(world) }).toEqual({ code: 4, ...unreviewed('aborted_codex_error', 4, 2) });
    expect(codex.requests).toHaveLength(2);
  });

  it('claude’s answer breaks off, again and again', async () => {
    await using codex = await playResponses([codexWorks]);
    await using claude = await claudes.playMessages([claudes.cutMessage('{"verdict":"approve"}')]);
    using world = realWorld({ codex, claude });

    const { code, stderr } = await world.refine(NAME, '--reviewer', 'claude');

    expect(stderr).toContain(`${UNREACHED}\nAPI Error: Connection dropped (ECONNRESET).`);
    expect({ code, ...ending(world) }).toEqual({ code: 4, ...unreviewed('aborted_codex_error', 4, 2) });
  });

  it.for(['codex', 'claude'] as const)('%s hangs, and nothing of it is left', async (reviewer) => {
    await using codex = await playResponses([silence()]);
    await using claude = await claudes.playMessages([silence()]);
    using world = realWorld({ codex, claude });

    const { code, stderr } = await world.refine(NAME, '--reviewer', reviewer, '--timeout', '3s');

    expect(world.leftovers()).toEqual(NOTHING_LEFT);
    expect(stderr).toContain(`${UNREACHED}\n${reviewer} gave no answer within 3s.\n`);
    expect({ code, ...ending(world) }).toEqual({ code: 4, ...unreviewed('aborted_codex_error', 4, 2) });
    expect(longestCall(world)).toBeLessThan(10_000);
  });
});

describe.concurrent('a real agent that fails once', () => {
  it('is asked again when its answer broke off, and the run goes on', async () => {
    await using codex = await playResponses([cutText('{"verdict":"approve"}'), codexWorks]);
    using world = realWorld({ codex });

    const { code, stderr } = await world.refine(NAME);

    expect(stderr).toContain('! The reviewer (codex) failed: stream disconnected before completion: ');
    expect({ code, ...ending(world) }).toEqual({ code: 0, ...HARDENED, calls: 6 });
  });

  it('leaves the way open for another run, once the cause is mended', async () => {
    await using codex = await playResponses([httpError(401, { error: { message: 'No.' } }), codexWorks]);
    using world = realWorld({ codex });

    const first = await world.refine(NAME);
    const second = await world.refine(NAME);

    expect([first.code, second.code]).toEqual([4, 0]);
    expect(ending(world)).toEqual(HARDENED);
  });

  // Nobody is asked again within a minute after a limit, so these take longer than that.
  it('is asked again when its usage limit has reset, where that may be waited for: codex', async () => {
    const limit = soonOver(usageLimit);
    await using codex = await playResponses([limit.reply, codexWorks]);
    using world = realWorld({ codex });

    const { code, stderr } = await world.refine(NAME, '--wait-for-limit', '150s');

    expect(stderr).toMatch(/^! Waiting until .* for the usage limit to reset\.$/m);
    expect({ code, ...ending(world) }).toEqual({ code: 0, ...HARDENED, calls: 6 });
    expect(tooEarly(world, limit)).toEqual([0]);
  });

  it('is asked again when its usage limit has reset, where that may be waited for: claude', async () => {
    const limit = soonOver(claudes.usageLimit);
    await using codex = await playResponses([codexWorks]);
    await using claude = await claudes.playMessages([
      limit.reply,
      claudes.blocks(claudes.uses('StructuredOutput', APPROVAL)),
    ]);
    using world = realWorld({ codex, claude, vars: SUBSCRIBED });

    const { code, stderr } = await world.refine(NAME, '--reviewer', 'claude', '--wait-for-limit', '150s');

    expect(stderr).toMatch(/^! Waiting until .* for the usage limit to reset\.$/m);
    expect({ code, ...ending(world) }).toMatchObject({
      code: 0,
      status: 'completed_clean',
      rounds: 1,
      calls: 2,
    });
    expect(tooEarly(world, limit)).toEqual([0]);
  });

  it('is not waited for twice, where its usage limit is there again at once', async () => {
    const limit = soonOver(usageLimit);
    await using codex = await playResponses([limit.reply]);
    using world = realWorld({ codex });

    const { code, stderr } = await world.refine(NAME, '--wait-for-limit', '1h');

    expect(stderr).toContain('. It had been waited for already, and was met again at once: go on later.\n');
    expect({ code, ...ending(world) }).toEqual({ code: 4, ...unreviewed('aborted_codex_error', 4, 2) });
    expect(tooEarly(world, limit)).toEqual([0]);
    expect(codex.requests).toHaveLength(2);
  });
});

type Limit = { readonly reply: Reply; readonly resets: Date[] };

/** A model at a limit that it says is over in two seconds, each time it is asked. */
function soonOver(limitUntil: (until: Date) => Reply): Limit {
  const resets: Date[] = [];
  const reply: Reply = (request, response) => {
    const until = inMs(2000);
    resets.push(until);
    limitUntil(until)(request, response);
  };
  return { reply, resets };
}

/** For each wait for a limit: how many milliseconds before its end somebody was asked again. */
function tooEarly(world: RealWorld, { resets: [reset] }: Limit): number[] {
  const facts = world.facts();
  return facts.flatMap((wait, index) => {
    if (wait.type !== 'limit.waited') return [];
    const next = facts.slice(index).find(({ type }) => type === 'call.started');
    const asked = Date.parse(String(next?.ts));
    return Math.max(0, Date.parse(String(wait.until)) - asked, Number(reset) - asked);
  });
}

describe.concurrent('a real implementer that fails ends the run with code 6, the plan as it was', () => {
  it('claude hangs, and nothing of it is left', async () => {
    await using codex = await playResponses([codexWorks]);
    await using claude = await claudes.playMessages([silence()]);
    using world = realWorld({ codex, claude });

    const { code, stderr } = await world.refine(NAME, '--implementer', 'claude', '--timeout', '12s');

    expect(world.leftovers()).toEqual(NOTHING_LEFT);
    expect(stderr).toContain(
      "═══ Stopped: the implementer's edits could not be had ═══\nclaude gave no answer within 12s.\n",
    );
    expect({ code, ...ending(world) }).toEqual({
      code: 6,
      ...unreviewed('aborted_implementer_error', 6, 3),
      rounds: 1,
    });
  });

  it('claude fails after an edit of its copy', async () => {
    await using codex = await playResponses([codexWorks]);
    await using claude = await claudes.playMessages([
      claudes.blocks(
        claudes.uses('Edit', { file_path: NAME, old_string: 'line by line', new_string: 'in vain' }),
      ),
      httpError(400, claudes.apiError('invalid_request_error', 'Something else.')),
    ]);
    using world = realWorld({ codex, claude });

    const { code } = await world.refine(NAME, '--implementer', 'claude', '--edit-mode', 'in-place');

    expect(claude.requests[1]?.text).toContain('in vain');
    expect({ code, ...ending(world) }).toEqual({
      code: 6,
      ...unreviewed('aborted_implementer_error', 6, 2),
      rounds: 1,
    });
  });
});
