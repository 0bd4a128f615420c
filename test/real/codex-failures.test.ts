import { describe, expect, it } from 'vitest';
import { cutText, failsWith, outputs, playResponses, runs } from '../loopback/responses.ts';
import { hangUp, httpError, page, type Reply } from '../loopback/server.ts';
import { cameOf, expected, UNREACHED, type Row } from './failing.ts';
import { APPROVAL, codexWorks } from './played-work.ts';
import { ending, HARDENED, NAME, realWorld, unreviewed } from './real-world.ts';

const APPROVES = JSON.stringify(APPROVAL);
const FULL = 'exceeded retry limit, last status: 429 Too Many Requests';

const TWICE = { calls: 2, requests: [2, 2] } as const;
/** Slow machines may not get as far as the first request. */
const CUT_SHORT = { calls: 2, requests: [0, 2], args: ['--timeout', '5s'], within: 20_000 } as const;

function error(
  status: number,
  message: string,
  more: object = {},
  headers: Record<string, string> = {},
): Reply {
  return httpError(status, { error: { message, ...more } }, headers);
}

/** Where nothing else is said, codex makes no tries of its own: see `retries`. */
const ROWS: readonly Row[] = [
  {
    when: '408',
    reply: error(408, 'Slow.'),
    says: 'unexpected status 408 Request Timeout: Slow.\n',
    ...TWICE,
  },
  { when: '429', reply: error(429, 'Slow down.'), says: `${FULL}.\n`, ...TWICE },
  {
    when: '429, with its own tries',
    reply: error(429, 'Slow down.', {}, { 'retry-after': '1' }),
    says: `${FULL}.\n`,
    calls: 2,
    requests: [12, 12],
    retries: true,
  },
  {
    when: '429 for an hour',
    reply: error(429, 'Slow down.', {}, { 'retry-after': '3600' }),
    says: 'codex gave no answer within 5s',
    ...CUT_SHORT,
    retries: true,
  },
  {
    when: 'failed by a rate',
    reply: failsWith('rate_limit_exceeded', 'Rate limit reached. Please try again in 1.5s.'),
    says: 'rate limit exceeded: Rate limit reached. Please try again in 1.5s.\n',
    ...TWICE,
  },
  {
    when: '500',
    reply: error(500, 'Broken.'),
    says: 'We’re currently experiencing high demand, which may cause temporary errors.\n',
    ...TWICE,
  },
  {
    when: '500, with its own tries',
    reply: error(500, 'Broken.'),
    says: 'We’re currently experiencing high demand, which may cause temporary errors.\n',
    calls: 2,
    requests: [60, 60],
    retries: true,
    within: 120_000,
  },
  {
    when: '502, a page',
    reply: page(502, '<html>unauthorized</html>'),
    says: 'unexpected status 502 Bad Gateway: <html>unauthorized</html>.\n',
    ...TWICE,
  },
  {
    when: '504',
    reply: error(504, 'Late.'),
    says: 'unexpected status 504 Gateway Timeout: Late.\n',
    ...TWICE,
  },
  {
    when: '529',
    reply: error(529, 'Full.'),
    says: 'unexpected status 529 <unknown status code>: Full.\n',
    ...TWICE,
  },
  {
    when: '503, overloaded',
    reply: error(503, 'Full.', { code: 'server_is_overloaded' }),
    says: 'Selected model is at capacity. Please try a different model.\n',
    ...TWICE,
  },
  {
    when: 'failed by an overload',
    reply: failsWith('server_is_overloaded', 'Full.'),
    says: 'Selected model is at capacity. Please try a different model.\n',
    ...TWICE,
  },
  {
    when: 'failed by anything else',
    reply: failsWith('server_error', 'Broken.'),
    says: 'stream disconnected before completion: Broken.\n',
    ...TWICE,
  },
  {
    when: 'a connection that is closed',
    reply: hangUp(),
    says: 'stream disconnected before completion: error sending request.\n',
    ...TWICE,
  },
  {
    when: 'a stream that ends early',
    reply: cutText(APPROVES, 'end'),
    says: 'stream disconnected before completion: stream closed before response.completed.\n',
    ...TWICE,
  },
  {
    when: '200, a page',
    reply: page(200, '<html>Log in.</html>'),
    says: 'stream disconnected before completion: stream closed before response.completed.\n',
    ...TWICE,
  },
  {
    when: 'a stream that stands still',
    reply: cutText(APPROVES, 'stall'),
    says: 'codex gave no answer within 5s.\n',
    ...CUT_SHORT,
  },
  {
    when: 'tools for ever',
    reply: outputs(runs('true')),
    says: 'codex gave no answer within 5s.\n',
    ...CUT_SHORT,
    requests: [0, 200],
  },
];

describe.concurrent('codex gives no review for now, is asked once more, and none is made of it', () => {
  it.for(ROWS.map((row) => [row.when, row] as const))('%s', async ([, row]) => {
    await using codex = await playResponses([row.reply]);
    using world = realWorld({ codex, retries: row.retries ?? false });

    expect(await cameOf(row, { world, model: codex, reviewer: 'codex' })).toEqual(expected(row));
  });

  it('because nobody listens', async () => {
    const gone = await playResponses([codexWorks]);
    await gone[Symbol.asyncDispose]();
    using world = realWorld({ codex: gone });

    const { code, stderr } = await world.refine(NAME);

    expect(stderr).toContain(`${UNREACHED}\n`);
    expect(stderr).toMatch(
      /\n(?:Connection failed|stream disconnected before completion): error sending request\.\n/,
    );
    expect({ code, ...ending(world) }).toEqual({ code: 4, ...unreviewed('aborted_codex_error', 4, 2) });
  });
});

describe.concurrent('codex gets over it by itself', () => {
  it.for([
    ['429 for a second', error(429, 'Slow down.', {}, { 'retry-after': '1' })],
    ['500', error(500, 'Broken.')],
  ] as const)('%s', async ([, reply]) => {
    await using codex = await playResponses([reply, codexWorks]);
    using world = realWorld({ codex, retries: true });

    const { code } = await world.refine(NAME);

    expect({ code, ...ending(world) }).toEqual({ code: 0, ...HARDENED });
    expect(codex.requests).toHaveLength(6);
  });
});
