import { describe, expect, it } from 'vitest';
import * as claudes from '../loopback/messages.ts';
import { outputs, playResponses, says } from '../loopback/responses.ts';
import { APPROVAL } from './played-work.ts';
import { NOTHING_LEFT, realWorld } from './real-world.ts';

describe('doctor --live with the real agents', () => {
  it('calls codex and claude once each, in the schema of a review, and leaves nothing behind', async () => {
    await using codex = await playResponses([outputs(says(JSON.stringify(APPROVAL)))]);
    await using claude = await claudes.playMessages([
      claudes.blocks(claudes.uses('StructuredOutput', APPROVAL)),
    ]);
    using world = realWorld({ codex, claude });

    const { stdout } = await world.refine('doctor', '--live', '--json', '--implementer', 'claude');

    const { checks } = JSON.parse(stdout);
    expect(checks.slice(-2)).toMatchObject([
      {
        name: 'codex live',
        ok: true,
        calls: 1,
        detail: expect.stringMatching(/^answers as asked \(1 call, \d+ tokens, \d+s/),
      },
      {
        name: 'claude live',
        ok: true,
        calls: 1,
        detail: expect.stringMatching(/^answers as asked \(1 call, \d+ tokens, \d+s/),
      },
    ]);
    expect(codex.requests).toHaveLength(1);
    expect(codex.heard()).toContain('This only checks that you can be reached.');
    expect(claude.heard()).toContain('This only checks that you can be reached.');
    expect(world.leftovers()).toEqual(NOTHING_LEFT);
  });
});
