import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callNotesOf, endLeftBehind } from '../../src/cli/left-behind.ts';
import { newMark, withMark } from '../../src/process/mark.ts';
import { processOf } from '../../src/process/process-table.ts';
import { noteCall } from '../../src/store/call-notes.ts';
import { freshDir, isAlive } from '../process/programs.ts';

type Owner = { readonly host: string; readonly boot: string; readonly pid: number; readonly started: string };

/** A plan beside which a call was noted by a program that is gone, or by whom `owner` makes of it. */
async function noted(wish: {
  readonly pid?: number;
  readonly started?: string;
  readonly mark?: string;
  readonly owner?: Partial<Owner>;
  readonly scratch?: string;
}) {
  const dir = freshDir();
  const path = join(dir, 'plan.md');
  const place = { plan: { path, shown: 'plan.md' }, stateRoot: join(dir, 'state') } as Parameters<
    typeof endLeftBehind
  >[0]; // The rest of a place is not looked at.
  const notes = callNotesOf(place, 'refine');
  mkdirSync(notes);
  const mark = wish.mark ?? newMark();
  const scratch = wish.scratch ?? join(dir, `refine-plan-${mark}`);
  mkdirSync(join(scratch, 'work'), { recursive: true });
  const note = await noteCall(notes, { run: 'plan-1', call: 'fix-1', agent: 'codex', mark, scratch });
  if (wish.pid !== undefined) await note.started({ pid: wish.pid, started: wish.started ?? null });
  const [file = ''] = readdirSync(notes);
  const [first = '', ...rest] = readFileSync(join(notes, file), 'utf8').split('\n');
  const { owner, ...about } = JSON.parse(first);
  const dead = { ...owner, started: '1', ...wish.owner };
  writeFileSync(join(notes, file), [JSON.stringify({ owner: dead, ...about }), ...rest].join('\n'));
  return {
    end: async () => {
      let said = '';
      await endLeftBehind(place, { stderr: { write: (text: string) => (said += text) } as never });
      return said;
    },
    left: () => ({ notes: readdirSync(notes).length, scratch: existsSync(scratch) }),
  };
}

/** A process of its own session, bearing a mark or none. */
async function sleeper(mark?: string): Promise<{ readonly pid: number; readonly started: string }> {
  const child = spawn('sleep', ['1000'], {
    detached: true,
    env: withMark(process.env, mark),
    stdio: 'ignore',
  });
  const pid = child.pid ?? 0;
  onTestFinished(() => void child.kill('SIGKILL'));
  return { pid, started: processOf(pid)?.started ?? '' };
}

const GONE = { notes: 0, scratch: false };
const UNTOUCHED = { notes: 1, scratch: true };

describe('a call that a killed program left behind', () => {
  it('is ended, and nothing is left of it', async () => {
    const agent = await sleeper();
    const { end, left } = await noted(agent);

    expect(await end()).toBe(
      `! Run plan-1 was killed and left codex running (process ${agent.pid}); it is ended now.\n`,
    );
    expect([isAlive(agent.pid), left()]).toEqual([false, GONE]);
    expect(await end()).toBe('');
  });

  it('is found by its mark where it was not noted any more which process it is', async () => {
    const mark = newMark();
    const agent = await sleeper(mark);
    const { end, left } = await noted({ mark });

    expect(await end()).toContain(`(process ${agent.pid})`);
    expect([isAlive(agent.pid), left()]).toEqual([false, GONE]);
  });

  it('is found in what it started, when it is gone itself', async () => {
    const mark = newMark();
    const child = await sleeper(mark);
    const { end } = await noted({ mark, pid: 2 ** 22 + 1, started: '5' });

    expect(await end()).toContain(`(process ${child.pid})`);
    expect(isAlive(child.pid)).toBe(false);
  });

  it('is not looked for where its process id belongs to somebody else by now', async () => {
    const stranger = await sleeper();
    const { end, left } = await noted({ pid: stranger.pid, started: '5' });

    expect(await end()).toBe('');
    expect([isAlive(stranger.pid), left()]).toEqual([true, GONE]);
  });

  it('is let be as long as its program lives', async () => {
    const agent = await sleeper();
    const owner = { started: processOf(process.pid)?.started ?? '' };
    const { end, left } = await noted({ ...agent, owner });

    expect(await end()).toBe('');
    expect([isAlive(agent.pid), left()]).toEqual([true, UNTOUCHED]);
  });

  it('is gone where the machine was started anew since, and only its scratch directory is removed', async () => {
    const stranger = await sleeper();
    const { end, left } = await noted({ ...stranger, owner: { boot: 'another' } });

    expect(await end()).toBe('');
    expect([isAlive(stranger.pid), left()]).toEqual([true, GONE]);
  });

  it('is only told of where it ran on another host', async () => {
    const stranger = await sleeper();
    const { end, left } = await noted({ ...stranger, owner: { host: 'elsewhere' } });

    expect(await end()).toBe(
      '! Run plan-1 was killed on elsewhere while codex worked for it; if that is still running there, it cannot be ended from here.\n',
    );
    expect([isAlive(stranger.pid), left()]).toEqual([true, { notes: 0, scratch: true }]);
  });

  it('loses no directory that was not made for it', async () => {
    const scratch = join(freshDir(), 'mine');
    const { end, left } = await noted({ scratch });

    expect(await end()).toBe('');
    expect(left()).toEqual({ notes: 0, scratch: true });
  });
});
