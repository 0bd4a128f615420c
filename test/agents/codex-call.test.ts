import { lstatSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agents/create-agent.ts';
import { isAlive, NEVER } from '../process/programs.ts';
import { callOf, editCall, fakeAgent, worldWith, type Behaviour } from './fake-agent.ts';

const SPEC = { kind: 'codex', model: 'gpt-5.5', effort: 'high' } as const;
const DONE = [
  { type: 'turn.started' },
  {
    type: 'item.started',
    item: { id: '1', type: 'command_execution', command: `/bin/bash -lc 'rg \u001b[31mx'` },
  },
  { type: 'item.completed', item: { id: '2', type: 'agent_message', text: '{"verdict":"approve"}' } },
  { type: 'turn.completed', usage: { input_tokens: 10, cached_input_tokens: 0, output_tokens: 5 } },
];

/** A fake codex, the world it runs in, and a login in the user's home. */
function setup(behaviour: Behaviour = { lines: DONE }, more: Parameters<typeof worldWith>[1] = {}) {
  const codex = fakeAgent('codex', behaviour);
  const { world, said } = worldWith([codex.bin], more);
  const codexHome = join(world.env.HOME ?? '', '.codex');
  mkdirSync(codexHome, { recursive: true });
  writeFileSync(join(codexHome, 'auth.json'), '{}');
  return { codex, world, said, codexHome, agent: createAgent(SPEC, world) };
}

describe('a call of codex', () => {
  it('gives the answer, what is known of it, and a log of its events', async () => {
    const { agent, said } = setup();
    const call = callOf();

    const result = await agent.run(call, NEVER);

    expect({ ...result, durationMs: 0 }).toEqual({
      failure: null,
      answer: '{"verdict":"approve"}',
      edited: null,
      discarded: [],
      model: 'gpt-5.5',
      version: '0.169.0',
      tokens: { input: 10, cached: 0, output: 5 },
      toolUses: 1,
      durationMs: 0,
    });
    expect(readFileSync(call.log, 'utf8').split('\n')).toHaveLength(5);
    expect(said).toEqual(['running rg x', 'writing']);
  });

  it('is confined to reading, from an empty directory outside of the repository', async () => {
    const { agent, codex, world } = setup({ lines: DONE, first: 'ls -A > "$(dirname "$0")/../listing"' });

    await agent.run(callOf({ prompt: 'Read $skill.' }), NEVER);

    const args = codex.args();
    const dir = args[args.indexOf('--cd') + 1] ?? '';
    expect(args.slice(0, 2)).toEqual(['exec', '--json']);
    expect(args).toEqual(
      expect.arrayContaining([
        '--ephemeral',
        '--ignore-rules',
        '--ignore-user-config',
        '--skip-git-repo-check',
      ]),
    );
    expect(args[args.indexOf('--sandbox') + 1]).toBe('read-only');
    expect(args.slice(-1)).toEqual(['-']);
    expect(args).toEqual(expect.arrayContaining(['-m', 'gpt-5.5', 'model_reasoning_effort="high"']));
    expect({ cwd: codex.cwd(), listing: codex.read('listing'), stdin: codex.stdin() }).toEqual({
      cwd: dir,
      listing: '',
      stdin: 'Read $skill.',
    });
    expect(dir.startsWith(world.repoRoot)).toBe(false);
  });

  it('gets the schema in a file, and no schema where there is none', async () => {
    const schema = { type: 'object', properties: {} };
    const { agent, codex } = setup({
      lines: DONE,
      first:
        'for it in "$@"; do last=$it; case $it in */schema.json) cat "$it" > "$(dirname "$0")/../schema";; esac; done',
    });

    await agent.run(callOf({ schema }), NEVER);
    expect(JSON.parse(codex.read('schema'))).toEqual(schema);

    await agent.run(callOf({ schema: null }), NEVER);
    expect(codex.args()).not.toContain('--output-schema');
  });

  it('has homes of its own with the login in them, and leaves nothing behind', async () => {
    const show =
      'readlink "$CODEX_HOME/auth.json" > "$(dirname "$0")/../link"; ls -A "$HOME" "$CODEX_HOME" > "$(dirname "$0")/../homes"';
    const { agent, codex, world, codexHome } = setup({ lines: DONE, first: show });

    await agent.run(callOf(), NEVER);

    const { HOME = '', CODEX_HOME = '' } = codex.env();
    expect(HOME).not.toBe(world.env.HOME);
    expect(codex.read('link').trim()).toBe(join(codexHome, 'auth.json'));
    expect(codex.read('homes')).toBe(`${CODEX_HOME}:\nauth.json\n\n${HOME}:\n`);
    expect(() => lstatSync(HOME)).toThrow('ENOENT');
    expect(readFileSync(join(codexHome, 'auth.json'), 'utf8')).toBe('{}');
  });

  it('has homes of its own with a key in the environment, too', async () => {
    const { codex, world, said } = setup({ lines: DONE });
    const agent = createAgent(SPEC, {
      ...world,
      env: { ...world.env, CODEX_HOME: join(said.join(), 'gone'), CODEX_API_KEY: 'k' },
    });

    await agent.run(callOf(), NEVER);

    expect(codex.env().HOME).not.toBe(world.env.HOME);
    expect(codex.env().CODEX_API_KEY).toBe('k');
  });

  it('keeps the user’s homes where the login may be in a keyring', async () => {
    const { codex, world } = setup();
    const agent = createAgent(SPEC, { ...world, env: { ...world.env, CODEX_HOME: '/nowhere' } });

    await agent.run(callOf(), NEVER);

    expect(codex.env()).toMatchObject({ HOME: world.env.HOME, CODEX_HOME: '/nowhere' });
  });

  it('loads the user’s settings where they are wanted, and rule files never', async () => {
    const { agent, codex, world } = setup({ lines: DONE }, { agentConfig: 'user' });

    await agent.run(callOf(), NEVER);

    const args = codex.args();
    expect(args).not.toContain('--ignore-user-config');
    expect(args).toContain('--ignore-rules');
    expect(args[args.indexOf('--sandbox') + 1]).toBe('read-only');
    expect(args).toContain('-m');
    expect(codex.env().HOME).toBe(world.env.HOME);
  });

  it('leaves model and effort to codex where none are asked for', async () => {
    const { codex, world } = setup();
    const agent = createAgent({ kind: 'codex', model: null, effort: null }, world);

    const result = await agent.run(callOf(), NEVER);

    expect(codex.args()).not.toContain('-m');
    expect(codex.args().join(' ')).not.toContain('model_reasoning_effort');
    expect([agent.model, agent.effort, result.model]).toEqual([null, null, null]);
  });

  it('edits a copy of the plan, and everything else that appears is only told', async () => {
    const edit = `sed -i 's/one/two/' docs/foo.md; touch docs/notes.md; mkdir -p deep/er empty; ln -s /etc/hostname deep/er/link`;
    const { agent, codex } = setup({ lines: DONE, first: edit });

    const result = await agent.run(editCall('\ufeffstep one\r\n'), NEVER);

    const args = codex.args();
    expect(result).toMatchObject({
      edited: '\ufeffstep two\r\n',
      discarded: ['deep/er/link', 'docs/notes.md', 'empty/'],
    });
    expect(args[args.indexOf('--sandbox') + 1]).toBe('workspace-write');
    expect(args).toEqual(
      expect.arrayContaining([
        'sandbox_workspace_write.exclude_slash_tmp=true',
        'sandbox_workspace_write.exclude_tmpdir_env_var=true',
      ]),
    );
    expect(codex.cwd()).toBe(args[args.indexOf('--cd') + 1]);
  });
});

describe('a call of codex that fails', () => {
  it('says what codex said, and gives no answer', async () => {
    const lines = [
      { type: 'item.completed', item: { id: '1', type: 'agent_message', text: 'partial' } },
      { type: 'turn.failed', error: { message: 'Quota exceeded. Check your plan and billing details.' } },
    ];
    const { agent } = setup({ lines, exitCode: 1, first: 'echo edited >> docs/foo.md' });

    const result = await agent.run(editCall('text\n'), NEVER);

    expect(result).toMatchObject({ answer: null, edited: null, discarded: [], failure: { kind: 'quota' } });
  });

  it('knows an answer that is none', async () => {
    const text = 'CODEX_ERROR: stream disconnected before completion';
    const { agent } = setup({
      lines: [
        { type: 'item.completed', item: { id: '1', type: 'agent_message', text } },
        { type: 'turn.completed' },
      ],
    });

    expect(await agent.run(callOf(), NEVER)).toMatchObject({
      answer: null,
      failure: { kind: 'disconnected' },
    });
  });

  it('is missing where there is no program', async () => {
    const { world } = worldWith([]);
    const agent = createAgent(SPEC, { ...world, env: { ...world.env, PATH: '/nowhere' } });

    const result = await agent.run(callOf(), NEVER);

    expect(result).toMatchObject({
      failure: { kind: 'missing', message: 'codex is not installed, or not on the PATH.' },
      answer: null,
      version: null,
      tokens: null,
    });
  });

  it('is too old before anything is asked of it', async () => {
    const { agent, codex } = setup({ lines: DONE, version: '0.99.12' });

    const result = await agent.run(callOf(), NEVER);

    expect(result.failure).toMatchObject({
      kind: 'too-old',
      message: 'codex 0.99.12 is too old; at least 0.100.0 is needed.',
    });
    expect(codex.stdin()).toBe('');
  });

  it('is over when its time is, with what it complained of', async () => {
    const lines = [{ type: 'error', message: 'Reconnecting... waiting for network' }];
    const { agent } = setup({ lines, first: 'cat "$(dirname "$0")/../stdout"; exec sleep 1000' });

    const result = await agent.run(callOf({ timeoutMs: 2000 }), NEVER);

    expect(result.failure).toEqual({
      kind: 'timeout',
      message: 'codex gave no answer within 2s; it last said: Reconnecting... waiting for network.',
      resets_at: null,
      resets_in_ms: null,
    });
  });

  it('may be silent for as long as it likes, unless the user said otherwise', async () => {
    const { agent } = setup({ lines: DONE, first: 'exec sleep 1000' });

    const result = await agent.run(callOf({ idleTimeoutMs: 200 }), NEVER);

    expect(result.failure).toMatchObject({ kind: 'idle-timeout', message: 'codex was silent for 0s.' });
  });

  it('throws the reason of an abort once everything is gone', async () => {
    const abort = new AbortController();
    const lines = [{ type: 'item.started', item: { id: '1', type: 'command_execution', command: 'pid' } }];
    const codex = fakeAgent('codex', {
      lines,
      first: 'echo $$ > "$(dirname "$0")/../pid"; cat "$(dirname "$0")/../stdout"; exec sleep 1000',
    });
    const { world } = worldWith([codex.bin], { announce: () => abort.abort(new Error('Ctrl-C')) });

    await expect(createAgent(SPEC, world).run(callOf(), abort.signal)).rejects.toThrow('Ctrl-C');

    expect(isAlive(Number(codex.read('pid')))).toBe(false);
    expect(() => readlinkSync(codex.cwd())).toThrow('ENOENT');
  });
});
