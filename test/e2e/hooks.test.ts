import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { processTable } from '../../src/process/process-table.ts';
import { PLAN, readyWorld, type World } from '../rig/world.ts';

const NAME = 'docs/plans/import.md';
const FIXED = PLAN.replace(
  'retry until it works',
  'retry three times, then write the line to a file of failures, which must be empty at the end',
).replace(
  'Send a mail to each customer.',
  'Send a mail to each customer whose `mailed_at` is empty, and set it.',
);

describe.concurrent('a commit hook', () => {
  it('that reformats and fails is given a second try, without a question', async () => {
    using world = readyWorld();
    hook(
      world,
      'pre-commit',
      `grep -q '; retry' ${NAME} || exit 0; sed -i 's/; retry/, retry/' ${NAME}; echo reformatted; exit 1`,
    );

    const { code, stderr } = await world.cli([NAME]);

    expect(code).toBe(0);
    expect(stderr).not.toContain('! The commit failed');
    expect(stderr).toMatch(/^Not checked: [0-9a-f]{7} holds more than the fixes of round 1: a commit hook/m);
    expect(world.git('log', '--format=%b')).toContain('Also holds what a commit hook, or somebody else,');
    expect(world.git('show', `HEAD:${NAME}`)).toBe(FIXED.replace('; retry', ', retry'));
    expect(world.git('rev-list', '--count', 'HEAD')).toBe('3\n');
    expect(world.git('status', '--porcelain')).toBe('');
  });

  it('that reformats and succeeds makes the next baseline', async () => {
    using world = readyWorld();
    hook(world, 'pre-commit', `sed -i 's/; retry/, retry/' ${NAME}; git add ${NAME}`);

    const { code } = await world.cli([NAME]);

    expect(code).toBe(0);
    expect(world.read(NAME)).toBe(FIXED.replace('; retry', ', retry'));
    expect(world.git('show', `HEAD:${NAME}`)).toBe(world.read(NAME));
    expect(world.git('status', '--porcelain')).toBe('');
    expect(checks(world)).toEqual(['edits ok', 'hook ok', 'edits ok']);
  });

  it('during which somebody writes leaves that to them: it is no part of the commit', async () => {
    using world = readyWorld();
    const once = join(world.root, 'once');
    hook(world, 'pre-commit', `test -e ${once} || echo 'Ask Ann.' >> ${NAME}; touch ${once}`);

    const { code, stderr } = await world.cli([NAME]);

    expect(code).toBe(0);
    expect(stderr).toContain(
      `! ${NAME} was edited by someone else. Unattended: take (--on-external-edit decides).`,
    );
    expect(world.git('log', '--reverse', '--format=%s').trim().split('\n')).toEqual([
      'Add the plan',
      'docs(plans): refine import against codex (round 1)',
      'docs(plans): draft import before refinement',
      'docs(plans): refine import against codex (round 2)',
    ]);
    expect(world.git('show', `HEAD~2:${NAME}`)).not.toContain('Ask Ann.');
    expect(world.git('show', '--format=', 'HEAD~1')).toContain('+Ask Ann.');
    expect(world.read(NAME)).toBe(`${FIXED}Ask Ann.\n`);
  });

  it('that loses a load-bearing string is asked about; what is there may be a person’s, and stays', async () => {
    using world = readyWorld();
    hook(world, 'pre-commit', `sed -i 's/external_id/key/' ${NAME}; echo 'Ask Ann.' >> ${NAME}; exit 1`);

    const { code, stderr } = await world.cli([NAME]);

    expect(code).toBe(7);
    expect(stderr).toContain(
      '! What a commit hook, or somebody else meanwhile, made of the plan would lose 1 load-bearing string: external_id. Unattended: abort (--on-drift decides).\n',
    );
    expect(stderr).toContain('It was left as it is, uncommitted; as it was before is round-01/plan.md');
    expect(stderr).toContain(
      `Next     Read the plan as it is now and mend it, then run: refine-plan ${NAME}\n`,
    );
    expect(world.read(NAME)).toContain('Ask Ann.');
    expect(readFileSync(join(world.runs()[0] ?? '', 'round-01/plan.md'), 'utf8')).toBe(PLAN);
    expect(world.git('status', '--porcelain')).toBe(` M ${NAME}\n`);
  });

  it('that adds a file has it reported, and the index is left as it was', async () => {
    using world = readyWorld();
    world.write('mine.txt', '');
    world.git('add', 'mine.txt');
    hook(world, 'pre-commit', 'echo x >> stamp.txt; git add stamp.txt');

    const { code, stderr } = await world.cli([NAME]);

    expect(code).toBe(0);
    expect(stderr).toMatch(/^! A commit hook put other files into [0-9a-f]{7}: stamp\.txt\.$/m);
    expect(world.git('show', '--format=', '--name-only', 'HEAD')).toBe(`${NAME}\nstamp.txt\n`);
    expect(world.git('status', '--porcelain')).toBe('A  mine.txt\n');
  });

  it('that rejects ends the run with its own words; the checked edit stays, uncommitted', async () => {
    using world = readyWorld();
    hook(world, 'commit-msg', 'echo "No ticket number, \\033[31mno commit\\033[0m." >&2; exit 1');

    const { code, stderr } = await world.cli([NAME]);

    expect(code).toBe(8);
    expect(stderr).toContain(
      '! The commit failed. Git says: No ticket number, no commit. Unattended: abort (--on-commit-failure decides).\n',
    );
    expect(stderr).toContain(
      '═══ Stopped: the commit failed; the checked edit is in the plan, uncommitted ═══\nNo ticket number, no commit.\n',
    );
    expect(world.facts().find(({ type }) => type === 'decision')).toMatchObject({
      question: 'commit_failure',
      answer: 'abort',
      by: 'policy',
    });
    expect(world.git('rev-list', '--count', 'HEAD')).toBe('1\n');
    expect(world.git('status', '--porcelain')).toBe(` M ${NAME}\n`);
    expect(world.read(NAME)).toContain('failed.csv');
  });

  it('that lets go at the third try is tried three times, where that is the policy', async () => {
    using world = readyWorld();
    const tries = join(world.root, 'tries');
    hook(world, 'pre-commit', `echo x >> ${tries}; test $(wc -l < ${tries}) -ge 3`);

    const { code, stderr } = await world.cli([NAME, '--on-commit-failure', 'retry']);

    expect(code).toBe(0);
    expect(stderr.match(/As --on-commit-failure says: retry\./g)).toHaveLength(2);
  });

  it('that never lets go is given up after three tries', async () => {
    using world = readyWorld();
    hook(world, 'pre-commit', 'exit 1');

    const { code, stderr } = await world.cli([NAME, '--on-commit-failure', 'retry']);

    expect(code).toBe(8);
    expect(stderr.match(/As --on-commit-failure says: retry\./g)).toHaveLength(2);
    expect(stderr).toContain(
      'Git says: A commit hook refused without saying why. Unattended: abort (--on-commit-failure decides).',
    );
  });

  it('that hangs is ended after --git-timeout', async () => {
    using world = readyWorld();
    hook(world, 'pre-commit', 'exec sleep 1000');

    const { code, stderr } = await world.cli([NAME, '--git-timeout', '500ms']);

    expect(code).toBe(8);
    expect(stderr).toContain('git commit was ended after');
  });

  it('that hangs and ignores TERM is ended too, once git is gone', async () => {
    using world = readyWorld();
    const group = join(world.root, 'group');
    hook(world, 'pre-commit', `trap '' TERM; cut -d ' ' -f 5 /proc/$$/stat > ${group}; exec sleep 1000`);

    const { code, stderr } = await world.cli([NAME, '--git-timeout', '500ms']);

    expect(code).toBe(8);
    expect(stderr).toContain('git commit was ended after');
    expect(membersOf(Number(readFileSync(group, 'utf8')))).toEqual([]);
    expect(world.git('status', '--porcelain')).toBe(` M ${NAME}\n`);
  });

  it('that rejects the draft leaves an untracked plan untracked', async () => {
    using world = readyWorld();
    world.write('docs/plans/new.md', PLAN);
    hook(world, 'pre-commit', 'exit 1');

    const { code, stderr } = await world.cli(['docs/plans/new.md']);

    expect(code).toBe(8);
    expect(stderr).toContain(
      '═══ Stopped: the commit failed; your own changes are still uncommitted, and nothing was reviewed ═══',
    );
    expect(world.git('status', '--porcelain')).toBe('?? docs/plans/new.md\n');
    expect(world.read('docs/plans/new.md')).toBe(PLAN);
    expect(world.calls()).toEqual([]);
  });
});

function hook(world: World, name: string, script: string): void {
  const path = join(world.repo, '.git', 'hooks', name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

function membersOf(group: number): number[] {
  const members = processTable()?.filter((it) => it.group === group && !it.isZombie) ?? [];
  return members.map(({ pid }) => pid);
}

function checks(world: World): string[] {
  return world
    .facts()
    .filter(({ type }) => type === 'drift.checked')
    .map(({ of, ok }) => `${String(of)} ${ok === true ? 'ok' : 'lost'}`);
}
