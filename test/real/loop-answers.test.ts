import { describe, expect, it } from 'vitest';
import * as claudes from '../loopback/messages.ts';
import { outputs, playResponses, says } from '../loopback/responses.ts';
import { codexWorks, promptIn } from './played-work.ts';
import { ending, HARDENED, NAME, realWorld, unreviewed } from './real-world.ts';

const PROSE = `I would rather talk about the plan.\n${'It is a good plan. '.repeat(20)}`;
const SHOWN = `I would rather talk about the plan. ${'It is a good plan. '.repeat(20)}`.slice(0, 199);
const UNREAD = "═══ Stopped: the reviewer's answer could not be read ═══";
const NO_JSON = 'The answer is not the JSON object that was asked for.';

describe.concurrent('an answer of a real reviewer that does not fit', () => {
  it.for(['codex', 'claude'] as const)(
    'is asked for again once, and then ends the run: prose of %s',
    async (reviewer) => {
      await using codex = await playResponses([outputs(says(PROSE))]);
      await using claude = await claudes.playMessages([claudes.blocks(claudes.says(PROSE))]);
      using world = realWorld({ codex, claude });

      const { code, stderr } = await world.refine(NAME, '--reviewer', reviewer);

      expect(stderr).toContain(`${UNREAD}\n${NO_JSON} It begins: ${SHOWN}…\n`);
      expect({ code, ...ending(world) }).toEqual({
        code: 5,
        ...unreviewed('aborted_malformed_output', 5, 2),
      });
    },
  );

  it.for(['codex', 'claude'] as const)(
    'is asked for again once, and then ends the run: an empty message of %s',
    async (reviewer) => {
      await using codex = await playResponses([outputs(says(''))]);
      await using claude = await claudes.playMessages([claudes.blocks()]);
      using world = realWorld({ codex, claude });

      const { code, stderr } = await world.refine(NAME, '--reviewer', reviewer);

      expect(stderr).toContain(`${UNREAD}\nThe answer is empty.\n`);
      expect({ code, ...ending(world) }).toEqual({
        code: 5,
        ...unreviewed('aborted_malformed_output', 5, 2),
      });
    },
  );

  it('is empty where codex completes its turn without any message', async () => {
    await using codex = await playResponses([outputs()]);
    using world = realWorld({ codex });

    const { code, stderr } = await world.refine(NAME);

    expect(stderr).toContain(`${UNREAD}\nThe answer is empty.\n`);
    expect({ code, ...ending(world) }).toEqual({ code: 5, ...unreviewed('aborted_malformed_output', 5, 2) });
  });

  it.for([
    ['prose', PROSE, NO_JSON],
    ['nothing', '', 'The answer is empty.'],
    [
      'another object',
      '{"verdict":"fine","findings":[]}',
      'The "verdict" is neither "approve" nor "needs-attention".',
    ],
  ] as const)('is forgotten when the next one fits: %s', async ([, text, problem]) => {
    await using codex = await playResponses([outputs(says(text)), codexWorks]);
    using world = realWorld({ codex });

    const { code, stderr } = await world.refine(NAME);

    expect(stderr).toContain(`! The answer of review-1 cannot be read as a review: ${problem}\n`);
    expect({ code, ...ending(world) }).toEqual({ code: 0, ...HARDENED, calls: 6 });
    expect(codex.requests.slice(0, 3).map((request) => promptIn(request).includes(problem))).toEqual([
      false,
      true,
      false,
    ]);
  });
});
