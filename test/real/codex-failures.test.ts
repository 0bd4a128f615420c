import { describe, expect, it } from 'vitest';
import {
  cutText,
  failsWith,
  outputs,
  playResponses,
  refuses,
  runs,
  stopsFor,
  usageLimit,
} from '../loopback/responses.ts';
import { hangUp, httpError, page, type Reply } from '../loopback/server.ts';
import { expectFailure, inMs, UNREACHED, type Row } from './failing.ts';
import { APPROVAL, codexWorks } from './played-work.ts';
import { ending, HARDENED, NAME, realWorld, unreviewed } from './real-world.ts';

const APPROVES = JSON.stringify(APPROVAL);
const LOGIN = 'Run `codex login`, or set CODEX_API_KEY.';
const FULL = 'exceeded retry limit, last status: 429 Too Many Requests';

const ONCE = { calls: 1, requests: [1, 1] } as const;
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
  // The provider refuses the request, and would refuse it again.
  { when: '402', reply: error(402, 'Pay.'), says: 'unexpected status 402 Payment Required: Pay.\n', ...ONCE },
  {
    when: '403',
    reply: error(403, 'No.'),
    says: 'unexpected status 403 Forbidden: No.\n',
    hint: LOGIN,
    ...ONCE,
  },
  { when: '409', reply: error(409, 'Busy.'), says: 'unexpected status 409 Conflict: Busy.\n', ...ONCE },
  {
    when: '413',
    reply: error(413, 'Big.'),
    says: 'unexpected status 413 Payload Too Large: Big.\n',
    ...ONCE,
  },
  {
    when: '422',
    reply: error(422, 'Odd.'),
    says: 'unexpected status 422 Unprocessable Entity: Odd.\n',
    ...ONCE,
  },
  { when: '301', reply: httpError(301, {}), says: 'unexpected status 301 Moved Permanently: {}.\n', ...ONCE },
  {
    when: '400 for a model',
    reply: error(400, "The requested model 'nope-9' does not exist."),
    says: "The requested model 'nope-9' does not exist.\n",
    ...ONCE,
  },
  {
    when: '404 for a model',
    reply: error(404, 'The model `nope-9` does not exist or you do not have access to it.'),
    says: 'The model `nope-9` does not exist or you do not have access to it.\n',
    ...ONCE,
  },
  {
    when: '400 with a detail',
    reply: httpError(400, { detail: "The 'gpt-9' model is not supported." }),
    says: "The 'gpt-9' model is not supported.\n",
    ...ONCE,
  },
  { when: '400 for anything else', reply: error(400, 'Something else.'), says: 'Something else.\n', ...ONCE },
  {
    when: '400 for the schema',
    reply: error(400, "Invalid schema for response_format 'codex_output_schema': x", {
      code: 'invalid_json_schema',
    }),
    says: "Invalid schema for response_format 'codex_output_schema': x.\n",
    ...ONCE,
  },
  {
    when: '400 for the length',
    reply: error(400, 'Too long.', { code: 'context_length_exceeded' }),
    says: "Codex ran out of room in the model's context window.",
    ...ONCE,
  },
  {
    when: 'failed for the length',
    reply: failsWith('context_length_exceeded', 'Too long.'),
    says: "Codex ran out of room in the model's context window.",
    ...ONCE,
  },
  {
    when: 'failed by a policy',
    reply: failsWith('invalid_prompt', 'Invalid prompt: it was flagged.'),
    says: 'Invalid prompt: it was flagged.\n',
    ...ONCE,
  },
  // The account is used up.
  {
    when: 'no quota',
    reply: error(429, 'Used.', { type: 'insufficient_quota', code: 'insufficient_quota' }),
    says: 'Quota exceeded. Check your plan and billing details.\n',
    ...ONCE,
  },
  {
    when: 'not in the plan',
    reply: error(429, 'No.', { type: 'usage_not_included' }),
    says: 'To use Codex with your ChatGPT plan, upgrade to Plus: ',
    ...ONCE,
  },
  {
    when: 'a limit of a person, until another day',
    reply: usageLimit(inMs(99.5 * 3_600_000)),
    says: 'You’ve hit your usage limit. Upgrade to Pro ',
    hint: '. To have it waited for: --wait-for-limit 100h.\n',
    ...ONCE,
  },
  {
    when: 'a limit of a team, beyond what is waited',
    reply: usageLimit(inMs(90 * 60_000), 'team'),
    says: 'You’ve hit your usage limit. To get more access now, send a request to your admin or try again at ',
    hint: '. To have it waited for: --wait-for-limit 2h.\n',
    args: ['--wait-for-limit', '1h'],
    ...ONCE,
  },
  {
    when: 'a limit of the free plan',
    reply: usageLimit(inMs(30 * 60_000), 'free'),
    says: 'You’ve hit your usage limit. Upgrade to Plus to continue using Codex ',
    hint: '. To have it waited for: --wait-for-limit 1h.\n',
    ...ONCE,
  },
  {
    when: 'a limit of an enterprise',
    reply: usageLimit(inMs(30 * 60_000), 'enterprise'),
    says: 'You’ve hit your usage limit. Try again at ',
    hint: 'The limit resets at ',
    ...ONCE,
  },
  {
    when: 'a limit without an end',
    reply: usageLimit(null),
    says: 'You’ve hit your usage limit. ',
    hint: 'try again later.\nIt is not known when the limit resets, so it cannot be waited for: go on later.\n',
    args: ['--wait-for-limit', '5h'],
    ...ONCE,
  },
  // What may pass: asked once more, and no more than that.
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
    within: 60_000,
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
  // The model says something, and not all of it.
  {
    when: 'cut at its longest',
    reply: stopsFor('max_output_tokens', APPROVES),
    says: 'Incomplete response returned, reason: max_output_tokens.\n',
    ...ONCE,
  },
  {
    when: 'cut by a filter',
    reply: stopsFor('content_filter', APPROVES),
    says: 'stream disconnected before completion: Incomplete response returned, reason: content_filter.\n',
    ...ONCE,
  },
  {
    when: 'refused by the model',
    reply: outputs(refuses('I will not.')),
    says: 'The answer is empty.\n',
    isAnswered: true,
    ...TWICE,
  },
];

describe.concurrent('codex gives no review, and none is made of it', () => {
  it.for(ROWS.map((row) => [row.when, row] as const))('%s', async ([, row]) => {
    await using codex = await playResponses([row.reply]);
    using world = realWorld({ codex, retries: row.retries ?? false });

    await expectFailure(row, { world, model: codex, reviewer: 'codex' });
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
