import { array, assert, constantFrom, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEVERITIES, type Severity } from '../../src/core/severity.ts';
import { themes } from '../../src/core/themes.ts';
import stringWidth from 'string-width';

function found(severity: Severity, title = 'a title'): { severity: Severity; title: string } {
  return { severity, title };
}

describe('the themes of a round', () => {
  it.each([
    ['one finding', [found('high', 'retry bound missing')], '1 high (retry bound missing)'],
    [
      'the worst with its title, the rest counted',
      [found('medium'), found('critical', 'retry bound missing'), found('medium')],
      '1 critical (retry bound missing) + 2 medium',
    ],
    [
      'every severity, worst first',
      SEVERITIES.toReversed().map((s) => found(s)),
      '1 critical (a title) + 1 high + 1 medium + 1 low',
    ],
    ['the first title of the worst', [found('low', 'one'), found('low', 'two')], '2 low (one)'],
    ['no title', [found('low', ' ')], '1 low'],
    ['nothing', [], ''],
  ])('are %s', (_, findings, line) => {
    expect(themes(findings)).toBe(line);
  });

  it('cut a long title so that the line has 72 columns', () => {
    const line = themes([
      found('high', 'the retry of the import has no bound and so the import never comes to its end'),
      found('low'),
    ]);

    expect(line).toMatchInlineSnapshot(
      `"1 high (the retry of the import has no bound and so the import…) + 1 low"`,
    );
    expect(line).toHaveLength(72);
  });

  it('count wide characters as two columns', () => {
    const line = themes([found('high', '重'.repeat(80))]);

    expect(line).toBe(`1 high (${'重'.repeat(31)}…)`);
    expect(stringWidth(line)).toBe(72);
  });

  it.each([
    ['a second line', 'title\n\nSigned-off-by: somebody', '1 high (title Signed-off-by: somebody)'],
    [
      'escape sequences',
      '\u001b[31mred\u001b[0m \u001b]8;;https://example.org\u0007link',
      '1 high (red link)',
    ],
    ['a text direction', 'abc\u202edef', '1 high (abcdef)'],
    ['a backspace', 'good\b\b\b\bbad', '1 high (goodbad)'],
    ['half of an emoji', 'a \ud83d b', '1 high (a \ufffd b)'],
    ['tabs and separators', 'a\t\tb\u2028c\u0085d', '1 high (a b c d)'],
  ])('are clean of %s', (_, title, line) => {
    expect(themes([found('high', title)])).toBe(line);
  });

  it('are one clean line of at most 72 columns, whatever the findings', () => {
    const findings = array(
      record({ severity: constantFrom(...SEVERITIES), title: string({ unit: 'binary' }) }),
    );
    assert(
      property(findings, (all) => {
        const line = themes(all);

        expect(stringWidth(line)).toBeLessThanOrEqual(72);
        // oxlint-disable-next-line no-control-regex -- none of these may be left
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      }),
    );
  });
});
