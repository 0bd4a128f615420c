import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readyWorld } from '../rig/world.ts';
import { pathWithOnly, refusal } from './support.ts';

const ARGS = ['docs/plans/import.md'];
const AWAY = ', url: https://api.openai.com/v1/responses, request id: 00000000-0000';
const INSTALL_CODEX =
  'Install it with `npm install -g @openai/codex`, or name another agent with `--reviewer` and `--implementer`.';

describe.concurrent('an agent that cannot work is found before anything is written', () => {
  it('names the command that installs codex', async () => {
    using world = readyWorld();
    const env = { PATH: pathWithOnly(world, 'git', 'sh') };

    expect(await refusal(world, ARGS, { env })).toEqual({
      code: 3,
      said: `codex is not installed, or not on the PATH.\n${INSTALL_CODEX}\n`,
    });
  });

  it('names the command that updates codex', async () => {
    using world = readyWorld();

    expect(await refusal(world, ARGS, { env: { WORLD_CODEX_VERSION: 'codex-cli 0.42.0' } })).toEqual({
      code: 3,
      said: 'codex 0.42.0 is too old; at least 0.100.0 is needed.\nUpdate it with `npm install -g @openai/codex@latest`.\n',
    });
  });

  it('looks for the implementer and the verifier too', async () => {
    using world = readyWorld();
    const env = { PATH: `${join(world.root, 'bin')}:${pathWithOnly(world, 'git', 'sh', 'node')}` };
    const said =
      'claude is not installed, or not on the PATH.\nInstall it with `npm install -g @anthropic-ai/claude-code`, or name another agent with `--reviewer` and `--implementer`.\n';

    expect(await refusal(world, [...ARGS, '--implementer', 'claude'], { env })).toEqual({ code: 3, said });
    expect(await refusal(world, [...ARGS, '--verifier', 'claude'], { env })).toEqual({ code: 3, said });
  });

  it('refuses a token budget for an agent that reports no tokens', async () => {
    using world = readyWorld();

    expect(await refusal(world, [...ARGS, '--reviewer', 'cmd:cat', '--max-tokens', '1000'])).toEqual({
      code: 2,
      said: 'A token budget was given, but cmd:cat does not report its tokens.\nUse --max-calls or --max-minutes instead.\n',
    });
  });
});

describe.concurrent('an agent that fails ends the run, and no failure is a verdict', () => {
  it.for([
    [
      'is not logged in',
      `unexpected status 401 Unauthorized: Incorrect API key provided: sk-xxx.${AWAY}`,
      'unexpected status 401 Unauthorized: Incorrect API key provided: sk-xxx.',
    ],
    [
      'does not know the model',
      "The requested model 'nope-9' does not exist.",
      "The requested model 'nope-9' does not exist.",
    ],
    [
      'has hit its usage limit',
      'You’ve hit your usage limit. Upgrade to Pro or try again at 3:44 PM.',
      'You’ve hit your usage limit. Upgrade to Pro or try again at 3:44 PM.',
    ],
  ] as const)('says that the reviewer %s, without another try', async ([, message, said]) => {
    using world = readyWorld();

    const { code, stdout, stderr } = await world.cli(ARGS, { env: { WORLD_FAIL_REVIEWER: message } });

    expect({ code, stdout, calls: world.calls().length }).toEqual({ code: 4, stdout: '', calls: 1 });
    expect(stderr).toContain(`! The reviewer (codex) failed: ${said}\n`);
    expect(stderr).toContain(`═══ Stopped: the reviewer could not be reached ═══\n${said}\n`);
    expect(stderr).toMatch(/\nState +\S+import-\S+\n/);
    expect(stderr).toMatch(/\nNext +Mend the cause, then .* refine-plan docs\/plans\/import\.md\n$/);
    expect(world.facts().at(-1)).toMatchObject({ status: 'aborted_codex_error', exit_code: 4 });
  });

  it('tries once more after a disconnect', async () => {
    using world = readyWorld();
    const message = 'stream disconnected before completion: error sending request';

    const { code } = await world.cli(ARGS, { env: { WORLD_FAIL_REVIEWER: message } });

    expect({ code, calls: world.calls().length }).toEqual({ code: 4, calls: 2 });
  });

  it('ends otherwise when it is the implementer that fails', async () => {
    using world = readyWorld();
    const before = world.read('docs/plans/import.md');

    const { code, stderr } = await world.cli(ARGS, { env: { WORLD_FAIL_IMPLEMENTER: 'Quota exceeded.' } });

    expect(stderr).toContain("═══ Stopped: the implementer's edits could not be had ═══\nQuota exceeded.\n");
    expect(code).toBe(6);
    expect(world.read('docs/plans/import.md')).toBe(before);
  });

  it('shows how an answer begins that cannot be read, cleaned', async () => {
    using world = readyWorld();
    const env = { WORLD_ANSWER_REVIEWER: '\u001b[2JI have \u009b31mread it all.\u0007 It is fine.' };

    const { code, stderr } = await world.cli(ARGS, { env });

    expect(stderr).toContain(
      "═══ Stopped: the reviewer's answer could not be read ═══\nThe answer is not the JSON object that was asked for. It begins: I have read it all. It is fine.\n",
    );
    expect({ code, calls: world.calls().length }).toEqual({ code: 5, calls: 2 });
  });
});

describe.concurrent('an edit that cannot be applied is sent back once, and never applied in part', () => {
  it.for([
    [
      'names text that occurs twice',
      'each customer',
      'Edit 2 names text that occurs more than once: "each customer"; copy more of it.',
    ],
    [
      'names text that is not there',
      'each client',
      'Edit 2 names text that is not in the plan: "each client".',
    ],
  ] as const)('%s', async ([, text, problem]) => {
    using world = readyWorld();
    const before = world.read('docs/plans/import.md');
    const edits = [
      { findings: ['F1'], old_text: 'line by line', new_text: 'in batches' },
      { findings: ['F2'], old_text: text, new_text: 'everybody' },
    ];
    const answer = JSON.stringify({ summary: '', edits, declined: [] });

    const { code, stderr } = await world.cli(ARGS, { env: { WORLD_ANSWER_IMPLEMENTER: answer } });

    expect(code).toBe(6);
    expect(stderr).toContain(`! The edits were not accepted: ${problem}\n`);
    expect(world.calls().map(({ role }) => role)).toEqual(['reviewer', 'implementer', 'implementer']);
    expect(world.read('docs/plans/import.md')).toBe(before);
    expect(world.git('status', '--porcelain')).toBe('');
    expect(world.read(`${world.runs()[0]?.slice(world.repo.length)}/round-01/rejected.md`)).toContain(
      'in batches',
    );
    expect(world.facts().at(-1)).toMatchObject({ status: 'aborted_implementer_error' });
  });

  it('names an edit that changes nothing', async () => {
    using world = readyWorld();
    const edits = [{ findings: ['F1', 'F2'], old_text: 'line by line', new_text: 'line by line' }];
    const answer = JSON.stringify({ summary: '', edits, declined: [] });

    const { code, stderr } = await world.cli(ARGS, { env: { WORLD_ANSWER_IMPLEMENTER: answer } });

    expect(stderr).toContain('═══ Stopped: the implementer changed nothing ═══');
    expect(code).toBe(6);
    expect(world.facts().at(-1)).toMatchObject({ status: 'aborted_implementer_noop' });
  });
});

describe.concurrent('an agent that', () => {
  it('leaves the plan as it is in place is not said to have been refused anything', async () => {
    using world = readyWorld();
    const args = [...ARGS, '--edit-mode', 'in-place', '--implementer', 'cmd:echo There is nothing to mend.'];

    const { code, stderr } = await world.cli(args);

    expect(code).toBe(6);
    expect(stderr).toContain(
      'Next     See what the implementer said in round-01/answer-fix-2.txt of the state directory, and what was asked with: ',
    );
    expect(readdirSync(join(world.runs()[0] ?? '', 'round-01'))).toContain('answer-fix-2.txt');
    expect(readdirSync(join(world.runs()[0] ?? '', 'round-01'))).not.toContain('rejected.md');
  });

  it('makes a pipe of the plan does not hold up the program', async () => {
    using world = readyWorld();
    const script = 'rm "$REFINE_PLAN_PLAN"; mkfifo "$REFINE_PLAN_PLAN"; echo Done.';

    const { code, stderr } = await world.cli([...ARGS, '--reviewer', `cmd:${script}`]);

    expect(code).toBe(3);
    expect(stderr).toContain('! docs/plans/import.md is gone.');
  });
});
