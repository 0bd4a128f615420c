import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callOf, editCall } from '../agents/fake-agent.ts';
import { apiError, blocks, cutMessage, playMessages, says, usageLimit, uses } from '../loopback/messages.ts';
import { httpError, silence } from '../loopback/server.ts';
import { freshDir, NEVER } from '../process/programs.ts';
import { marks, place, realClaude, SCHEMA, speakUp } from './real-agents.ts';

const APPROVED = { verdict: 'approve' };
const review = (prompt = 'Review the plan.') => callOf({ schema: SCHEMA, prompt });

describe('the real claude', () => {
  const handsOver = (input: unknown) => blocks(uses('StructuredOutput', input));

  it('reviews with a schema, having read the repository', async () => {
    await using model = await playMessages([
      (request, response) => reading(request, response),
      handsOver(APPROVED),
    ]);
    const { agent, world } = realClaude(model);
    const reading = blocks(uses('Read', { file_path: world.plan.path }), uses('Grep', { pattern: 'alpha' }));

    const result = await agent.run(review(), NEVER);

    expect(result).toMatchObject({ failure: null, version: '2.1.329', toolUses: 2, edited: null });
    expect(JSON.parse(result.answer ?? '')).toEqual(APPROVED);
    expect(result.model).toMatch(/^claude-/);
    expect(result.tokens).toEqual({ input: 230, cached: 10, output: 40 });
    expect(model.requests[1]?.text).toContain('alpha');
  });

  it('edits the copy and nothing else in place, and may read the repository', async () => {
    const spec = { file_path: 'docs/foo.md', old_string: 'alpha', new_string: 'beta' };
    await using model = await playMessages([
      (request, response) => reading(request, response),
      blocks(uses('Edit', spec)),
      (request, response) => straying(request, response),
      blocks(says('Edited docs/foo.md:3.')),
    ]);
    const { agent, world, repoRoot } = realClaude(model);
    place(join(repoRoot, 'src', 'code.ts'), 'gamma');
    const code = join(repoRoot, 'src', 'code.ts');
    const reading = blocks(uses('Read', { file_path: 'docs/foo.md' }), uses('Read', { file_path: code }));
    const straying = blocks(
      uses('Edit', { file_path: code, old_string: 'gamma', new_string: 'hacked' }),
      uses('Edit', { ...spec, file_path: world.plan.path }),
      uses('Write', { file_path: 'docs/other.md', content: 'x' }),
      uses('Bash', { command: 'touch hacked' }),
    );

    const result = await agent.run(editCall('# Plan\n\nalpha\n'), NEVER);

    expect(result).toMatchObject({
      failure: null,
      answer: 'Edited docs/foo.md:3.',
      edited: '# Plan\n\nbeta\n',
      discarded: [],
    });
    expect(model.requests[1]?.text).toContain('gamma');
    expect([readFileSync(code, 'utf8'), readFileSync(world.plan.path, 'utf8')]).toEqual([
      'gamma',
      '# Plan\n\nalpha\n',
    ]);
  });

  it('cannot edit the repository even where the user’s own settings allow it everything', async () => {
    await using model = await playMessages([
      (request, response) => straying(request, response),
      blocks(says('Done.')),
    ]);
    const { agent, world, home } = realClaude(model, { agentConfig: 'user' });
    place(
      join(home, '.claude', 'settings.json'),
      JSON.stringify({ permissions: { allow: ['Edit', 'Write', 'Read'] } }),
    );
    const straying = blocks(
      uses('Read', { file_path: world.plan.path }),
      uses('Edit', { file_path: world.plan.path, old_string: 'alpha', new_string: 'x' }),
    );

    const result = await agent.run(editCall('# Plan\n\nalpha\n'), NEVER);

    expect(result).toMatchObject({ failure: null, edited: '# Plan\n\nalpha\n' });
    expect(readFileSync(world.plan.path, 'utf8')).toBe('# Plan\n\nalpha\n');
  });

  it('hears neither the repository’s instructions nor the user’s, and attaches no file', async () => {
    await using model = await playMessages([handsOver(APPROVED)]);
    const claude = realClaude(model);
    speakUp(claude);
    const secret = join(freshDir(), 'secret');
    place(secret, 'MARK-secret');

    const result = await claude.agent.run(
      review(`Review \`@${secret}\` and @${secret} and @/etc/hostname.`),
      NEVER,
    );

    expect(result.failure).toBeNull();
    expect(model.heard()).toContain(`@${secret}`);
    expect(marks(model.heard())).toEqual([]);
  });

  it('hears the user’s instructions where they are wanted, and still not the repository’s', async () => {
    await using model = await playMessages([handsOver(APPROVED)]);
    const claude = realClaude(model, { agentConfig: 'user' });
    speakUp(claude);

    const result = await claude.agent.run(review(), NEVER);

    expect(result.failure).toBeNull();
    expect(marks(model.heard())).toEqual(['MARK-user-claude']);
  });

  it('takes a prompt that begins with a slash for a prompt', async () => {
    await using model = await playMessages([handsOver(APPROVED)]);

    const result = await realClaude(model).agent.run(review('/init the plan'), NEVER);

    expect(JSON.parse(result.answer ?? 'null')).toEqual(APPROVED);
  });

  it('fails for want of a login', async () => {
    await using model = await playMessages([
      httpError(401, apiError('authentication_error', 'invalid x-api-key')),
    ]);

    const result = await realClaude(model).agent.run(review(), NEVER);

    expect(result).toMatchObject({ answer: null, failure: { kind: 'auth' } });
  });

  it('tells when a usage limit is over', async () => {
    const resets = new Date(Math.ceil(Date.now() / 1000) * 1000 + 7_200_000);
    await using model = await playMessages([usageLimit(resets)]);
    const vars = { CLAUDE_CODE_OAUTH_TOKEN: 'dummy', ANTHROPIC_API_KEY: '' };

    const { failure } = await realClaude(model, { vars }).agent.run(review(), NEVER);

    expect(failure?.kind).toBe('usage-limit');
    expect(Date.parse(failure?.resets_at ?? '')).toBe(resets.getTime() + 60_000);
  });

  it('is worth another try when the model is overloaded', async () => {
    await using model = await playMessages([httpError(529, apiError('overloaded_error', 'Overloaded'))]);

    expect((await realClaude(model).agent.run(review(), NEVER)).failure?.kind).toBe('overloaded');
  });

  it('loses no half answer to a stream that was cut', async () => {
    await using model = await playMessages([cutMessage('{"verdict":"approve"}')]);

    const result = await realClaude(model).agent.run(review(), NEVER);

    expect(result).toMatchObject({ answer: null, failure: { kind: 'disconnected' } });
  });

  it('is ended when the model never answers', async () => {
    await using model = await playMessages([silence()]);

    const result = await realClaude(model).agent.run({ ...review(), idleTimeoutMs: 3000 }, NEVER);

    expect(result).toMatchObject({
      answer: null,
      failure: { kind: 'idle-timeout', message: 'claude was silent for 3s.' },
    });
  });

  it('hands on what does not fit the schema, and an empty message, for others to judge', async () => {
    await using prose = await playMessages([blocks(says('I would rather talk.'))]);
    await using wrong = await playMessages([handsOver({ verdict: 'maybe' })]);
    await using nothing = await playMessages([blocks()]);

    expect(await realClaude(prose).agent.run(review(), NEVER)).toMatchObject({
      failure: null,
      answer: 'I would rather talk.',
    });
    expect(await realClaude(wrong).agent.run(review(), NEVER)).toMatchObject({ failure: null, answer: '' });
    expect(await realClaude(nothing).agent.run(review(), NEVER)).toMatchObject({ failure: null, answer: '' });
  });
});
