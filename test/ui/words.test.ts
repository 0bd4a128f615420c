import { beforeAll, describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import { themeFor } from '../../src/ui/theme.ts';
import { ASCII, lines, NORMAL, PLAIN, quietly, ROUND, UNICODE } from './told-lines.ts';
import { called, closed, finding, fixed, reviewed, roundStarted, started } from './told-run.ts';

const COLORED = themeFor({}, { LANG: 'C.UTF-8', FORCE_COLOR: '1' }, PLAIN);

beforeAll(() => {
  process.env['TZ'] = 'UTC';
});

describe('the lines of a round', () => {
  it('are one at the start, one for the review, and one for the fix', () => {
    expect(lines(ROUND)).toMatchInlineSnapshot(`
      [
        "─ Round 1 starting (14:03:13) ──── codex review (~2-5 min)",
        "─ Round 1 done (2m41s) ──── 2 findings: 1C 1H 0M 0L ↓1 (1 void citation) · top: docs/plans/foo.md:88 retry bound missing",
        "  impl 1m18s · 2/2 addressed at :88 :131 :140 · drift OK · commit 3fa9c21",
      ]
    `);
  });

  it('have plain characters where the terminal has no others', () => {
    expect(lines(ROUND, ASCII)).toMatchInlineSnapshot(`
      [
        "- Round 1 starting (14:03:13) ---- codex review (~2-5 min)",
        "- Round 1 done (2m41s) ---- 2 findings: 1C 1H 0M 0L v1 (1 void citation) | top: docs/plans/foo.md:88 retry bound missing",
        "  impl 1m18s | 2/2 addressed at :88 :131 :140 | drift OK | commit 3fa9c21",
      ]
    `);
  });

  it('have colours where those are wanted, and say the same without', () => {
    // oxlint-disable-next-line no-control-regex -- the colours are what is looked for
    const colors = /\u001b\[\d+m/g;

    const colored = lines(ROUND, COLORED);

    expect(colored.join('')).toMatch(colors);
    expect(colored.map((line) => line.replace(colors, ''))).toEqual(lines(ROUND));
  });

  it('are not printed where only decisions and warnings are asked for', () => {
    expect(lines(ROUND, UNICODE, { isQuiet: true, isVerbose: false })).toEqual([]);
  });

  it('say of each call what it cost and where its answer is, where that is asked for', () => {
    const verbose = lines(ROUND, UNICODE, { isQuiet: false, isVerbose: true });

    expect(verbose.filter((line) => !lines(ROUND).includes(line))).toMatchInlineSnapshot(`
      [
        "  review-1: reviewer codex gpt-5.5, 2m41s, 31000 tokens, round-01/answer-review-1.txt",
        "  fix-1: implementer claude, 1m18s, 31000 tokens, round-01/answer-fix-1.txt",
      ]
    `);
  });

  it('say where a resumed run goes on', () => {
    const facts = ROUND.slice(0, 2);
    const resumed: Fact = {
      type: 'run.resumed',
      tool_version: '0.1.0',
      settings: started().settings,
      changed: [],
      reopened: false,
      sha256: 'a',
      repo: null,
      moved: null,
    };

    expect(lines([...facts, resumed]).at(-1)).toBe('─ Round 1 resumed (14:03:14) ──── reviewing');
    expect(lines([resumed]).at(-1)).toBe('─ Resumed (14:03:12) ──── opening');
  });

  it('claim no more of an edit in place than that it was made', () => {
    const inPlace = started({ settings: { edit_mode: 'in-place', implementer: 'cmd:fix' } });

    expect(lines(ROUND, UNICODE, NORMAL, inPlace).at(-1)).toBe(
      '  impl 1m18s · edited at :88 :131 :140 · drift OK · commit 3fa9c21',
    );
  });

  it('say that nothing guards against drift, and that nothing was committed', () => {
    const facts = [
      roundStarted(1, []),
      ...ROUND.slice(1, 7),
      ...fixed(1, ['F1'], { lines: [88], commits: false }),
    ];

    const told = lines(facts, UNICODE, NORMAL, started({ settings: { commit: false } }));

    expect(told[0]).toBe('! No line is marked **load-bearing, so no drift guard runs.');
    expect(told.at(-1)).toBe('  impl 1m18s · 1/2 addressed at :88 · no drift guard · no commit');
  });

  it('say when there is nothing to act on, once, after the second look that it needs', () => {
    const facts = [
      roundStarted(1),
      ...called(1, 'review-1', { agent: 'cmd', ms: 1000 }),
      { ...reviewed(1), verdict: 'needs-attention' } as const,
      ...called(1, 'second-look-1', { agent: 'cmd', ms: 2000 }),
      reviewed(1, finding('F1', { gate: 'filtered' })),
      closed(1),
    ];

    expect(lines(facts)).toEqual([
      '─ Round 1 starting (14:03:13) ──── cmd review',
      '─ Round 1 done (3s) ──── nothing to act on ↓1',
    ]);
  });
});

describe('what is loud', () => {
  const decision: FactOf<'decision'> = {
    type: 'decision',
    round: 1,
    question: 'stuck',
    about: ['F1'],
    options: ['terminate', 'continue', 'expand'],
    answer: 'terminate',
    by: 'policy',
    reason: '1 finding was fixed before and is raised again: F1 retry bound missing.',
    flag: '--on-stuck',
  };

  it.each([
    ['policy', 'Unattended: terminate (--on-stuck decides).'],
    ['flag', 'As --on-stuck says: terminate.'],
    ['user', 'You chose: terminate.'],
  ] as const)('names who decided: the %s', (by, said) => {
    expect(lines([roundStarted(1), { ...decision, by }])).toEqual([`! ${decision.reason} ${said}`]);
  });

  it('is each thing that went otherwise than usual, on one line', () => {
    const facts: Fact[] = [
      roundStarted(1),
      ...called(1, 'review-1', { failure: 'stream\ndisconnected.' }),
      { type: 'review.unreadable', round: 1, call: 'review-2', problem: 'The answer is empty.', excerpt: '' },
      ...called(1, 'fix-1', { discarded: ['a.txt', 'b/'] }),
      { type: 'commit.skipped', round: 1, kind: 'round', why: 'same-as-head' },
    ];
    const detached = started({
      repo: { root: '/repo', state: { head: 'abc', branch: null, operation: null } },
    });

    expect(quietly(facts, detached)).toMatchInlineSnapshot(`
      [
        "! HEAD is detached: the commits of this run will belong to no branch.",
        "! The reviewer (codex) failed: stream disconnected.",
        "! The answer of review-2 cannot be read as a review: The answer is empty.",
        "! The implementer also wrote a.txt, b/ in its scratch directory; discarded.",
        "! The plan is the same as in HEAD, so there is nothing to commit.",
      ]
    `);
  });

  it('is what a hook put into a commit, and what a fix would have lost', () => {
    const facts: Fact[] = [
      ...ROUND.slice(0, 7),
      ...fixed(1, ['F1'], { lines: [88], extraPaths: ['stamp.txt'] }),
      { type: 'last-look.taken', round: 1, call: null, problem: 'codex gave no answer.', findings: [] },
    ];

    expect(quietly(facts)).toEqual([
      '! A commit hook put other files into 3fa9c21: stamp.txt.',
      '! The last fix was not reviewed: codex gave no answer.',
    ]);
  });
});

describe('what a model wrote', () => {
  const EVIL = 'a\u001b[31mb\u001b]0;title\u0007c\u009b1md\r\n! e\u202ef\u0000\u2028g';

  it('reaches the terminal without anything that acts', () => {
    const evil = finding('F1', { title: EVIL, file: EVIL });
    const facts: Fact[] = [
      roundStarted(1),
      ...called(1, 'review-1', { failure: EVIL, discarded: [EVIL], model: EVIL }),
      reviewed(1, evil),
      { type: 'review.unreadable', round: 1, call: 'review-2', problem: EVIL, excerpt: EVIL },
    ];

    const told = lines(facts, UNICODE, { isQuiet: false, isVerbose: true });

    expect(told).toContain('! The reviewer (codex) failed: abcd ! ef g');
    expect(told.find((line) => line.includes('top:'))).toMatch(/ · top: abcd ! ef g:88 abcd ! ef g$/);
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(told.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/);
  });

  it('is cut where it is long', () => {
    const told = lines([
      roundStarted(1),
      ...called(1, 'review-1'),
      reviewed(1, finding('F1', { title: '字'.repeat(500) })),
    ]);

    expect(told.at(-1)).toMatch(/top: docs\/plans\/foo\.md:88 字{59}…$/);
  });
});
