import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dismissedFile, readDismissals, writeDismissals } from '../../src/store/dismissed.ts';
import type { Dismissal } from '../../src/core/dismissal.ts';
import { tempDir } from './temp-dir.ts';

const ONE: Dismissal = {
  title: 'The retry has no bound',
  body: '',
  quote: null,
  section: ['Steps'],
  kind: 'other',
  severity: 'low',
  instance: '',
  because: 'The scheduler ends it.',
  at: '2026-01-01T00:00:00.000Z',
  from: { run: 'import-20260101T000000Z', finding: 'F1' },
};
const TWO = { ...ONE, title: 'Mails go out twice', from: { ...ONE.from, finding: 'F2' } };

describe('what was dismissed of a plan', () => {
  it('is nothing where nobody dismissed anything', async () => {
    using dir = tempDir();

    expect(await readDismissals(join(dir.path, 'plan.md'))).toEqual([]);
  });

  it('is nothing where the name of the plan leaves no room for a longer one', async () => {
    using dir = tempDir();

    expect(await readDismissals(join(dir.path, `${'計'.repeat(80)}.md`))).toEqual([]);
  });

  it('is read as it was written, in its order, and stands in the file line by line', async () => {
    using dir = tempDir();
    const plan = join(dir.path, 'plan.md');

    await writeDismissals(plan, [TWO, ONE]);

    expect(await readDismissals(plan)).toEqual([TWO, ONE]);
    const text = readFileSync(`${plan}.dismissed.json`, 'utf8');
    expect(text.split('\n').slice(0, 3)).toEqual(['[', '  {', '    "title": "Mails go out twice",']);
    expect(text.endsWith('}\n]\n')).toBe(true);
  });

  it('keeps what somebody wrote beside it', async () => {
    using dir = tempDir();
    const plan = join(dir.path, 'plan.md');
    writeFileSync(dismissedFile(plan), JSON.stringify([{ ...ONE, ticket: 'IMP-7' }]));

    await writeDismissals(plan, await readDismissals(plan));

    expect(JSON.parse(readFileSync(dismissedFile(plan), 'utf8'))).toEqual([{ ...ONE, ticket: 'IMP-7' }]);
  });

  it('is read where severity and instance are not said, and where an editor left a byte order mark', async () => {
    using dir = tempDir();
    const plan = join(dir.path, 'plan.md');
    const { severity: _, instance: __, ...rest } = ONE;
    writeFileSync(dismissedFile(plan), `\ufeff${JSON.stringify([rest])}`);

    expect(await readDismissals(plan)).toEqual([rest]);
  });

  it('keeps the mode of its file, and follows a link', async () => {
    using dir = tempDir();
    const plan = join(dir.path, 'plan.md');
    const real = join(dir.path, 'elsewhere.json');
    writeFileSync(real, '[]', { mode: 0o640 });
    chmodSync(real, 0o640);
    symlinkSync(real, dismissedFile(plan));

    await writeDismissals(plan, [ONE]);

    expect(JSON.parse(readFileSync(real, 'utf8'))).toEqual([ONE]);
    expect(statSync(real).mode & 0o777).toBe(0o640);
  });

  it.each([
    ['is no JSON', '<<<<<<< HEAD\n[]', /is damaged: it is no JSON \(.+\)\.$/],
    ['is no list', '{}', /is damaged: Invalid input: expected array/],
    ['lacks a reason', JSON.stringify([{ ...ONE, because: undefined }]), /is damaged: at 0\.because: /],
    [
      'names a kind that there is not',
      JSON.stringify([ONE, { ...ONE, kind: 'bug' }]),
      /damaged: at 1\.kind: /,
    ],
  ])('that %s is refused, naming the file and the problem', async (_, text, message) => {
    using dir = tempDir();
    const plan = join(dir.path, 'plan.md');
    writeFileSync(dismissedFile(plan), text);

    await expect(readDismissals(plan)).rejects.toMatchObject({
      code: 'dismissed_damaged',
      exitCode: 2,
      message: expect.stringMatching(message),
      hint: expect.stringContaining(`git checkout -- ${dismissedFile(plan)}`),
    });
  });

  it('that cannot be read or written is the fault of the place', async () => {
    using dir = tempDir();
    const plan = join(dir.path, 'plan.md');
    mkdirSync(dismissedFile(plan));

    await expect(readDismissals(plan)).rejects.toMatchObject({ code: 'cannot_read', exitCode: 3 });
    await expect(writeDismissals(join(dir.path, 'no', 'plan.md'), [ONE])).rejects.toMatchObject({
      code: 'cannot_write',
      exitCode: 3,
      message: expect.stringMatching(
        /plan\.md\.dismissed\.json cannot be written: no such file or directory\.$/,
      ),
    });
    expect(existsSync(join(dir.path, 'no'))).toBe(false);
  });
});
