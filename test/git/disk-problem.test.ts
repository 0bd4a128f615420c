import { statfsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diskProblem } from '../../src/git/disk-problem.ts';

it.each([
  ['fatal: unable to write loose object file: No space left on device', 'full'],
  ["fatal: sha1 file '.git/next-index-1.lock' write error. Out of diskspace", 'full'],
  ['error: file write error: Disk quota exceeded\nfatal: cannot write', 'full'],
  ['fatal: unable to write new index file: Input/output error', 'fails'],
  ['fatal: unable to auto-detect email address', undefined],
])('tells what the disk does from the words of git: %s', async (output, expected) => {
  expect(await diskProblem({ exitCode: 128, output, timedOut: false }, '/')).toBe(expected);
});

it.each([
  [1, 'npm error nospc ENOSPC: No space left on device'],
  [1, 'fatal: cache: No space left on device'],
  [
    128,
    'cp: cache: No space left on device\nerror: gpg failed to sign the data\nfatal: failed to write commit object',
  ],
  [128, 'cache: Input/output error\nfatal: ref updates aborted by hook'],
])('takes what a hook says of a disk for the refusal that it is (%i, %s)', async (exitCode, output) => {
  expect(await diskProblem({ exitCode, output, timedOut: false }, '/')).toBeUndefined();
});

it('asks the disk where git does not say why it could not write, and takes one that tells nothing for a good one', async () => {
  const end = { exitCode: 128, output: "fatal: couldn't write 'refs/heads/main.lock'", timedOut: false };
  const tellsNothing = '/proc';

  expect(statfsSync(tellsNothing).blocks).toBe(0);
  expect(await diskProblem(end, tellsNothing)).toBeUndefined();
});
