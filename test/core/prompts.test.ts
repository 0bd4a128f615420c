import { expect, it } from 'vitest';
import { deltaPrompt, fixPrompt, numbered, reviewPrompt, type Subject } from '../../src/core/prompts.ts';
import { finding } from './facts.ts';

const SUBJECT: Subject = {
  path: 'docs/plans/foo.md',
  repository: '/repo',
  plan: '\ufeff# Foo\r\n\r\n{{floor}}\r\n',
  boundary: '=====0123=====',
};

const FINDING = finding('F1', {
  body: 'It never ends.',
  instance: 'At 14:03 the server stops.',
  recommendation: 'Bound it.',
  anchor: { how: 'exact', lines: { start: 1, end: 2 }, quote: '# Foo', section: [] },
});

it('numbers the lines of a plan as wide as the last one', () => {
  expect(numbered('a\n'.repeat(10)).split('\n')).toEqual([
    ...Array.from({ length: 9 }, (_, i) => ` ${i + 1}| a`),
    '10| a',
  ]);
  expect(numbered('')).toBe('');
});

it('asks a reviewer about the numbered plan, which stays as it is', () => {
  expect(reviewPrompt('{{path}} {{floor}}\n{{boundary}}\n{{plan}}', SUBJECT, { floor: 0.3 })).toBe(
    'docs/plans/foo.md 0.3\n=====0123=====\n1| # Foo\n2| \n3| {{floor}}',
  );
});

it('gives an implementer the exact plan, and everything a finding says', () => {
  const rest = { findings: [FINDING, finding('F2')], expanded: [], sentinels: ['RETRY_MAX', 'a.py:42'] };

  expect(fixPrompt('{{expanded}}{{sentinels}}\n\n{{findings}}', SUBJECT, rest)).toMatchInlineSnapshot(`
    "   - \`RETRY_MAX\`
       - \`a.py:42\`

    F1 (high) at docs/plans/foo.md:1-2: title of F1
    Quote: # Foo
    What goes wrong: It never ends.
    Concrete failure: At 14:03 the server stops.
    Recommendation: Bound it.

    F2 (high) at docs/plans/foo.md:5-5: title of F2"
  `);
  expect(fixPrompt('{{plan}}', SUBJECT, rest)).toBe(SUBJECT.plan);
});

it('says what may be edited more freely, and that nothing is marked', () => {
  expect(
    fixPrompt('{{expanded}}\n{{sentinels}}', SUBJECT, {
      findings: [FINDING],
      expanded: ['F1'],
      sentinels: [],
    }),
  ).toMatchInlineSnapshot(`
    " For F1 you may edit any block of the plan: an earlier fix did not hold.
       (none are marked)"
  `);
});

it('shows a verifier the diff of one fix', () => {
  const rest = { before: '# Bar\n', findings: [FINDING], floor: 0.3 };

  expect(deltaPrompt('{{diff}}', { ...SUBJECT, plan: '# Foo\n' }, rest)).toMatchInlineSnapshot(`
    "Index: docs/plans/foo.md
    ===================================================================
    --- docs/plans/foo.md	before
    +++ docs/plans/foo.md	after
    @@ -1,1 +1,1 @@
    -# Bar
    +# Foo
    "
  `);
});
