import { describe, expect, it } from 'vitest';
import { failsWith, outputs, playResponses, refuses, stopsFor, usageLimit } from '../loopback/responses.ts';
import { httpError, type Reply } from '../loopback/server.ts';
import { cameOf, expected, inMs, NO_END, toLogIn, toWait, type Row } from './failing.ts';
import { APPROVAL } from './played-work.ts';
import { realWorld } from './real-world.ts';

const APPROVES = JSON.stringify(APPROVAL);
const LOGIN = toLogIn('codex', 'Run `codex login`, or set CODEX_API_KEY.');
const NO_ROOM =
  "Codex ran out of room in the model's context window. Start a new thread or clear earlier history before retrying.\n";

const ONCE = { calls: 1, requests: [1, 1] } as const;

function error(
  status: number,
  message: string,
  more: object = {},
  headers: Record<string, string> = {},
): Reply {
  return httpError(status, { error: { message, ...more } }, headers);
}

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
    says: 'unexpected status 404 Not Found: The model `nope-9` does not exist or you do not have access to it.\n',
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
    says: NO_ROOM,
    ...ONCE,
  },
  {
    when: 'failed for the length',
    reply: failsWith('context_length_exceeded', 'Too long.'),
    says: NO_ROOM,
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
    says: 'To use Codex with your ChatGPT plan, upgrade to Plus: https://chatgpt.com/explore/plus.\n',
    ...ONCE,
  },
  {
    when: 'a limit of a person, until another day',
    reply: usageLimit(inMs(99.5 * 3_600_000)),
    says: 'You’ve hit your usage limit. Upgrade to Pro ',
    hint: toWait(100),
    ...ONCE,
  },
  {
    when: 'a limit of a team, beyond what is waited',
    reply: usageLimit(inMs(90 * 60_000), 'team'),
    says: 'You’ve hit your usage limit. To get more access now, send a request to your admin or try again at ',
    hint: toWait(2),
    args: ['--wait-for-limit', '1h'],
    ...ONCE,
  },
  {
    when: 'a limit of the free plan',
    reply: usageLimit(inMs(30 * 60_000), 'free'),
    says: 'You’ve hit your usage limit. Upgrade to Plus to continue using Codex ',
    hint: toWait(1),
    ...ONCE,
  },
  {
    when: 'a limit of an enterprise',
    reply: usageLimit(inMs(30 * 60_000), 'enterprise'),
    says: 'You’ve hit your usage limit. Try again at ',
    hint: toWait(1),
    ...ONCE,
  },
  {
    when: 'a limit without an end',
    reply: usageLimit(null),
    says:
      'You’ve hit your usage limit. Upgrade to Pro (https://chatgpt.com/explore/pro), ' +
      'visit https://chatgpt.com/settings/usage to purchase more credits or try again later.\n',
    hint: NO_END,
    args: ['--wait-for-limit', '5h'],
    ...ONCE,
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
    calls: 2,
    requests: [2, 2],
  },
];

describe.concurrent('codex is refused a review, and asks no more', () => {
  it.for(ROWS.map((row) => [row.when, row] as const))('%s', async ([, row]) => {
    await using codex = await playResponses([row.reply]);
    using world = realWorld({ codex });

    expect(await cameOf(row, { world, model: codex, reviewer: 'codex' })).toEqual(expected(row));
  });
});
