import { describe, expect, it } from 'vitest';
import type { Listener } from '../../src/agents/agent-cli.ts';
import { claudeListener } from '../../src/agents/claude-listener.ts';
import { LONGEST_ANSWER, OVERLONG } from '../../src/core/longest-answer.ts';
import { exited, NOW } from './fake-agent.ts';

const INIT = {
  type: 'system',
  subtype: 'init',
  model: 'claude-opus-5-5',
  claude_code_version: '2.1.329',
  tools: ['Read'],
};
const USAGE = {
  input_tokens: 100,
  cache_creation_input_tokens: 10,
  cache_read_input_tokens: 5,
  output_tokens: 20,
};

/** The last event, its keys in the order of the newer versions. */
const result = (more: object) => ({
  num_turns: 1,
  subtype: 'success',
  is_error: false,
  stop_reason: 'end_turn',
  usage: USAGE,
  result: '',
  type: 'result',
  ...more,
});
const apiError = (text: string, more: object = {}) =>
  result({ is_error: true, result: text, stop_reason: 'stop_sequence', ...more });
const uses = (id: string, name: string, input: object) => ({
  type: 'assistant',
  message: { content: [{ type: 'tool_use', id, name, input }] },
});

function hear(events: readonly unknown[]): Listener & { readonly said: readonly (string | undefined)[] } {
  const listener = claudeListener(null, () => NOW);
  const said = [INIT, ...events].map((event) => listener.read?.(JSON.stringify(event), true));
  return { ...listener, said: said.filter((it) => it !== undefined) };
}

function ended(events: readonly unknown[], exitCode = 0, stderr = '') {
  const answer = hear(events).answer(exited(exitCode, stderr));
  return answer.ok ? answer.value : { kind: answer.failure.kind, message: answer.failure.message };
}

describe('the answer of claude', () => {
  it('is what it handed over in the schema, and the text where it handed over nothing', () => {
    expect(
      ended([result({ result: 'ok', structured_output: { verdict: 'approve' }, stop_reason: 'tool_use' })]),
    ).toBe('{"verdict":"approve"}');
    expect(ended([result({ result: 'Looks fine.' })])).toBe('Looks fine.');
    expect(ended([result({ result: 'ok', structured_output: null })])).toBe('null');
  });

  it('is empty where the model said nothing, or never kept to the schema', () => {
    expect(ended([result({ result: '' })])).toBe('');
    expect(
      ended([result({ subtype: 'error_max_structured_output_retries', is_error: true, errors: ['x'] })], 1),
    ).toBe('');
  });

  it('is not lost over retries, unknown events and warnings on standard error', () => {
    const retry = {
      type: 'system',
      subtype: 'api_retry',
      attempt: 1,
      error: 'overloaded',
      error_status: 529,
    };

    expect(
      ended(
        [retry, { type: 'rate_limit_event' }, { type: 'novelty' }, 3, result({ result: 'Fine.' })],
        0,
        'Ignoring 1 entry',
      ),
    ).toBe('Fine.');
  });

  it('is too long for anybody when its line was, or when it is', () => {
    const listener = claudeListener(null, () => NOW);
    listener.read?.('', false);

    expect(listener.answer(exited(0))).toEqual({ ok: true, value: OVERLONG });
    expect(ended([result({ result: 'x'.repeat(LONGEST_ANSWER + 1) })])).toBe(OVERLONG);
  });
});

describe('what is known of a claude call', () => {
  it('is its tokens, the model that wrote the most, the version, and every tool used once', () => {
    const heard = hear([
      { type: 'stream_event', event: { type: 'content_block_start', content_block: { type: 'thinking' } } },
      {
        type: 'stream_event',
        event: { type: 'content_block_delta', delta: { type: 'text_delta', text: 'x' } },
      },
      uses('toolu_1', 'Read', { file_path: '/abs/docs/plan.md' }),
      uses('toolu_1', 'Read', { file_path: '/abs/docs/plan.md' }),
      uses('toolu_2', 'Grep', { pattern: 'retry' }),
      uses('toolu_3', 'Edit', { file_path: 7 }),
      { type: 'user', message: { content: 'text' } },
      { type: 'stream_event', event: { type: 'content_block_start', content_block: { type: 'text' } } },
      uses('toolu_4', 'StructuredOutput', {}),
      result({
        modelUsage: { 'claude-haiku': { outputTokens: 1 }, 'claude-opus-5-5[1m]': { outputTokens: 19 } },
      }),
    ]);

    expect(heard.known()).toEqual({
      model: 'claude-opus-5-5[1m]',
      version: '2.1.329',
      tokens: { input: 115, cached: 5, output: 20 },
      toolUses: 3,
    });
    expect(heard.said).toEqual([
      'thinking',
      'reading plan.md',
      'reading plan.md',
      'searching for retry',
      'editing a file',
      'writing',
    ]);
  });

  it('is the model it began with where it did not get far', () => {
    expect(hear([]).known()).toEqual({
      model: 'claude-opus-5-5',
      version: '2.1.329',
      tokens: null,
      toolUses: 0,
    });
  });
});

describe('a claude call that fails', () => {
  it.each([
    ['auth', 'Invalid API key · Fix external API key', { api_error_status: 401 }],
    ['auth', 'Failed to authenticate. API Error: 401 OAuth token has expired.', { api_error_status: 401 }],
    ['auth', 'Not logged in · Please run /login', {}],
    ['auth', 'Failed to authenticate. API Error: 403 forbidden', { api_error_status: 403 }],
    ['bad-request', 'API Error: 400 tools: too many', { api_error_status: 400 }],
    ['too-large', 'Request too large (max 32MB). Try with a smaller file.', { api_error_status: 413 }],
    [
      'unknown-model',
      `There's an issue with the selected model (nope). It may not exist.`,
      { api_error_status: 404 },
    ],
    ['overloaded', 'API Error: Request rejected (429) · slow down', { api_error_status: 429 }],
    [
      'overloaded',
      `API Error: 500 Internal server error. This is a server-side issue`,
      { api_error_status: 500 },
    ],
    ['overloaded', 'API Error: Repeated 529 Overloaded errors', { api_error_status: null }],
    [
      'disconnected',
      'API Error: Unable to connect to API (ConnectionRefused)',
      { api_error_status: null, api_error: 'connection_failed' },
    ],
    ['disconnected', 'API Error: Connection dropped (ECONNRESET). Check the gateway', {}],
    [
      'disconnected',
      'API Error: Connection refused — a firewall or proxy may be blocking it (ECONNREFUSED)',
      {},
    ],
    ['disconnected', 'API Error: API returned an empty or malformed response (HTTP 200)', {}],
    ['disconnected', 'API Error: Connection closed mid-response. The response above may be incomplete.', {}],
    ['too-large', `API Error: Claude's response exceeded the 64000 output token maximum`, {}],
    [
      'refused',
      'API Error: Claude Code is unable to respond: appears to violate our Usage Policy',
      { stop_reason: 'refusal' },
    ],
    [
      'refused',
      `API Error: Opus 5.5's safeguards flagged this message. Try rephrasing the request.`,
      { api_error_status: null, api_error: 'invalid_request' },
    ],
    ['context-too-long', 'Prompt is too long · 250000 tokens', { api_error_status: 400 }],
    ['quota', 'Credit balance is too low', { api_error_status: 400 }],
    ['quota', 'API Error: 400 You have reached your specified API usage limits.', { api_error_status: 400 }],
    ['usage-limit', `You've hit your weekly limit · resets Nov 23, 9am (UTC)`, { api_error_status: 429 }],
    ['usage-limit', 'An error with a name only', { api_error: 'usage_limit_reached', api_error_status: 429 }],
    ['overloaded', 'An error with a status only', { api_error_status: 503 }],
    ['quota', 'Another one', { api_error_status: 402 }],
    ['crashed', 'Something nobody has seen before', {}],
  ])('is %s: %s', (kind, text, more) => {
    expect(ended([apiError(text, more)], 1)).toEqual({
      kind,
      message: /[.)]$/.test(text) ? text : `${text}.`,
    });
  });

  it('goes by the category of the event before, where the result has none', () => {
    expect(
      ended([{ type: 'assistant', error: 'billing_error', message: { content: [] } }, apiError('Oh no')], 1),
    ).toMatchObject({ kind: 'quota' });
  });

  it('tells when a usage limit is over', () => {
    const resetsAt = NOW.getTime() / 1000 + 3600;
    const rejected = {
      type: 'rate_limit_event',
      rate_limit_info: { status: 'rejected', resetsAt, rateLimitType: 'five_hour' },
    };

    const answer = hear([
      rejected,
      apiError(`You've hit your 5-hour limit · resets 3pm (UTC)`, { api_error_status: 429 }),
    ]).answer(exited(1));

    expect(answer).toEqual({
      ok: false,
      failure: {
        kind: 'usage-limit',
        message: `You've hit your 5-hour limit · resets 3pm (UTC)`,
        // A minute later than it says: clocks differ.
        resets_at: new Date((resetsAt + 60) * 1000).toISOString().replace('.000Z', 'Z'),
        resets_in_ms: 3_660_000,
      },
    });
  });

  it('is one whose answer was cut off, though it calls itself a success', () => {
    expect(ended([result({ result: 'The plan is', stop_reason: null })])).toEqual({
      kind: 'disconnected',
      message: 'The answer of claude was cut off.',
    });
  });

  it('is one that stopped for any other reason than being done', () => {
    expect(ended([result({ stop_reason: 'tool_use' })])).toMatchObject({ kind: 'disconnected' });
    expect(ended([result({ stop_reason: 'max_tokens', structured_output: {} })])).toMatchObject({
      kind: 'too-large',
    });
    expect(ended([result({ stop_reason: 'refusal' })])).toMatchObject({ kind: 'refused' });
  });

  it('is one in which the prompt was taken for a command', () => {
    expect(ended([result({ result: 'Unknown command: /nosuch', num_turns: 0 })])).toMatchObject({
      kind: 'bad-request',
    });
  });

  it('names the first of its errors where there is no text', () => {
    expect(
      ended(
        [
          result({
            subtype: 'error_max_turns',
            is_error: true,
            result: undefined,
            errors: ['Reached maximum number of turns (2)'],
          }),
        ],
        1,
      ),
    ).toEqual({
      kind: 'crashed',
      message: 'Reached maximum number of turns (2)',
    });
    expect(ended([result({ subtype: 'error_during_execution', is_error: true })], 0)).toEqual({
      kind: 'crashed',
      message: 'claude ended with error_during_execution.',
    });
  });

  it('is one that ended without a result, or whose process did not succeed', () => {
    expect(ended([], 143)).toEqual({ kind: 'crashed', message: 'claude exited with code 143.' });
    expect(
      ended([], 1, 'Error: piped stdin input exceeds 10MB. Pass large content as a file path.'),
    ).toMatchObject({ kind: 'too-large' });
    expect(ended([result({ result: 'Fine.' })], 1)).toEqual({
      kind: 'crashed',
      message: 'claude exited with code 1.',
    });
  });

  it('is one of a program that was never completely installed', () => {
    const stderr =
      'Error: claude native binary not installed. Run `node node_modules/@anthropic-ai/claude-code/install.cjs`\n';

    expect(ended([], 1, stderr)).toMatchObject({ kind: 'missing' });
  });
});
