import { describe, expect, it } from 'vitest';
import { codexListener } from '../../src/agents/codex-listener.ts';
import type { Listener } from '../../src/agents/agent-cli.ts';
import { LONGEST_ANSWER, OVERLONG } from '../../src/core/longest-answer.ts';
import { exited, NOW } from './fake-agent.ts';

const STARTED = [{ type: 'thread.started', thread_id: 't' }, { type: 'turn.started' }];
const COMPLETED = {
  type: 'turn.completed',
  usage: { input_tokens: 1000, cached_input_tokens: 100, output_tokens: 50 },
};
const NOTHING_USED = {
  type: 'turn.completed',
  usage: { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 },
};

const item = (it: object, type = 'item.completed') => ({ type, item: it });
const message = (text: string, id = 'item_0') => item({ id, type: 'agent_message', text });
const failed = (text: string) => [
  { type: 'error', message: text },
  { type: 'turn.failed', error: { message: text } },
];

function hear(events: readonly unknown[]): Listener & { readonly said: readonly (string | undefined)[] } {
  const listener = codexListener('gpt-5.5', () => NOW);
  const said = [...STARTED, ...events].map((event) =>
    listener.read?.(typeof event === 'string' ? event : JSON.stringify(event), true),
  );
  return { ...listener, said: said.filter((it) => it !== undefined) };
}

const answer = (...events: unknown[]) => hear(events).answer(exited(0));
const failure = (events: readonly unknown[], exitCode = 1, stderr = '') => {
  const result = hear(events).answer(exited(exitCode, stderr));
  return result.ok ? result : { kind: result.failure.kind, message: result.failure.message };
};

describe('the answer of codex', () => {
  it('is the message of a completed turn', () => {
    expect(answer(message('Fine.'), COMPLETED)).toEqual({ ok: true, value: 'Fine.' });
  });

  it('is the last message, because progress notes have the form of an answer too', () => {
    expect(answer(message('{"a":"progress"}'), message('{"a":"ok"}', 'item_2'), COMPLETED)).toEqual({
      ok: true,
      value: '{"a":"ok"}',
    });
  });

  it('is whatever text came in spite of a schema', () => {
    expect(answer(message('Sorry, plain prose'), COMPLETED)).toEqual({
      ok: true,
      value: 'Sorry, plain prose',
    });
  });

  it('is empty when the model refused, or said nothing', () => {
    expect(answer(COMPLETED)).toEqual({ ok: true, value: '' });
    expect(answer(message(''), COMPLETED)).toEqual({ ok: true, value: '' });
  });

  it('is not lost over a connection that broke and was made again', () => {
    const broken = {
      type: 'error',
      message: 'Reconnecting... 1/5 (stream disconnected before completion: stream closed)',
    };

    expect(answer(broken, message('Recovered.'), COMPLETED)).toEqual({ ok: true, value: 'Recovered.' });
  });

  it('is not lost over warnings, unknown events and lines that are no JSON', () => {
    const warning = item({ id: 'item_0', type: 'error', message: 'Model metadata for `x` not found.' });
    const noise = [
      'WARNING: hello',
      '',
      '[1,2]',
      'null',
      { type: 'todo.updated' },
      item({ id: 'i', type: 'collab_tool_call' }),
      { odd: 1 },
    ];

    expect(answer(warning, ...noise, message('x', 'item_1'), COMPLETED)).toEqual({ ok: true, value: 'x' });
  });

  it('is too long for anybody when its line was, or when it is', () => {
    const listener = codexListener(null, () => NOW);
    listener.read?.('', false);
    listener.read?.(JSON.stringify(COMPLETED), true);

    expect(listener.answer(exited(0))).toEqual({ ok: true, value: OVERLONG });
    expect(answer(message('x'.repeat(LONGEST_ANSWER + 1)), COMPLETED)).toEqual({ ok: true, value: OVERLONG });
  });
});

describe('what is known of a codex call', () => {
  it('is its tokens, the model asked for, and every tool used once', () => {
    const command = {
      id: 'item_1',
      type: 'command_execution',
      command: `/bin/bash -lc 'cat plan.md'`,
      exit_code: null,
    };
    const search = { type: 'web_search', id: 'ws_1', query: 'codex' };
    const heard = hear([
      item(command, 'item.started'),
      item({ ...command, exit_code: 0 }),
      item({ id: 'item_2', type: 'command_execution', command: 'sleep 9' }, 'item.started'),
      item(search, 'item.started'),
      item(search),
      item({ id: 'item_3', type: 'mcp_tool_call', server: 'lab', tool: 'echo', error: { message: 'no' } }),
      item({ id: 'item_4', type: 'file_change', changes: [{ path: '/abs/plan.md', kind: 'update' }] }),
      item({ id: 'item_5', type: 'reasoning', text: '**Looking**' }),
      message('done', 'item_6'),
      COMPLETED,
    ]);

    expect(heard.known()).toEqual({
      model: 'gpt-5.5',
      version: null,
      tokens: { input: 1000, cached: 100, output: 50 },
      toolUses: 5,
    });
    expect(heard.said).toEqual([
      'running cat plan.md',
      'running cat plan.md',
      'running sleep 9',
      'searching the web for codex',
      'searching the web for codex',
      'calling echo',
      'editing plan.md',
      'thinking',
      'writing',
    ]);
  });

  it('is no number of tokens where the provider counts none', () => {
    expect(hear([message('x'), NOTHING_USED]).known().tokens).toBeNull();
    expect(hear([message('x'), { type: 'turn.completed' }]).known().tokens).toBeNull();
  });

  it('shows only the command itself, whatever quotes the shell needed', () => {
    const said = (command: string) =>
      hear([item({ id: '1', type: 'command_execution', command }, 'item.started')]).said;

    expect(said(`/bin/bash -c "rg 'a b'"`)).toEqual([`running rg 'a b'`]);
    expect(said('/usr/bin/zsh -lc ls')).toEqual(['running ls']);
    expect(said('python3 x.py')).toEqual(['running python3 x.py']);
  });

  it('says that a connection is being made again', () => {
    expect(hear([{ type: 'error', message: 'Reconnecting... 2/5 (x)' }]).said).toEqual(['reconnecting']);
  });
});

describe('a codex call that fails', () => {
  const away = ', url: http://127.0.0.1:1/v1/responses, request id: req_1';

  it.each([
    [
      'auth',
      `unexpected status 401 Unauthorized: Incorrect API key provided: sk-xxx.${away}`,
      'unexpected status 401 Unauthorized: Incorrect API key provided: sk-xxx.',
    ],
    [
      'auth',
      `unexpected status 403 Forbidden: Country, region, or territory not supported${away}`,
      'unexpected status 403 Forbidden: Country, region, or territory not supported.',
    ],
    ['auth', 'Missing environment variable: `MY_KEY`.', 'Missing environment variable: `MY_KEY`.'],
    [
      'auth',
      'Your access token could not be refreshed because your refresh token has expired. Please log out and sign in again.',
      undefined,
    ],
    [
      'unknown-model',
      `unexpected status 404 Not Found: The model \`nope-9\` does not exist or you do not have access to it.${away}`,
      'unexpected status 404 Not Found: The model `nope-9` does not exist or you do not have access to it.',
    ],
    ['bad-request', 'unexpected status 404 Not Found: {}', 'unexpected status 404 Not Found: {}.'],
    ['unknown-model', `The requested model 'nope-9' does not exist.`, undefined],
    ['unknown-model', 'The model `nope-9` does not exist or you do not have access to it.', undefined],
    [
      'unknown-model',
      `{"detail":"The 'gpt-9' model is not supported when using Codex with a ChatGPT account."}`,
      `The 'gpt-9' model is not supported when using Codex with a ChatGPT account.`,
    ],
    [
      'bad-request',
      `{"error":{"message":"Invalid schema for response_format 'codex_output_schema': In context=(), x","code":"invalid_json_schema"}}`,
      `Invalid schema for response_format 'codex_output_schema': In context=(), x.`,
    ],
    ['bad-request', 'unexpected status 409 Conflict: busy', 'unexpected status 409 Conflict: busy.'],
    [
      'context-too-long',
      `Codex ran out of room in the model's context window. Start a new thread or clear earlier history before retrying.`,
      undefined,
    ],
    [
      'refused',
      'Invalid prompt: your prompt was flagged as potentially violating our usage policy.',
      undefined,
    ],
    [
      'refused',
      'stream disconnected before completion: Incomplete response returned, reason: content_filter',
      undefined,
    ],
    ['too-large', 'Incomplete response returned, reason: max_output_tokens', undefined],
    ['quota', 'Quota exceeded. Check your plan and billing details.', undefined],
    [
      'quota',
      'To use Codex with your ChatGPT plan, upgrade to Plus: https://chatgpt.com/explore/plus.',
      undefined,
    ],
    ['quota', 'Your workspace is out of credits.', undefined],
    [
      'overloaded',
      'exceeded retry limit, last status: 429 Too Many Requests, request id: req_fake_6',
      'exceeded retry limit, last status: 429 Too Many Requests.',
    ],
    [
      'overloaded',
      'rate limit exceeded: Rate limit reached for gpt-5 on tokens per min. Please try again in 1.5s.',
      undefined,
    ],
    ['overloaded', 'We’re currently experiencing high demand, which may cause temporary errors.', undefined],
    ['overloaded', 'Selected model is at capacity. Please try a different model.', undefined],
    ['overloaded', 'unexpected status 502 Bad Gateway: <html>unauthorized</html>', undefined],
    [
      'disconnected',
      'stream disconnected before completion: stream closed before response.completed',
      undefined,
    ],
    ['disconnected', 'stream disconnected before completion: idle timeout waiting for SSE', undefined],
    [
      'disconnected',
      'stream disconnected before completion: An error occurred while processing your request.',
      undefined,
    ],
    ['disconnected', 'Connection failed: error sending request', undefined],
    ['crashed', 'something nobody has seen before', undefined],
  ])('is %s: %s', (kind, text, said) => {
    expect(failure([message('partial text'), ...failed(text)])).toEqual({
      kind,
      message: said ?? (/[.]$/.test(text) ? text : `${text}.`),
    });
  });

  it('names what standard error says when it ended before its turn', () => {
    const stderr =
      'Reading additional input from stdin...\nError: turn/start: Input exceeds the maximum length of 1048576 characters.\n';
    expect(failure([], 1, stderr)).toEqual({
      kind: 'too-large',
      message:
        'codex exited with code 1: Error: turn/start: Input exceeds the maximum length of 1048576 characters.',
    });
    expect(
      failure(
        [],
        2,
        `error: unexpected argument '--nope' found\n\nUsage: codex exec\n\nFor more information, try '--help'.`,
      ),
    ).toEqual({
      kind: 'bad-request',
      message: `codex exited with code 2: error: unexpected argument '--nope' found.`,
    });
    expect(failure([], 1, 'Error: Model provider `nope` not found')).toMatchObject({ kind: 'bad-request' });
    expect(
      failure([], 101, `thread 'main' panicked at x.rs\nfailed printing to stdout: Broken pipe\n`),
    ).toMatchObject({ kind: 'crashed' });
  });

  it('names the last error that was not a new try', () => {
    expect(failure([{ type: 'error', message: 'Quota exceeded.' }], 1)).toEqual({
      kind: 'quota',
      message: 'Quota exceeded.',
    });
    expect(failure([{ type: 'error', message: 'Reconnecting... 1/5' }], 1)).toEqual({
      kind: 'crashed',
      message: 'codex exited with code 1.',
    });
  });

  it('is one whose turn did not complete, or whose process did not succeed', () => {
    expect(failure([message('Approved.')], 0)).toEqual({
      kind: 'crashed',
      message: 'codex ended without completing its turn.',
    });
    expect(failure([message('Approved.'), COMPLETED], 1)).toEqual({
      kind: 'crashed',
      message: 'codex exited with code 1.',
    });
  });

  it('does not speak to the terminal', () => {
    expect(failure(failed('bad\u001b[31m\nthing\u0007'))).toEqual({ kind: 'crashed', message: 'bad thing.' });
  });
});
