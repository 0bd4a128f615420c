import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callOf, editCall } from '../agents/fake-agent.ts';
import { cutText, outputs, patches, playResponses, runs, says, usageLimit } from '../loopback/responses.ts';
import { httpError, silence } from '../loopback/server.ts';
import { freshDir, NEVER } from '../process/programs.ts';
import { ALL_SKILLS, marks, place, realCodex, SCHEMA, speakUp } from './real-agents.ts';

const APPROVED = { verdict: 'approve' };
const review = (prompt = 'Review the plan.') => callOf({ schema: SCHEMA, prompt });

describe('the real codex', () => {
  it('reviews with a schema, having read the repository', async () => {
    await using model = await playResponses([
      (request, response) => reading(request, response),
      outputs(says(JSON.stringify(APPROVED))),
    ]);
    const { agent, world } = realCodex(model);
    const reading = outputs(runs(`cat ${world.plan.path}`));

    const result = await agent.run(review(), NEVER);

    expect(result).toMatchObject({ failure: null, version: '0.169.0', model: 'gpt-5.5', toolUses: 1 });
    expect(JSON.parse(result.answer ?? '')).toEqual(APPROVED);
    expect(result.tokens).toEqual({ input: 2000, cached: 200, output: 100 });
    expect(model.requests[0]?.body).toMatchObject({
      model: 'gpt-5.5',
      text: { format: { type: 'json_schema', schema: SCHEMA } },
    });
    expect(model.requests[1]?.text).toContain('alpha');
  });

  it('cannot write while it reads', async () => {
    await using model = await playResponses([
      (request, response) => writing(request, response),
      outputs(says('{}')),
    ]);
    const { agent, world } = realCodex(model);
    const writing = outputs(runs(`echo hacked > ${world.plan.path}; echo hacked > /tmp/hacked-$$`));

    const result = await agent.run(review(), NEVER);

    expect(result.failure).toBeNull();
    expect(readFileSync(world.plan.path, 'utf8')).toBe('# Plan\n\nalpha\n');
    expect(model.requests[1]?.text).toContain('Read-only file system');
  });

  it('edits the copy and nothing else in place', async () => {
    const elsewhere = join(freshDir(), 'elsewhere');
    await using model = await playResponses([
      outputs(patches('*** Begin Patch\n*** Update File: docs/foo.md\n@@\n-alpha\n+beta\n*** End Patch')),
      (request, response) => straying(request, response),
      outputs(says('Edited docs/foo.md:3.')),
    ]);
    const { agent, world } = realCodex(model);
    const straying = outputs(
      runs(
        `echo x > ${world.plan.path}; echo x > ${elsewhere}; echo x > /tmp/x-$$; echo x > "$TMPDIR/x"; echo x > own.txt`,
      ),
    );

    const result = await agent.run(editCall('# Plan\n\nalpha\n'), NEVER);

    expect(result).toMatchObject({
      failure: null,
      answer: 'Edited docs/foo.md:3.',
      edited: '# Plan\n\nbeta\n',
      discarded: ['own.txt'],
    });
    expect(readFileSync(world.plan.path, 'utf8')).toBe('# Plan\n\nalpha\n');
    expect(model.requests[2]?.text.match(/Read-only file system/g)?.length).toBeGreaterThanOrEqual(3);
    expect(() => readFileSync(elsewhere)).toThrow('ENOENT');
  });

  it('edits nothing else in place even where the user’s own settings open the sandbox', async () => {
    const elsewhere = join(freshDir(), 'elsewhere');
    await using model = await playResponses([
      outputs(runs(`echo x > ${elsewhere}; echo x > own.txt`)),
      outputs(says('Done.')),
    ]);
    const { agent, home } = realCodex(model, { agentConfig: 'user' });
    const open = '[sandbox_workspace_write]\nwritable_roots = ["/"]\nnetwork_access = true\n';
    place(join(home, '.codex', 'config.toml'), `sandbox_mode = "danger-full-access"\n${open}`);

    const result = await agent.run(editCall('text\n'), NEVER);

    expect(result).toMatchObject({ failure: null, discarded: ['own.txt'] });
    expect(() => readFileSync(elsewhere)).toThrow('ENOENT');
  });

  it('is ended whole, with the command it was running in its sandbox', async () => {
    const abort = new AbortController();
    const seconds = `4242.${process.pid}`;
    await using model = await playResponses([
      outputs(runs(`sh -c 'trap "" TERM; sleep ${seconds}'`)),
      outputs(says('Done.')),
    ]);
    const { agent } = realCodex(model);
    const watch = setInterval(() => isRunning(seconds) && abort.abort(new Error('Ctrl-C')), 20);

    const run = agent.run(review(), abort.signal).finally(() => clearInterval(watch));

    await expect(run).rejects.toThrow('Ctrl-C');
    expect(isRunning(seconds)).toBe(false);
  });

  it('hears neither the repository’s instructions nor the user’s', async () => {
    await using model = await playResponses([outputs(says('{}'))]);
    const codex = realCodex(model, { vars: { CODEX_HOME: freshDir() } });
    speakUp(codex);

    const result = await codex.agent.run(review(`Review this: use ${ALL_SKILLS} here.`), NEVER);

    expect(result.failure).toBeNull();
    expect(model.heard()).toContain(ALL_SKILLS);
    expect(marks(model.heard())).toEqual([]);
  });

  it('hears the user’s instructions where they are wanted, and still not the repository’s', async () => {
    await using model = await playResponses([outputs(says('{}'))]);
    const codex = realCodex(model, { agentConfig: 'user', vars: { CODEX_HOME: freshDir() } });
    speakUp(codex);

    const result = await codex.agent.run(review(`Review this: use ${ALL_SKILLS} here.`), NEVER);

    expect(result.failure).toBeNull();
    expect(marks(model.heard())).toEqual(
      expect.arrayContaining(['MARK-user-agents', 'MARK-user-config', 'MARK-evil-user-agents-text']),
    );
    expect(marks(model.heard()).filter((mark) => mark.includes('-repo-'))).toEqual([]);
  });

  it('fails for want of a login', async () => {
    await using model = await playResponses([
      httpError(401, { error: { message: 'Incorrect API key provided: sk-xxx.' } }),
    ]);

    const result = await realCodex(model).agent.run(review(), NEVER);

    expect(result).toMatchObject({ answer: null, failure: { kind: 'auth', resets_at: null } });
    expect(result.failure?.message).toMatch(
      /^unexpected status 401 Unauthorized: Incorrect API key provided: sk-xxx\.$/,
    );
  });

  it('tells when a usage limit is over', async () => {
    const resets = new Date(Date.now() + 7_200_000);
    await using model = await playResponses([usageLimit(resets)]);

    const { failure } = await realCodex(model).agent.run(review(), NEVER);

    expect(failure?.kind).toBe('usage-limit');
    expect(Math.abs(Date.parse(failure?.resets_at ?? '') - resets.getTime())).toBeLessThanOrEqual(61_000);
    expect(model.requests).toHaveLength(1);
  });

  it('loses no half answer to a stream that was cut', async () => {
    await using model = await playResponses([cutText('{"verdict":"approve"}')]);

    const result = await realCodex(model).agent.run(review(), NEVER);

    expect(result).toMatchObject({ answer: null, failure: { kind: 'disconnected' } });
  });

  it('is ended when the model never answers', async () => {
    await using model = await playResponses([silence()]);

    const result = await realCodex(model).agent.run({ ...review(), timeoutMs: 3000 }, NEVER);

    expect(result).toMatchObject({
      answer: null,
      failure: { kind: 'timeout', message: 'codex gave no answer within 3s.' },
    });
  });

  it('hands on what does not fit the schema, and an empty message, for others to judge', async () => {
    await using prose = await playResponses([outputs(says('I would rather talk.'))]);
    await using nothing = await playResponses([outputs()]);

    expect(await realCodex(prose).agent.run(review(), NEVER)).toMatchObject({
      failure: null,
      answer: 'I would rather talk.',
    });
    expect(await realCodex(nothing).agent.run(review(), NEVER)).toMatchObject({ failure: null, answer: '' });
  });
});

/** Does any process have this among its arguments? */
function isRunning(argument: string): boolean {
  return readdirSync('/proc').some((pid) => {
    try {
      return (
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').includes(argument)
      );
    } catch {
      return false; // It has ended meanwhile.
    }
  });
}
