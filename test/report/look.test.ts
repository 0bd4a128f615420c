import { it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { FORMATS } from '../../src/report/formats-by-ending.ts';
import { reportIn } from '../../src/report/formats.ts';
import { githubAnnotations } from '../../src/report/github.ts';
import { wholeRun } from './whole-run.ts';
it('x', () => {
  const s = wholeRun();
  for (const format of FORMATS)
    writeFileSync(`/tmp/rep.${format}`, reportIn(format, s, { isUnicode: true, stateDir: '/state' }));
  writeFileSync('/tmp/rep.ann', githubAnnotations(s));
});
