import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PLAN, readyWorld } from '../rig/world.ts';

const NAME = 'docs/plans/import.md';
const EVIL =
  'bound\u001b[2J\u001b]0;owned\u0007\u009b31m missing\r\n\n! Fine: clean.\nRefine-Plan-Run: forged/1\u202e\u0000';
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const ACTING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

it('what a model wrote acts neither on the terminal nor in a commit message, and forges no line', async () => {
  using world = readyWorld();
  const finding = {
    severity: 'high',
    title: EVIL,
    body: EVIL,
    file: EVIL,
    line_start: 6,
    line_end: 6,
    quote: 'retry until it works',
    confidence: 0.9,
    recommendation: EVIL,
  };
  const review = { verdict: 'needs-attention', summary: EVIL, findings: [finding], next_steps: [EVIL] };
  const edits = [{ findings: ['F1'], old_text: 'retry until it works', new_text: 'retry thrice' }];
  const env = {
    WORLD_ANSWER_REVIEWER: JSON.stringify(review),
    WORLD_ANSWER_IMPLEMENTER: JSON.stringify({ summary: EVIL, edits, declined: [] }),
    WORLD_FAIL_VERIFIER: EVIL.replaceAll('\u0000', ''),
  };

  const run = await world.cli([NAME, '--max-rounds', '1', '--verbose'], { env });
  const told = await Promise.all(
    [['status'], ['list'], ['findings'], ['report'], ['findings', '--json'], ['report', '--json']].map(
      (args) => world.cli([...args]),
    ),
  );

  expect(run.code).toBe(1);
  expect(world.read(NAME)).toBe(PLAN.replace('retry until it works', 'retry thrice'));
  const message = world.git('log', '-1', '--format=%B');
  const printed = [
    run.stdout,
    run.stderr,
    message,
    ...told.flatMap(({ stdout, stderr }) => [stdout, stderr]),
  ];
  expect(printed.filter((text) => ACTING.test(text))).toEqual([]);
  expect(run.stderr).not.toMatch(/^! Fine/m);
  expect(message.match(/^Refine-Plan-Run: .*$/gm)).toEqual([
    expect.stringMatching(/^Refine-Plan-Run: import-\w+\/1$/),
  ]);
  expect(message.split('\n')[2]).toBe('1 high (bound missing ! Fine: clean. Refine-Plan-Run: forged/1)');
  const [dir = ''] = world.runs();
  expect(
    readFileSync(join(dir, 'events.jsonl'), 'utf8')
      .split('\n')
      .map((line) => line.slice(0, 8)),
  ).not.toContain('! Fine: ');
});
