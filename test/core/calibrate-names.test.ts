import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/core/calibrate/document.ts';
import { renameIdentifier } from '../../src/core/calibrate/rename-identifier.ts';
import { first, outcomes } from './calibrate-cases.ts';

/** All that a name may be called instead, in order. */
function otherNames(name: string, more = ''): string[] {
  const plan = `First \`${name}\`.\n\nThen \`${name}\`.\n\n${more}\n`;
  const chances = Array.from({ length: 40 }, (_, n) => n / 40);
  return [
    ...new Set(
      chances.flatMap((chance) =>
        renameIdentifier(documentOf(plan), () => chance).flatMap(({ cues }) => cues),
      ),
    ),
  ];
}

const TWINS: [string, string][] = [
  ['id', 'key'],
  ['count', 'total'],
  ['max', 'limit'],
  ['get', 'fetch'],
  ['create', 'make'],
  ['user', 'account'],
  ['name', 'title'],
  ['file', 'path'],
  ['config', 'settings'],
  ['state', 'status'],
  ['run', 'execute'],
  ['delete', 'remove'],
  ['error', 'failure'],
  ['start', 'begin'],
  ['list', 'items'],
];

/** One more letter s at the end, or one less. */
function plural(name: string): string {
  return name.endsWith('s') ? name.slice(0, -1) : `${name}s`;
}

describe('a name may be called', () => {
  it.each([...TWINS, ...TWINS.map(([one, other]): [string, string] => [other, one])])(
    'by the twin of its part %s: %s',
    (one, other) => {
      const [upper, upperOther] = [one, other].map((part) => part.charAt(0).toUpperCase() + part.slice(1));

      expect(otherNames(`old_${one}()`)).toEqual([
        `old_${other}()`,
        `${one}_old()`,
        `${plural(`old_${one}`)}()`,
      ]);
      expect(otherNames(`old${upper}()`)).toEqual([`old${upperOther}()`, `${plural(`old${upper}`)}()`]);
      expect(otherNames(`${one}Of`)).toEqual([`${other}Of`, `${one}Ofs`]);
    },
  );

  it.each<[string, string, string[]]>([
    ['in the order of the twins', 'max_count', ['max_total', 'limit_count', 'count_max', 'max_counts']],
    ['with its parts turned round', 'one-two', ['two-one', 'one-twos']],
    ['with its parts turned round in capitals', 'ONE_TWO', ['TWO_ONE', 'ONE_TWOs']],
    ['by no twin within a word', 'valid_idea', ['idea_valid', 'valid_ideas']],
    ['by no twin within a word of camel case', 'oldIdea', ['oldIdeas']],
    ['by no twin in capitals', 'MAX_ONE', ['ONE_MAX', 'MAX_ONEs']],
    ['by no twin that begins like a word', 'bIdx', ['bIdxs']],
    ['in the plural only where it has three parts', 'one_two_six', ['one_two_sixs']],
    ['in the plural only where a part has a digit', 'one2_two', ['one2_twos']],
    ['in the plural only where it has no second part', 'one_', ['one_s']],
    ['in the singular', 'one_two_rows.ts', ['one_two_row.ts']],
    ['in the singular in capitals', 'ONE_TWO_ROWS()', ['ONE_TWO_ROW()']],
    ['otherwise only in its last part', 'max/some.load', ['max/some.loads']],
    ['otherwise only in its last part, the folder being many', 'a/b/load', ['a/b/loads']],
    ['with its parentheses', 'load()', ['loads()']],
    ['with its class and its parentheses', 'User.load()', ['User.loads()']],
    ['with its twin in a class', 'Rows.getName', ['Rows.fetchName', 'Rows.getTitle', 'Rows.getNames']],
    ['with its folders and its ending', 'max/a.b/state.ts', ['max/a.b/status.ts', 'max/a.b/states.ts']],
    ['with its ending alone', 'one.two.ts', ['one.twos.ts']],
    ['with a dot before it', '.state.json', ['.status.json', '.states.json']],
    ['with a dot before it in a folder', 'a/.state.json', ['a/.status.json', 'a/.states.json']],
    ['with a dot before it and no ending', '.loading', ['.loadings']],
    ['with an at', '@some/load', ['@some/loads']],
    ['with a tilde', '~/load', ['~/loads']],
    ['with a low line', '_load', ['_loads']],
    ['with a hyphen', 'one-two-six', ['one-two-sixs']],
    ['with a digit', 'load2', ['load2s']],
    ['in four characters', 'ab_c', ['c_ab', 'ab_cs']],
    ['in camel case', 'abcD', ['abcDs']],
    ['in a singular of two letters', 'ab/ass()', ['ab/as()']],
  ])('%s: %s', (_, name, others) => {
    expect(otherNames(name)).toEqual(others);
  });

  it.each(
    'cjs mjs js jsx ts tsx cts mts py go rs md json yml yaml toml sh sql html css txt java rb cpp cs php cfg ini xml'.split(
      ' ',
    ),
  )('otherwise before its ending: %s', (ending) => {
    expect(otherNames(`load.${ending}`)).toEqual([`loads.${ending}`]);
  });

  it.each<[string, string, string[]]>([
    ['one_two', 'two_one', ['one_twos']],
    ['one_two', 'one_twos', ['two_one']],
    ['one_two', 'two_one one_twos', []],
  ])('what the plan does not have: %s beside %s', (name, more, others) => {
    expect(otherNames(name, more)).toEqual(others);
  });
});

describe('nothing else is called', () => {
  it.each<[string, string]>([
    ['in three characters', 'a_b'],
    ['that is a word', 'plain'],
    ['that is a word in capitals', 'PLAIN'],
    ['that is a word with a capital', 'Plain'],
    ['that is an option', '--some-flag'],
    ['that is a path from the root', '/some/path'],
    ['with white space', 'some_name here'],
    ['that begins with a digit', '1_name'],
    ['with an argument', 'load(x_y)'],
    ['that goes on behind its parentheses', 'load()x'],
    ['whose last part is empty', 'some/'],
    ['whose last part is one letter in the singular', 'some/as()'],
    ['whose singular is how it begins', 'one_two_rows'],
    ['with an equals sign', 'a_b=c_d'],
    ['with something in front', '=some_name'],
  ])('%s: %s', (_, name) => {
    expect(otherNames(name)).toEqual([]);
  });

  it.each<[string, string]>([
    ['where it stands once', 'First `one_two`.\n'],
    ['where it stands twice in one paragraph', 'First `one_two`, then `one_two`.\n'],
    ['where it stands in other words', 'First `one_two`.\n\nThen one_two and `one_two_six`.\n'],
  ])('%s', (_, plan) => {
    expect(outcomes(plan, renameIdentifier)).toEqual([]);
  });
});

describe('a name', () => {
  it('is another one in each place but those of the first paragraph', () => {
    const plan = 'First `one_two` and `one_two`.\n\n# Here\n\nThen `one_two`.\n\n- Now `one_two`.\n';

    expect(outcomes(plan, renameIdentifier)).toEqual([
      'First `one_two` and `one_two`.\n\n# Here\n\nThen `two_one`.\n\n- Now `one_two`.\n',
      'First `one_two` and `one_two`.\n\n# Here\n\nThen `one_two`.\n\n- Now `two_one`.\n',
    ]);
  });

  it('is told with the one that it has elsewhere', () => {
    const plan = 'First `one_two`.\n\n# Here\n\nThen `one_two`.\n';

    expect(renameIdentifier(documentOf(plan), first)).toEqual([
      {
        operator: 'rename-identifier',
        splices: [{ start: 32, end: 39, fresh: 'two_one' }],
        block: { start: 26, end: 41 },
        isAbsence: false,
        section: 1,
        cues: ['two_one'],
        describes: '`one_two` is called `two_one` here, and `one_two` elsewhere.',
      },
    ]);
  });
});
