import { describe, expect, it } from 'vitest';
import { anchorOf, contained, NOWHERE, PLAN, type Given } from './containment-cases.ts';

const STEP = 'Check every row.';

describe('an edit is licensed', () => {
  it.each<[string, Given['edits'][number]]>([
    ['in the block of its finding', [STEP, 'Check every row twice.', 'F1']],
    ['as an insertion below it, said by repeating it', [STEP, `${STEP}\n3. Count them.`, 'F1']],
    ['as an insertion above it', ['2. Check', '2. Count.\n3. Check', 'F1']],
    ['as a deletion of it', ['2. Check every row.\n', '', 'F1']],
    ['in another block, as a neighbour', ['It works.', 'It works twice.', 'F1']],
    ['where it changes nothing but white space at the end of the text it repeats', [STEP, STEP, 'F1']],
  ])('%s', (_, edit) => {
    expect(contained({ findings: { F1: anchorOf(STEP) }, edits: [edit] }).outside).toEqual([]);
  });

  it('when one of its findings licenses it', () => {
    const findings = { F1: anchorOf(STEP), F2: anchorOf('It works') };

    expect(contained({ findings, edits: [['It works.', 'Done.', 'F1', 'F2']] }).outside).toEqual([]);
  });

  it('in CRLF plans alike', () => {
    const plan = PLAN.replaceAll('\n', '\r\n');

    expect(
      contained({
        plan,
        findings: { F1: anchorOf(STEP) },
        edits: [[`${STEP}\n`, `${STEP}\n3. Count.\n`, 'F1']],
      }),
    ).toEqual({ licensed: [STEP], outside: [], without: [] });
  });
});

describe('the edits for one finding', () => {
  const more: Given['edits'] = [
    ['reads one file', 'reads a file', 'F1'],
    ['Read the file', 'Read a file', 'F1'],
    ['Delete the rows', 'Delete rows', 'F1'],
    ['It works', 'It runs', 'F1'],
  ];

  it('reach three blocks beside its own, nearest first', () => {
    expect(contained({ findings: { F1: anchorOf(STEP) }, edits: [[STEP, 'Check.', 'F1'], ...more] })).toEqual(
      {
        licensed: ['reads one file', 'Read the file', STEP, 'Delete the rows'],
        outside: [['It works', 'elsewhere']],
        without: [],
      },
    );
  });

  it('do not license a rewriting of the plan', () => {
    const body = PLAN.slice(PLAN.indexOf('The import'), PLAN.indexOf('**Load'));

    expect(
      contained({ findings: { F1: anchorOf(STEP) }, edits: [[body, body.replaceAll('e', 'E'), 'F1']] }),
    ).toEqual({
      licensed: [],
      outside: [['The import reads one file.', 'elsewhere']],
      without: ['F1'],
    });
  });

  it('count what is nested in an item, and what it is nested in, as others', () => {
    const outer: Given['edits'][number] = ['Write the rows', 'Save the rows', 'F1'];
    const inner: Given['edits'][number] = ['In order', 'Sorted', 'F1'];
    const outside = (quote: string, edit: Given['edits'][number]): number =>
      contained({ findings: { F1: anchorOf(quote) }, edits: [edit, ...more.slice(0, 3)] }).outside.length;

    expect([outside('In order.', outer), outside('Write the rows', inner)]).toEqual([1, 1]);
    expect([outside('In order.', inner), outside('Write the rows', outer)]).toEqual([0, 0]);
  });

  it('stay in a single block where it has no place', () => {
    expect(contained({ findings: { F1: NOWHERE }, edits: more.slice(2) })).toEqual({
      licensed: ['Delete the rows'],
      outside: [['It works', 'elsewhere']],
      without: [],
    });
  });

  it('go anywhere where it is expanded', () => {
    const edits: Given['edits'] = [
      ...more,
      ['import --all', 'import --some', 'F1'],
      ['In order', 'Sorted', 'F1'],
    ];

    expect(contained({ findings: { F1: NOWHERE }, edits, expanded: ['F1'] }).outside).toEqual([]);
  });

  it('are not applied in part where one edit reaches too far', () => {
    const findings = { F1: anchorOf('It works') };
    const edits: Given['edits'] = [
      [PLAN.slice(PLAN.indexOf('The import'), PLAN.indexOf('**Load')), 'Do it.\n', 'F1'],
      ['It works', 'It runs', 'F1'],
    ];

    expect(contained({ findings, edits })).toMatchObject({ licensed: ['It works'], without: [] });
  });
});

describe('protected are', () => {
  const findings = { F1: anchorOf('status: draft'), F2: anchorOf('# Import'), F3: anchorOf('Read the file') };
  const all = ['F1', 'F2', 'F3'];

  it.each<[string, string, string]>([
    ['front-matter', 'status: draft', 'status: done'],
    ['front-matter', 'status: draft', 'status: draft\nowner: me'],
    ['front-matter', '---\nstatus', '\n---\nstatus'],
    ['title', '# Import', '# Export'],
    ['code', 'import --all', 'import --some'],
    ['code', 'import --all', 'import --all\nimport --again'],
  ])('%s: %j does not become %j', (why, old, fresh) => {
    expect(
      contained({ findings, edits: [[old, fresh, ...all]] }).outside.map(([, because]) => because),
    ).toEqual([why]);
  });

  it('code no more where a finding stands in it', () => {
    const quoting = { F1: anchorOf('`IMPORT_V1` stays'), F2: anchorOf('import --all') };
    const edits: Given['edits'] = [
      ['`IMPORT_V1` stays', '`IMPORT_V1` and `IMPORT_V2` stay', 'F1'],
      ['import --all', 'import --some', 'F2'],
    ];

    expect(contained({ findings: quoting, edits }).outside).toEqual([]);
    expect(
      contained({ findings: quoting, edits: [['import --all', 'import --some', 'F1', 'F2']] }).outside,
    ).toEqual([]);
  });

  it('code still where a finding stands in it that the edit is not for', () => {
    const quoting = { F1: anchorOf('`IMPORT_V1` stays'), F2: anchorOf('import --all') };
    const edits: Given['edits'] = [['import --all', 'import --some', 'F1']];

    expect(contained({ findings: quoting, edits }).outside).toEqual([['import --all', 'code']]);
  });

  it('every block of code, whichever it is', () => {
    const plan = `${PLAN}\n\`\`\`sh\nundo --all\n\`\`\`\n`;
    const edits: Given['edits'] = [['undo --all', 'undo --some', 'F1']];

    expect(contained({ plan, findings, edits }).outside).toEqual([['undo --all', 'code']]);
  });

  it('nothing for an edit of which one finding may edit any block, but front matter and title', () => {
    const edits: Given['edits'] = [
      ['import --all', 'import --some', 'F1', 'F3'],
      ['# Import', '# Export', 'F1', 'F3'],
      ['status: draft', 'status: done', 'F1', 'F3'],
    ];

    expect(contained({ findings, edits, expanded: ['F3'] }).outside).toEqual([
      ['status: draft', 'front-matter'],
      ['# Import', 'title'],
    ]);
  });

  it.each([
    ['begins with a heading of another level', '## Steps\n\nRead.\n\n# Rollback\n\nUndo.\n'],
    ['has none', 'Steps\n\nRead.\n\nRollback\n'],
    ['begins with text', 'Steps\n\n- Read.\n\nRollback\n'],
  ])('no title where the plan %s', (_, plan) => {
    const edits: Given['edits'] = [
      ['Steps', 'Way', 'F1'],
      ['Rollback', 'Undoing', 'F2'],
    ];
    const free = { F1: NOWHERE, F2: NOWHERE };

    expect(contained({ plan, findings: free, edits }).outside).toEqual([]);
  });

  it('not what is added beside them', () => {
    const edits: Given['edits'] = [
      ['# Import\n', '# Import\n\nFor one tenant.\n', 'F2'],
      ['--all\n```\n', '--all\n```\n\nRun it once.\n', 'F3'],
    ];

    expect(contained({ findings, edits }).outside).toEqual([]);
  });
});
