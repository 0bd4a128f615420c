import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withConfigTable } from './generated/config-table.ts';
import { manPage } from './generated/man-page.ts';

/* What is written from the command tree and the option table. Mend it with: npm run generate */

const ROOT = new URL('..', import.meta.url).pathname;
const MAN = join(ROOT, 'man/refine-plan.1');
const PAGE = join(ROOT, 'docs/configuration.md');

const isThere = (program: string): boolean => spawnSync('which', [program]).status === 0;

describe('what is generated', () => {
  it('is the man page, as the command tree has it', async () => {
    await expect(manPage()).toMatchFileSnapshot(MAN);
  });

  it('is the table of settings in docs/configuration.md, as the option table has it', async () => {
    await expect(withConfigTable(readFileSync(PAGE, 'utf8'))).toMatchFileSnapshot(PAGE);
  });

  it.runIf(isThere('mandoc'))('is roff that mandoc has nothing to say about', () => {
    const { stdout, stderr } = spawnSync('mandoc', ['-Tlint', '-Wwarning'], {
      input: manPage(),
      encoding: 'utf8',
    });

    // It has no date: the page changes with the commands, and with nothing else.
    expect(
      `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !/missing date/.test(line)),
    ).toEqual([]);
  });

  it.runIf(isThere('groff') && isThere('man'))(
    'is roff that man has nothing to say about, and shows every command',
    () => {
      const env = {
        ...process.env,
        LC_ALL: 'C.UTF-8',
        MANWIDTH: '100',
        MANROFFSEQ: '',
        MAN_KEEP_FORMATTING: '',
      };
      const { stdout, stderr, status } = spawnSync('man', ['--warnings', '-l', '-'], {
        input: manPage(),
        encoding: 'utf8',
        env,
      });

      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      expect(stdout).toContain('--confidence-floor F');
    },
  );
});
