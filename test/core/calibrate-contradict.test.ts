import { describe, expect, it } from 'vitest';
import { contradictConstraint } from '../../src/core/calibrate/contradict-constraint.ts';
import { documentOf } from '../../src/core/calibrate/document.ts';
import { first, outcomes } from './calibrate-cases.ts';

const STEPS = '\n\n# Steps\n\n- One.\n- Two.\n';

/** What a constraint becomes as the last of some steps. */
function contraries(text: string): string[] {
  return outcomes(`${text}${STEPS}`, contradictConstraint).map((plan) =>
    plan.slice(`${text}${STEPS}- `.length, -1),
  );
}

describe('the contrary of a constraint', () => {
  it.each<[string, string]>([
    ...['must', 'should', 'may', 'shall', 'will', 'can'].flatMap((verb): [string, string][] => [
      [`The import ${verb} not change any rows.`, `The import ${verb} change any rows.`],
      [`The import ${verb} never change any rows.`, `The import ${verb} change any rows.`],
    ]),
    ['The import MUST NOT change any rows.', 'The import MUST change any rows.'],
    ['The import cannot change any of the rows.', 'The import can change any of the rows.'],
    ['Do not change any of the rows.', 'Change any of the rows.'],
    ["Don't change any of the rows.", 'Change any of the rows.'],
    ['Don’t change any of the rows.', 'Change any of the rows.'],
    ['Never change any of the rows.', 'Change any of the rows.'],
    ['Do not `change` any of the rows.', '`change` any of the rows.'],
    ['The workers do not change any rows.', 'The workers change any rows.'],
    ["The workers don't change any rows.", 'The workers change any rows.'],
    ['The workers don’t change any rows.', 'The workers change any rows.'],
    ['The workers never change any rows.', 'The workers change any rows.'],
    ...['change', 'touch', 'modify', 'break', 'affect'].map((verb): [string, string] => [
      `The import does not ${verb} any rows.`,
      `The import also may ${verb} any rows.`,
    ]),
    ["The import doesn't change any rows.", 'The import also may change any rows.'],
    ['The import doesn’t change any rows.', 'The import also may change any rows.'],
    ['The import always locks the table.', 'The import never locks the table.'],
    ['Always lock the table of orders.', 'Never lock the table of orders.'],
    ['The import must lock the table.', 'The import must not lock the table.'],
    ['The import must notify the operator.', 'The import must not notify the operator.'],
    ['The import Must lock the table.', 'The import Must not lock the table.'],
    ['One must go, and must not change rows.', 'One must go, and must change rows.'],
    ['It must lock, and cannot change rows.', 'It must lock, and can change rows.'],
    [`Never ${'x'.repeat(18)}.`, `X${'x'.repeat(17)}.`],
    [`Never ${'x'.repeat(213)}.`, `X${'x'.repeat(212)}.`],
  ])('of “%s” is “%s”', (text, contrary) => {
    expect(contraries(text)).toEqual([contrary]);
  });

  it.each<[string, string]>([
    ['of what is no constraint', 'The import locks the table of orders.'],
    ['of what only begins like one', 'The mustard notes cannotation nevermore.'],
    ['of what only ends like one', 'Those xmust and xcannot and xalways be.'],
    ['of a verb that is not of those', 'The import does not know of any rows.'],
    ['of a short sentence', `Never ${'x'.repeat(17)}.`],
    ['of a long sentence', `Never ${'x'.repeat(214)}.`],
    ['of a sentence on two lines', 'The import must not\nchange any rows.'],
    ['of a sentence in bold', 'The import **must not** change any rows.'],
    ['of a sentence with html', 'The import always locks <b>the table</b>.'],
  ])('is not to be had %s', (_, text) => {
    expect(contraries(text)).toEqual([]);
  });

  it('is not to be had of what ends in a colon, and is where one is within', () => {
    expect(contraries('Stop. The import must not be:')).toEqual([]);
    expect(contraries('One thing: the import must not be long.')).toEqual([
      'One thing: the import must be long.',
    ]);
  });

  it('is to be had of each sentence, and of an item', () => {
    const text =
      'It must not change any of the rows. Never lock any table of orders.\n\n- It always locks the table.';

    expect(contraries(text)).toEqual([
      'It must change any of the rows.',
      'Lock any table of orders.',
      'It never locks the table.',
    ]);
  });
});

const RULE = 'It must not change any rows.\n\n# Steps\n\n';
const CONTRARY = 'It must change any rows.';

describe('a contrary', () => {
  it.each<[string, string, string]>([
    ['a list', '- One.\n- Two.\n', `- One.\n- Two.\n- ${CONTRARY}\n`],
    ['a list of stars', '* One.\n* Two.\n', `* One.\n* Two.\n* ${CONTRARY}\n`],
    ['a list of plus signs', '+ One.\n+ Two.', `+ One.\n+ Two.\n+ ${CONTRARY}`],
    ['a loose list', '- One.\n\n- Two.\n', `- One.\n\n- Two.\n\n- ${CONTRARY}\n`],
    ['a numbered list', '8. One.\n9. Two.\n', `8. One.\n9. Two.\n10. ${CONTRARY}\n`],
    ['a numbered list of another kind', '1) One.\n2) Two.\n', `1) One.\n2) Two.\n3) ${CONTRARY}\n`],
    ['a list with wide markers', '-   One.\n-\tTwo.\n', `-   One.\n-\tTwo.\n-\t${CONTRARY}\n`],
    ['a list that is set in', '  - One.\n  - Two.\n', `  - One.\n  - Two.\n  - ${CONTRARY}\n`],
    [
      'a list whose first item is heavy',
      '- ```\n  x\n  ```\n- Two.\n',
      `- \`\`\`\n  x\n  \`\`\`\n- Two.\n- ${CONTRARY}\n`,
    ],
  ])('becomes the last item of %s', (_, list, longer) => {
    expect(outcomes(RULE + list, contradictConstraint)).toEqual([RULE + longer]);
  });

  it.each<[string, string]>([
    ['of one item', '- One.\n'],
    ['whose last item is heavy', '- One.\n- ```\n  x\n  ```\n'],
    ['in a quotation', '> - One.\n> - Two.\n'],
    ['in a quotation of an item', '- > - One.\n  > - Two.\n'],
  ])('is not put into a list %s', (_, list) => {
    expect(outcomes(RULE + list, contradictConstraint)).toEqual([]);
  });

  it('is not put into the section of its constraint', () => {
    const plan = 'It must not change any rows.\n\n- One.\n- Two.\n';

    expect(outcomes(plan, contradictConstraint)).toEqual([]);
  });

  it.each<[number, string]>([
    [0, `# A\n\n- One.\n- Two.\n- ${CONTRARY}\n\n# B\n\n- Six.\n- Ten.\n`],
    [0.5, `# A\n\n- One.\n- Two.\n\n# B\n\n- Six.\n- Ten.\n- ${CONTRARY}\n`],
  ])('is put into one of several lists by chance %d', (chance, lists) => {
    const rule = 'It must not change any rows.\n\n';
    const plan = `${rule}# A\n\n- One.\n- Two.\n\n# B\n\n- Six.\n- Ten.\n`;

    expect(outcomes(plan, contradictConstraint, () => chance)).toEqual([rule + lists]);
  });

  it('is told with its constraint, and named by what clashes and its words', () => {
    const plan = `The import must not change any rows.${STEPS}`;

    expect(contradictConstraint(documentOf(plan), first)).toEqual([
      {
        operator: 'contradict-constraint',
        splices: [{ start: 60, end: 60, fresh: '\n- The import must change any rows.' }],
        block: { start: 60, end: 60 },
        isAbsence: false,
        section: 1,
        cues: ['contradict', 'conflict', 'violat', 'inconsisten', 'against', 'forbid', 'oppos', 'import'],
        describes:
          '“The import must change any rows.” was added, against “The import must not change any rows.”.',
      },
    ]);
  });
});
