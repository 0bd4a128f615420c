import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = new URL('../..', import.meta.url).pathname;

/** Everything that says something about a plan to a person or to an agent. */
const SPOKEN = [
  'src/ui',
  'src/report',
  'src/core/outcome.ts',
  'src/core/conclude.ts',
  'src/core/estimate/unseen.ts',
  'references/prompts',
];

/** What nobody can know of a plan. `clean` is also a function that cleans text, and a part of a status. */
const CLAIM =
  /(?<![\w.])clean(?![\w(,]| \})|\b(?:no|without|free of) (?:more |further |other )?(?:defects?|errors?|mistakes?|bugs?)\b|\b(?:flawless|defect-free|error-free)\b/i;

it('no sentence that anybody reads says of a plan that nothing is wrong with it', () => {
  const claims = SPOKEN.flatMap(filesIn).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(?:import|export|\/?\*|\/\/)/.test(line))
      .filter((line) => CLAIM.test(line))
      .map((line) => `${file.slice(ROOT.length)}: ${line.trim()}`),
  );

  expect(claims).toEqual([]);
});

it.each([
  'The plan is clean.',
  'Clean!',
  'There are no defects in it.',
  'It has no more defects, as two reviews agree.',
  'defect-free',
])('%j would be such a sentence', (sentence) => {
  expect(CLAIM.test(sentence)).toBe(true);
});

function filesIn(path: string): string[] {
  const full = join(ROOT, path);
  if (/\.\w+$/.test(path)) return [full];
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.\w+$/.test(name))
    .map((name) => join(full, name));
}
