import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/report/formats-by-ending.ts';
import { reportIn } from '../../src/report/formats.ts';
import { githubAnnotations } from '../../src/report/github.ts';
import { htmlReport } from '../../src/report/html/page.ts';
import { wholeRun, wholeRunUntil } from './whole-run.ts';

const ENDINGS = {
  text: 'txt',
  markdown: 'md',
  html: 'html',
  json: 'json',
  sarif: 'sarif',
  junit: 'xml',
  github: 'summary.md',
};

/** Golden files are read by people: `vitest -u` writes them anew, and git shows what became of them. */
function golden(name: string): string {
  return fileURLToPath(new URL(`../fixtures/reports/${name}`, import.meta.url));
}

describe('a run with every kind of outcome', () => {
  it.each(FORMATS)('is told as %s', async (format) => {
    const told = await reportIn(format, wholeRun(), { isUnicode: true, stateDir: '/repo/docs/plans/state' });

    await expect(told.join('')).toMatchFileSnapshot(golden(`whole.${ENDINGS[format]}`));
  });

  it('is told to GitHub in annotations', async () => {
    await expect(githubAnnotations(wholeRun())).toMatchFileSnapshot(golden('whole.annotations.txt'));
  });
});

describe('the page alone', () => {
  const page = textOf(htmlReport(wholeRun()));

  it.each<[question: string, answers: readonly string[]]>([
    [
      'what was wrong',
      [
        'A customer lets their domain lapse on Friday.',
        'critical F1 a receiver that is gone is called for ever',
      ],
    ],
    [
      'what was changed, and why',
      [
        'send it again after 1, 5, 25, 125 and 600 seconds',
        'What was changed for it in round 1, commit 3fa9c21',
      ],
    ],
    [
      'what nobody asked for',
      ['Round 2: changed while it was committed', 'Before round 2: edited by somebody else'],
    ],
    [
      'what was refused',
      [
        'The old_text of edit 2 occurs twice in the plan.',
        'bytes that lose load-bearing text',
        'fatal: unable to write new index file',
      ],
    ],
    [
      'what is left',
      [
        'Left to you: 10 findings',
        'It was fixed in round 1 and is raised again.',
        'We drop the old endpoint next week.',
        'It asks to take back a fix.',
      ],
    ],
    [
      'what was ruled out, and by whom',
      [
        'Both regions would have to lose their clocks in the same minute. By: claude (claude-fable-5), as arbiter',
        'The second region is a project of its own; see its plan. By: you',
      ],
    ],
    ['what was not checked', ['What was not checked', 'The arbiter came to no ruling in a round']],
    [
      'who decided',
      ['verify of verify, abort you', 'baseline of baseline, fail the default policy (--on-dirty)'],
    ],
    ['what it cost', ['2 fix-1 claude claude-fable-5 30k 0 1k 1m12s', 'All 14 420k 0 14k 23m14s']],
  ])('says %s', (_, answers) => {
    for (const answer of answers) expect(page).toContain(answer);
  });

  it('says of a run that was cut off where it is, and how to go on', () => {
    const cut = textOf(htmlReport(wholeRunUntil('findings.accepted', 2)));

    expect(cut).toContain('The run is not finished: it is implementing, in round 2.');
    expect(cut).toContain('Go on with: refine-plan resume docs/plans/2026-05-04-webhooks.md');
    expect(cut).toContain('Left to you: 4 findings');
  });
});

/** The words of a page as a reader sees them, its style sheet left out. */
function textOf(page: string): string {
  return page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');
}
