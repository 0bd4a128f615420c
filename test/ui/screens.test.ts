import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Notice } from '../../src/ports.ts';
import { liveScreen } from '../../src/ui/live-screen.ts';
import { jsonScreen, plainScreen, type Listener } from '../../src/ui/screen.ts';
import { themeFor } from '../../src/ui/theme.ts';
import { called, finding, replayed, reviewed, roundStarted, started } from './told-run.ts';

const BEGAN: Notice = { type: 'call-began', role: 'reviewer', agent: 'codex', purpose: 'review', round: 1 };
const NORMAL = { isQuiet: false, isVerbose: false };

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('without a terminal', () => {
  it('a call that takes long gives a sign of life every five minutes, and nothing else', () => {
    const { said, screen } = plain();

    screen.onNotice?.(BEGAN);
    screen.onNotice?.({ type: 'agent-said', text: 'reading the plan' });
    vi.advanceTimersByTime(11 * 60_000);
    screen.onNotice?.({ type: 'call-ended' });
    vi.advanceTimersByTime(60 * 60_000);

    expect(said).toEqual(['  codex has been at it for 5m00s\n', '  codex has been at it for 10m00s\n']);
  });

  it('calls side by side give signs of life until the last of them is over', () => {
    const { said, screen } = plain();

    screen.onNotice?.(BEGAN);
    screen.onNotice?.(BEGAN);
    screen.onNotice?.({ type: 'call-ended' });
    vi.advanceTimersByTime(5 * 60_000);
    screen.onNotice?.({ type: 'call-ended' });
    vi.advanceTimersByTime(60 * 60_000);

    expect(said).toEqual(['  codex has been at it for 5m00s\n']);
  });

  it('a call gives none where little is to be said', () => {
    const { said, screen } = plain({ isQuiet: true, isVerbose: false });

    screen.onNotice?.(BEGAN);
    vi.advanceTimersByTime(60 * 60_000);

    expect(said).toEqual([]);
  });
});

describe('with --json', () => {
  it('a fact is one line, as it is in the journal, and holds nothing that a terminal would act on', () => {
    const said: string[] = [];
    const screen = jsonScreen({ write: (text) => said.push(text) });
    const facts = replayed([
      started(),
      roundStarted(1),
      reviewed(1, finding('F1', { title: 'a\u001b[31m\u009b1m\u202e\nb' })),
    ]);

    for (const { fact, run } of facts) void screen.onFact(fact, run);

    expect(said.map((line) => JSON.parse(line))).toEqual(facts.map(({ fact }) => fact));
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(said.join('')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('on a terminal', () => {
  it('a spinner stands below the lines while a call runs, with its time and latest activity', () => {
    const { screen, shown } = live();

    screen.onNotice?.(BEGAN);
    screen.onNotice?.({ type: 'agent-said', text: 'running cat \u001b[31mplan.md' });
    vi.advanceTimersByTime(61_000);

    expect(stripVTControlCharacters(shown().at(-1) ?? '')).toMatch(
      /^\S codex reviews 1m01s · running cat plan\.md$/,
    );
  });

  it('calls side by side share one spinner, which stands until the last of them is over', () => {
    const { screen, shown } = live();
    const hunt = { ...BEGAN, purpose: 'hunt' } as const;

    screen.onNotice?.(hunt);
    vi.advanceTimersByTime(60_000);
    screen.onNotice?.(hunt);
    vi.advanceTimersByTime(1000);
    const both = shown().at(-1) ?? '';
    screen.onNotice?.({ type: 'call-ended' });
    vi.advanceTimersByTime(1000);
    const one = shown().at(-1) ?? '';

    expect([both, one].map(stripVTControlCharacters)).toEqual([
      expect.stringMatching(/^\S 2 hunts at work 1m01s$/),
      expect.stringMatching(/^\S 1 hunt at work 1m02s$/),
    ]);
  });

  it.each([
    ['arbiter', 'arbitrate', 'codex weighs the findings 1s'],
    ['verifier', 'verify', 'codex verifies the fix 1s'],
    ['reviewer', 'audit', 'codex audits 1s'],
    ['implementer', 'fix', 'codex edits 1s'],
  ] as const)('the spinner says what the %s does', (role, purpose, said) => {
    const { screen, shown } = live();

    screen.onNotice?.({ ...BEGAN, role, purpose });
    vi.advanceTimersByTime(1000);

    expect(stripVTControlCharacters(shown().at(-1) ?? '')).toMatch(new RegExp(`^\\S ${said}$`));
  });

  it('activity is cut to the width of the terminal, whatever the script', () => {
    const { screen, shown } = live();

    screen.onNotice?.(BEGAN);
    screen.onNotice?.({ type: 'agent-said', text: `reading ${'漢字'.repeat(100)}` });
    vi.advanceTimersByTime(1000);

    const line = stripVTControlCharacters(shown().at(-1) ?? '');
    expect(line).toMatch(/^\S codex reviews 1s · reading (?:漢字)+漢?…$/);
    expect(stringWidth(line)).toBeLessThanOrEqual(50);
  });

  it('nothing of the spinner is left when the call is over, and the cursor is back', () => {
    const { screen, written } = live();

    screen.onNotice?.(BEGAN);
    vi.advanceTimersByTime(1000);
    screen.onNotice?.({ type: 'call-ended' });

    expect(written().endsWith('\u001b[?25h')).toBe(true);
    const before = written();
    vi.advanceTimersByTime(60_000);
    expect(written()).toBe(before);
  });

  it('lines are printed above the spinner', () => {
    const { screen, written } = live();
    const facts = replayed([started(), roundStarted(1, []), ...called(1, 'review-1')]);

    screen.onNotice?.(BEGAN);
    for (const { fact, run } of facts.slice(0, 3)) void screen.onFact(fact, run);
    screen.close?.();

    const lines = stripVTControlCharacters(written()).split('\n');
    expect(lines.at(0)).toMatch(/! No line is marked \*\*load-bearing/);
    expect(lines.at(1)).toMatch(/─ Round 1 starting/);
  });

  it('a commit that failed leaves no spinner under the question', () => {
    const { screen, written } = live();
    const [first] = replayed([started()]);

    screen.onNotice?.({ type: 'commit-began' });
    void screen.onFact(
      { v: 1, ts: '', run: '', type: 'commit.failed', round: 1, kind: 'round', output: '', plan_sha256: '' },
      first?.run as never,
    );
    const before = written();
    vi.advanceTimersByTime(10_000);

    expect(written()).toBe(before);
  });
});

function plain(volume = NORMAL): { said: string[]; screen: Listener } {
  const said: string[] = [];
  const theme = themeFor({}, { LANG: 'C.UTF-8' }, { noColor: false, quiet: false });
  return { said, screen: plainScreen({ write: (text) => said.push(text) }, theme, volume) };
}

function live(): { screen: Listener; written: () => string; shown: () => string[] } {
  const chunks: string[] = [];
  const stream = Object.assign(new PassThrough(), {
    isTTY: true,
    columns: 50,
    rows: 20,
    cursorTo: () => chunks.push('\u001b[1G') > 0,
    clearLine: () => true,
    moveCursor: () => true,
    getWindowSize: () => [50, 20],
  });
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const theme = themeFor(stream, { LANG: 'C.UTF-8' }, { noColor: true, quiet: false });
  const screen = liveScreen(stream as unknown as NodeJS.WriteStream, theme, NORMAL); // what the screen uses of one
  return {
    screen,
    written: () => chunks.join(''),
    shown: () => chunks.filter((chunk) => /codex|at work/.test(chunk)),
  };
}
