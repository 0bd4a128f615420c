import { describe, expect, it } from 'vitest';
import {
  apiError,
  blocks,
  cutMessage,
  playMessages,
  stopsFor,
  usageLimit,
  uses,
} from '../loopback/messages.ts';
import { playResponses } from '../loopback/responses.ts';
import { hangUp, httpError, page, type Reply } from '../loopback/server.ts';
import { PLAN } from '../rig/world.ts';
import {
  cameOf,
  expected,
  inMs,
  NO_END,
  SUBSCRIBED,
  toLogIn,
  toWait,
  UNREACHED,
  type Row,
} from './failing.ts';
import { APPROVAL, claudeWorks, codexWorks } from './played-work.ts';
import { ending, HARDENED, NAME, realWorld, unreviewed } from './real-world.ts';

const APPROVES = JSON.stringify(APPROVAL);
const LOGIN = toLogIn('claude', 'Run `claude auth login`, or set ANTHROPIC_API_KEY.');
const DROPPED = 'API Error: Connection dropped (ECONNRESET).';
const LOST = 'API Error: Connection lost mid-response.';

/** claude asks the model again where it sees fit, three times at most for one request. */
const ONCE = { calls: 1, requests: [1, 4] } as const;
const TWICE = { calls: 2, requests: [2, 8] } as const;
/** Slow machines may not get as far as the first request. */
const CUT_SHORT = { calls: 2, requests: [0, 8], within: 20_000 } as const;

function error(status: number, type: string, message: string, headers: Record<string, string> = {}): Reply {
  return httpError(status, apiError(type, message), headers);
}

const ROWS: readonly Row[] = [
  // The provider refuses the request, and would refuse it again.
  {
    when: 'no login',
    reply: claudeWorks,
    says: 'Not logged in · Please run /login.\n',
    hint: LOGIN,
    vars: { ANTHROPIC_API_KEY: '' },
    calls: 1,
    requests: [0, 0],
  },
  {
    when: 'a login that has expired',
    reply: error(401, 'authentication_error', 'OAuth token has expired.'),
    says: 'Failed to authenticate. API Error: 401 OAuth token has expired.\n',
    hint: LOGIN,
    vars: SUBSCRIBED,
    ...ONCE,
  },
  {
    when: '403',
    reply: error(403, 'permission_error', 'No.'),
    says: 'Failed to authenticate. API Error: 403 No.\n',
    hint: LOGIN,
    ...ONCE,
  },
  { when: '400', reply: error(400, 'invalid_request_error', 'Odd.'), says: 'API Error: 400 Odd.\n', ...ONCE },
  {
    when: '404 for a model',
    reply: error(404, 'not_found_error', 'model: nope'),
    says: "There's an issue with the selected model (claude-opus-5-5). It may not exist or you may not ",
    ...ONCE,
  },
  {
    when: '413',
    reply: error(413, 'request_too_large', 'Big.'),
    says: 'Request too large (max 32MB). Accumulated images and attachments in the conversation ',
    ...ONCE,
  },
  {
    when: '400 for the length',
    reply: error(400, 'invalid_request_error', 'prompt is too long: 250000 tokens > 200000 maximum'),
    says: 'Prompt is too long · the request is ~250000 tokens (limit 200000) but this conversation is only ~',
    ...ONCE,
  },
  // The account is used up.
  { when: '402', reply: error(402, 'billing_error', 'Pay.'), says: 'API Error: 402 Pay.\n', ...ONCE },
  {
    when: 'no credit',
    reply: error(400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.'),
    says: 'Credit balance is too low.\n',
    ...ONCE,
  },
  {
    when: 'a limit of spending',
    reply: error(400, 'invalid_request_error', 'You have reached your specified API usage limits.'),
    says: 'API Error: 400 You have reached your specified API usage limits.\n',
    ...ONCE,
  },
  {
    when: 'a limit of the week',
    reply: usageLimit(inMs(99.5 * 3_600_000), 'seven_day'),
    says: "You've hit your weekly limit · resets ",
    hint: toWait(100),
    vars: SUBSCRIBED,
    ...ONCE,
  },
  {
    when: 'a limit of hours, beyond what is waited',
    reply: usageLimit(inMs(90 * 60_000)),
    says: "You've hit your 5-hour limit · resets ",
    hint: toWait(2),
    vars: SUBSCRIBED,
    args: ['--wait-for-limit', '1h'],
    ...ONCE,
  },
  {
    when: 'a limit without an end',
    reply: error(429, 'rate_limit_error', 'limit', {
      'anthropic-ratelimit-unified-status': 'rejected',
      'anthropic-ratelimit-unified-representative-claim': 'five_hour',
    }),
    says: "You've hit your 5-hour limit.\n",
    hint: NO_END,
    vars: SUBSCRIBED,
    args: ['--wait-for-limit', '5h'],
    ...ONCE,
  },
  // What may pass: asked once more, and no more than that.
  {
    when: '429',
    reply: error(429, 'rate_limit_error', 'Slow down.'),
    says: 'API Error: Request rejected (429) · Slow down.\n',
    calls: 2,
    requests: [8, 8],
  },
  {
    when: '429 for an hour',
    reply: error(429, 'rate_limit_error', 'Slow down.', { 'retry-after': '3600' }),
    says: 'API Error: Request rejected (429) · Slow down.\n',
    calls: 2,
    requests: [2, 2],
  },
  {
    when: '429 that wants no other try',
    reply: error(429, 'rate_limit_error', 'Slow down.', { 'x-should-retry': 'false' }),
    says: 'API Error: Request rejected (429) · Slow down.\n',
    calls: 2,
    requests: [2, 2],
  },
  {
    when: '500',
    reply: error(500, 'api_error', 'Broken.'),
    says: 'API Error: 500 Broken. This is a server-side issue',
    calls: 2,
    requests: [6, 8],
  },
  {
    when: '502, a page',
    reply: page(502, '<html>Bad.</html>'),
    says: 'API Error: 502 Bad Gateway. This is a server-side issue',
    calls: 2,
    requests: [8, 8],
  },
  {
    when: '529',
    reply: error(529, 'overloaded_error', 'Full.'),
    says: 'API Error: Repeated 529 Overloaded errors.',
    calls: 2,
    requests: [6, 6],
  },
  { when: 'a connection that is closed', reply: hangUp(), says: DROPPED, ...TWICE },
  {
    when: '200, a page',
    reply: page(200, '<html>Log in.</html>'),
    says: 'API Error: API returned an empty or malformed response (HTTP 200)',
    ...TWICE,
  },
  {
    when: 'cut before its text',
    reply: cutMessage(APPROVES, { after: 1, how: 'reset' }),
    says: DROPPED,
    ...TWICE,
    requests: [2, 16],
  },
  {
    when: 'cut in its text, without a sign',
    reply: cutMessage(APPROVES, { after: 3, how: 'end' }),
    says: DROPPED,
    ...TWICE,
    requests: [2, 16],
  },
  {
    when: 'cut after its text',
    reply: cutMessage(APPROVES, { after: 5, how: 'reset' }),
    says: LOST,
    ...TWICE,
    requests: [2, 16],
  },
  {
    when: 'cut after its text, without a sign',
    reply: cutMessage(APPROVES, { after: 5, how: 'end' }),
    says: LOST,
    ...TWICE,
    requests: [2, 16],
  },
  {
    when: 'a stream that stands still',
    reply: cutMessage(APPROVES, { after: 3, how: 'stall' }),
    says: 'claude gave no answer within 6s',
    args: ['--timeout', '6s'],
    ...CUT_SHORT,
  },
  {
    when: 'a stream that is silent',
    reply: cutMessage(APPROVES, { after: 3, how: 'stall' }),
    says: 'claude was silent for 4s',
    args: ['--idle-timeout', '4s'],
    ...CUT_SHORT,
  },
  {
    when: 'tools for ever',
    reply: blocks(uses('Glob', { pattern: '*' })),
    says: 'claude gave no answer within 6s',
    args: ['--timeout', '6s'],
    ...CUT_SHORT,
    requests: [0, 200],
  },
  // The model says something, and not all of it.
  {
    when: 'cut at its longest',
    reply: stopsFor('max_tokens', APPROVES),
    says: "API Error: Claude's response exceeded the 128000 output token maximum. To configure this behavior, ",
    ...ONCE,
  },
  {
    when: 'refused by the model',
    reply: stopsFor('refusal', ''),
    says: "API Error: Opus 5.5's safeguards flagged this message (https://www.anthropic.com/legal/aup). ",
    ...ONCE,
  },
  {
    when: 'never in the schema',
    reply: blocks(uses('StructuredOutput', { nope: 1 })),
    says: 'The answer is empty.\n',
    isAnswered: true,
    calls: 2,
    requests: [2, 12],
  },
];

describe.concurrent('claude gives no review, and none is made of it', () => {
  it.for(ROWS.map((row) => [row.when, row] as const))('%s', async ([, row]) => {
    await using codex = await playResponses([codexWorks]);
    await using claude = await playMessages([row.reply]);
    using world = realWorld({ codex, claude, vars: row.vars ?? {} });

    expect(await cameOf(row, { world, model: claude, reviewer: 'claude' })).toEqual(expected(row));
  });

  it('because nobody listens', async () => {
    await using codex = await playResponses([codexWorks]);
    const gone = await playMessages([claudeWorks]);
    await gone[Symbol.asyncDispose]();
    using world = realWorld({ codex, claude: gone });

    const { code, stderr } = await world.refine(NAME, '--reviewer', 'claude');

    expect(stderr).toMatch(new RegExp(`${UNREACHED}\nAPI Error: .*(?:ECONNREFUSED|ConnectionRefused)`));
    expect({ code, ...ending(world) }).toEqual({ code: 4, ...unreviewed('aborted_codex_error', 4, 2) });
  });
});

describe.concurrent('claude gets over it by itself', () => {
  it.for([
    ['429 for a second', error(429, 'rate_limit_error', 'Slow down.', { 'retry-after': '1' })],
    ['500', error(500, 'api_error', 'Broken.')],
    ['a stream that breaks off', cutMessage(APPROVES)],
    ['an empty answer', blocks()],
  ] as const)('%s', async ([, reply]) => {
    await using codex = await playResponses([codexWorks]);
    await using claude = await playMessages([reply, blocks(uses('StructuredOutput', APPROVAL))]);
    using world = realWorld({ codex, claude });

    const { code } = await world.refine(NAME, '--reviewer', 'claude', '--implementer', 'claude');

    expect({ code, ...ending(world) }).toEqual({
      code: 0,
      ...HARDENED,
      rounds: 1,
      calls: 1,
      subjects: [],
      plan: PLAN,
    });
  });
});
