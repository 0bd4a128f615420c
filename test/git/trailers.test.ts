import { execFileSync } from 'node:child_process';
import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitMessage } from '../../src/git/trailers.ts';
import { envAt } from './temp-repo.ts';

const words = {
  subject: 'docs(plans): refine foo against codex (round 1)',
  body: [],
  trailers: [],
  key: 'foo-1/1',
};

function trailersOf(message: string): string[] {
  const options = { input: message, encoding: 'utf8', env: envAt('/'), cwd: '/' } as const;
  return execFileSync('git', ['interpret-trailers', '--parse'], options).split('\n').filter(Boolean);
}

describe('a commit message', () => {
  it('is the subject, the themes, and the trailers with the key last', () => {
    const message = commitMessage({
      ...words,
      body: ['1 critical (retry bound missing) + 2 medium'],
      trailers: ['Ticket: ABC-1', 'Reviewed-by: Ada <a@b.c>'],
    });

    expect(message).toMatchInlineSnapshot(`
      "docs(plans): refine foo against codex (round 1)

      1 critical (retry bound missing) + 2 medium

      Ticket: ABC-1
      Reviewed-by: Ada <a@b.c>
      Refine-Plan-Run: foo-1/1
      "
    `);
    expect(trailersOf(message)).toEqual([
      'Ticket: ABC-1',
      'Reviewed-by: Ada <a@b.c>',
      'Refine-Plan-Run: foo-1/1',
    ]);
  });

  it('needs no body', () => {
    expect(commitMessage({ ...words, body: ['', '  '] })).toBe(
      `${words.subject}\n\nRefine-Plan-Run: foo-1/1\n`,
    );
  });

  it.each([
    ['a trailer of ours', 'Refine-Plan-Run: other-1/9'],
    ['somebody else’s signature', 'Signed-off-by: Mallory <m@example.com>'],
    ['the divider of a patch', '--- a/plan.md'],
    ['a line of git', '(cherry picked from commit 123)'],
    ['further lines', 'first\n\nSigned-off-by: Mallory <m@example.com>\n\u2028Refine-Plan-Run: x'],
  ])('does not take a body line for %s', (_what, line) => {
    const message = commitMessage({ ...words, body: [line] });

    expect(trailersOf(message)).toEqual(['Refine-Plan-Run: foo-1/1']);
    expect(trailersOf(message.replace(/\nRefine-Plan-Run: foo.*\n$/, ''))).toEqual([]);
  });

  it('does nothing by the name of a plan, which the run is named after', () => {
    const name = '[skip ci] fixes #1 @you';
    const message = commitMessage({ ...words, subject: `docs(plans): refine ${name}`, key: `${name}/1` });

    expect(message).toBe(
      'docs(plans): refine (skip ci) fixes # 1 @ you\n\nRefine-Plan-Run: (skip ci) fixes # 1 @ you/1\n',
    );
  });

  it('keeps a trailer that the user gave as it is', () => {
    const trailers = ['Closes: #12', 'Team: @us [skip ci] https://e.example'];

    expect(
      commitMessage({ ...words, trailers })
        .split('\n')
        .slice(2, 4),
    ).toEqual(trailers);
  });

  it('keeps what the user gave as a trailer and is none, as a line', () => {
    const message = commitMessage({ ...words, trailers: ['not a trailer', 'Ticket: 1'] });

    expect(message).toBe(`${words.subject}\n\nnot a trailer\n\nTicket: 1\nRefine-Plan-Run: foo-1/1\n`);
  });

  it('ends in its own trailer, whatever it is made of', () => {
    const line = oneof(
      string({ unit: 'binary' }),
      constantFrom('---', 'A: b', '#', '# c', '%H', 'X=1', '\u001b[31mA: b'),
    );
    assert(
      property(array(line, { maxLength: 4 }), array(line, { maxLength: 2 }), (body, trailers) => {
        const message = commitMessage({ ...words, body, trailers });

        expect(trailersOf(message).at(-1)).toBe('Refine-Plan-Run: foo-1/1');
        // oxlint-disable-next-line no-control-regex -- none may be left
        expect(message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      }),
      { numRuns: 60 },
    );
  });
});
