import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agents/create-agent.ts';
import { NEVER } from '../process/programs.ts';
import { callOf, editCall, worldWith } from './fake-agent.ts';

function setup(command: string) {
  const { world, said } = worldWith([], { vars: { REFINE_PLAN_SCHEMA: 'from outside' } });
  return { agent: createAgent({ kind: 'cmd', command }, world), world, said };
}

describe('a call of a command', () => {
  it('answers with its standard output, exactly as printed', async () => {
    const { agent, said } = setup(`cat; printf ' \\r\\n\\n'; echo note >&2`);
    const call = callOf({ prompt: 'é' });

    const result = await agent.run(call, NEVER);

    expect({ ...result, durationMs: 0 }).toEqual({
      failure: null,
      answer: 'é \r\n\n',
      edited: null,
      discarded: [],
      model: null,
      version: null,
      tokens: null,
      toolUses: 0,
      durationMs: 0,
    });
    expect(readFileSync(call.log, 'utf8')).toBe('é \r\n\n\n--- stderr ---\nnote\n');
    expect(said).toEqual([]);
  });

  it('knows where and for whom it works', async () => {
    const { agent, world } = setup('pwd; env | grep ^REFINE_PLAN_ | sort');

    const { answer } = await agent.run(callOf({ schema: { type: 'object' }, round: 3 }), NEVER);

    expect(answer?.trimEnd().split('\n')).toEqual([
      world.repoRoot,
      `REFINE_PLAN_PLAN=${world.plan.path}`,
      `REFINE_PLAN_REPO=${world.repoRoot}`,
      'REFINE_PLAN_ROLE=reviewer',
      'REFINE_PLAN_ROUND=3',
      'REFINE_PLAN_RUN=foo-20261120T140000Z',
      'REFINE_PLAN_SCHEMA={"type":"object"}',
    ]);
  });

  it('edits the copy that REFINE_PLAN_PLAN names, in the directory it works in', async () => {
    const { agent, world } = setup(
      'pwd; echo "$REFINE_PLAN_PLAN"; echo "[$REFINE_PLAN_SCHEMA]"; echo more >> docs/foo.md',
    );

    const { answer, edited } = await agent.run(editCall('text\n'), NEVER);

    const [cwd = '', plan = '', schema] = answer?.split('\n') ?? [];
    expect(plan).toBe(join(cwd, 'docs', 'foo.md'));
    expect(cwd.startsWith(world.repoRoot)).toBe(false);
    expect([schema, edited]).toEqual(['[]', 'text\nmore\n']);
  });

  it('fails with its exit code and its last word', async () => {
    const { agent } = setup('echo half; echo first >&2; echo "no \u001b[31mmodel" >&2; echo >&2; exit 7');

    const result = await agent.run(callOf(), NEVER);

    expect(result).toMatchObject({
      answer: null,
      failure: { kind: 'crashed', message: 'The command exited with code 7: no model.' },
    });
  });

  it('fails when a signal ended it', async () => {
    const { failure } = await setup('kill -9 $$').agent.run(callOf(), NEVER);

    expect(failure).toMatchObject({ kind: 'crashed', message: 'The command was ended by SIGKILL.' });
  });

  it('may print that there is no answer', async () => {
    const { agent } = setup(`echo "CODEX_ERROR: You've hit your usage limit. Try again later."`);

    expect(await agent.run(callOf(), NEVER)).toMatchObject({
      answer: null,
      failure: { kind: 'usage-limit' },
    });
  });

  it('hands on nothing of an answer that is too long but that it was', async () => {
    const { agent } = setup('head -c 20000000 /dev/zero | tr "\\0" x');

    const { answer } = await agent.run(callOf(), NEVER);

    expect(answer).toBe('The answer is longer than 16 MB.');
  });

  it('may ignore its prompt', async () => {
    const { agent } = setup('exec 0<&-; echo ok');

    expect(await agent.run(callOf({ prompt: 'x'.repeat(1_000_000) }), NEVER)).toMatchObject({
      failure: null,
      answer: 'ok\n',
    });
  });
});
