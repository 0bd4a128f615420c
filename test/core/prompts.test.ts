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

it('says of each finding how it is to be fixed, and what the user says of it', () => {
  const [first, second] = [
    finding('F1', { body: '', recommendation: '' }),
    finding('F2', { body: 'It hangs.' }),
  ];

  expect(
    fixPrompt('{{expanded}}\n\n{{findings}}', SUBJECT, {
      findings: [first, second],
      expanded: [],
      design: ['F1', 'F2'],
      guard: ['F2'],
      notes: [{ id: 'F2', note: 'Keep the queue.' }],
      sentinels: [],
    }),
  ).toMatchInlineSnapshot(`
    " For F1, F2 change the decision that it comes from, wherever the plan states it. For F2 keep the decision that it comes from, and add what is missing around it.

    F1 (high) at docs/plans/foo.md:5-5: title of F1

    F2 (high) at docs/plans/foo.md:5-5: title of F2
    What goes wrong: It hangs.
    The user says: Keep the queue."
  `);
});

it('takes a mark at the very start alone for a byte order mark', () => {
  expect(numbered('\ufeffa\n\ufeffb\n')).toBe('1| a\n2| \ufeffb');
});

it('looks at a plan through no lens where none is given', () => {
  expect(reviewPrompt('<{{lens}}>', SUBJECT, { floor: 0.3 })).toBe('<>');
  expect(reviewPrompt('<{{lens}}>', SUBJECT, { floor: 0.3, lens: 'Look at time.' })).toBe('<Look at time.>');
});

it('shows a verifier every finding of a fix', () => {
  const rest = {
    before: '',
    findings: [finding('F1', { body: '' }), finding('F2', { body: '' })],
    floor: 0.3,
  };

  expect(deltaPrompt('{{findings}}', SUBJECT, rest)).toMatchInlineSnapshot(`
    "F1 (high) at docs/plans/foo.md:5-5: title of F1

    F2 (high) at docs/plans/foo.md:5-5: title of F2"
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
