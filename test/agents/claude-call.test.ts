import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editRules } from '../../src/agents/claude-rules.ts';
import { createAgent } from '../../src/agents/create-agent.ts';
import { NEVER } from '../process/programs.ts';
import { callOf, editCall, fakeAgent, worldWith, type Behaviour } from './fake-agent.ts';

const SPEC = { kind: 'claude', model: 'opus', effort: 'high' } as const;
const DONE = [
  { type: 'system', subtype: 'init', model: 'claude-opus', claude_code_version: '2.1.329' },
  {
    type: 'assistant',
    message: { content: [{ type: 'tool_use', id: 'a', name: 'Read', input: { file_path: 'docs/foo.md' } }] },
  },
  {
    type: 'result',
    subtype: 'success',
    is_error: false,
    stop_reason: 'end_turn',
    result: 'Edited docs/foo.md:1.',
  },
];

function setup(behaviour: Behaviour = { lines: DONE }, more: Parameters<typeof worldWith>[1] = {}) {
  const claude = fakeAgent('claude', behaviour);
  const { world, said } = worldWith([claude.bin], more);
  return { claude, world, said, agent: createAgent(SPEC, world) };
}

/** What of a repository no call may read. */
const CLOSED = ['.git/**', '**/.env', '**/.env.*', '**/.refine-plan-against-codex/**'];

describe('a call of claude', () => {
  it('reads, and does nothing else, where the repository is', async () => {
    const { agent, claude, world, said } = setup();
    const schema = { type: 'object' };

    const result = await agent.run(callOf({ schema }), NEVER);

    expect({ ...result, durationMs: 0 }).toEqual({
      failure: null,
      answer: 'Edited docs/foo.md:1.',
      edited: null,
      discarded: [],
      model: 'claude-opus',
      version: '2.1.329',
      tokens: null,
      toolUses: 1,
      durationMs: 0,
    });
    expect(claude.args()).toEqual([
      '-p',
      '--output-format=stream-json',
      '--verbose',
      '--include-partial-messages',
      '--no-session-persistence',
      '--setting-sources=',
      '--strict-mcp-config',
      '--disable-slash-commands',
      '--tools=Read,Grep,Glob',
      '--permission-mode=dontAsk',
      `--settings=${JSON.stringify({ permissions: { allow: [], deny: CLOSED.map((path) => `Read(${path})`) } })}`,
      '--json-schema={"type":"object"}',
      '--model=opus',
      '--effort=high',
    ]);
    expect([claude.cwd(), claude.stdin()]).toEqual([world.repoRoot, 'Review this.']);
    expect(said).toEqual(['reading foo.md']);
  });

  it('loads the user’s settings where they are wanted, and no project’s', async () => {
    const { agent, claude } = setup({ lines: DONE }, { agentConfig: 'user' });

    await agent.run(callOf(), NEVER);

    expect(claude.args()).toContain('--setting-sources=user');
    expect(claude.args()).toContain('--strict-mcp-config');
  });

  it('inherits nothing that would let it wait for hours, attach files, or think it is inside of itself', async () => {
    const vars = {
      CLAUDECODE: '1',
      CLAUDE_CODE_RETRY_WATCHDOG: '1',
      CLAUDE_CODE_MAX_RETRIES: '15',
      HTTPS_PROXY: 'http://p',
    };
    const { agent, claude } = setup({ lines: DONE }, { vars });

    await agent.run(callOf(), NEVER);

    const env = claude.env();
    expect(env).toMatchObject({
      HTTPS_PROXY: 'http://p',
      CLAUDE_CODE_MAX_RETRIES: '3',
      CLAUDE_CODE_DISABLE_ATTACHMENTS: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
      DISABLE_AUTOUPDATER: '1',
    });
    expect(env.CLAUDE_CODE_TMPDIR).toMatch(/refine-plan-.*\/aside\/tmp$/);
    expect([env.CLAUDECODE, env.CLAUDE_CODE_RETRY_WATCHDOG]).toEqual([undefined, undefined]);
  });

  it('may edit one file of a scratch directory', async () => {
    const { agent, claude, world } = setup({ lines: DONE, first: 'echo better > docs/foo.md' });

    const result = await agent.run(editCall('text\n'), NEVER);

    const settings = claude.args().find((arg) => arg.startsWith('--settings='));
    const copy = join(claude.cwd(), 'docs', 'foo.md');
    expect(result).toMatchObject({
      failure: null,
      answer: 'Edited docs/foo.md:1.',
      edited: 'better\n',
      discarded: [],
    });
    expect(claude.args()).toContain('--tools=Read,Edit');
    expect(JSON.parse(settings?.slice('--settings='.length) ?? '')).toEqual({
      permissions: {
        allow: [`Edit(/${copy})`, `Read(/${world.repoRoot}/**)`],
        deny: [`Edit(/${world.repoRoot}/**)`, ...CLOSED.map((path) => `Read(/${world.repoRoot}/${path})`)],
      },
    });
  });

  it('never hands over a prompt that it would take for a command', async () => {
    const { agent, claude } = setup();

    await agent.run(callOf({ prompt: '\n/init it' }), NEVER);

    expect(claude.stdin()).toBe('Text:\n\n/init it');
  });

  it.each([
    'docs/a*.md',
    'docs/a?.md',
    'docs/a\\b.md',
    '.claude/plans/a.md',
    'docs/.vscode/a.md',
    'docs/a.md ',
  ])('does not begin where one file alone cannot be named: %s', async (relative) => {
    const { claude, world } = setup();
    const agent = createAgent(SPEC, { ...world, plan: { path: join(world.repoRoot, relative), relative } });

    const { failure } = await agent.run(editCall('text\n'), NEVER);

    expect(failure?.kind).toBe('bad-request');
    expect(failure?.message).toContain('use `--edit-mode patch`');
    expect(claude.args()).toEqual(['']);
  });

  it('falls silent for five minutes at most, unless the user said otherwise', async () => {
    const { agent } = setup({ lines: DONE, first: 'exec sleep 1000' });

    const { failure } = await agent.run(callOf({ idleTimeoutMs: 1000 }), NEVER);

    expect(failure).toMatchObject({ kind: 'idle-timeout', message: 'claude was silent for 1s.' });
  });

  it('is missing where only its stub is installed', async () => {
    const stderr = 'Error: claude native binary not installed. Run node install.cjs\n';
    const { agent } = setup({ stderr, exitCode: 1 });

    expect((await agent.run(callOf(), NEVER)).failure).toMatchObject({ kind: 'missing' });
  });
});

describe('editRules', () => {
  it('escapes what a pattern would read as a set of characters', () => {
    expect(editRules({ dir: '/tmp/w', plan: '/tmp/w/docs/[x] (y).md', repoRoot: '/home/a [b]' })).toEqual({
      allow: ['Edit(//tmp/w/docs/\\[x\\] (y).md)', 'Read(//home/a \\[b\\]/**)'],
      deny: ['Edit(//home/a \\[b\\]/**)', ...CLOSED.map((path) => `Read(//home/a \\[b\\]/${path})`)],
    });
  });

  it('has none where the repository cannot be named either', () => {
    expect(editRules({ dir: '/tmp/w', plan: '/tmp/w/a.md', repoRoot: '/home/a*' })).toBeUndefined();
  });
});
