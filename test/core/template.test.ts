import { readdirSync, readFileSync } from 'node:fs';
import { assert, dictionary, property, string, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blanks, fill } from '../../src/core/template.ts';

describe('a template', () => {
  it('has its blanks filled, each as often as it stands there', () => {
    expect(fill('{{a}} and {{b}}, {{a}}', { a: 'one', b: 'two' })).toBe('one and two, one');
  });

  it('is not filled twice: what was filled in is text', () => {
    expect(fill('{{plan}}|{{path}}', { plan: '{{path}} $& $1', path: 'foo.md' })).toBe(
      '{{path}} $& $1|foo.md',
    );
  });

  it.each(['{{}}', '{{A}}', '{{ a }}', '{a}', '{{a', '{{a-b}}'])('has no blank in %j', (text) => {
    expect([...blanks(text)]).toEqual([]);
    expect(fill(text, {})).toBe(text);
  });

  it('must not have a blank that nothing fills', () => {
    expect(() => fill('{{plan}} {{plann}}', { plan: '' })).toThrow(
      'The template has a blank that nothing fills: plann.',
    );
    expect(() => fill('{{constructor}}', {})).toThrow('constructor');
  });

  it('names its blanks', () => {
    expect(blanks('{{b}} {{a}} {{b}}')).toEqual(new Set(['b', 'a']));
  });

  it('holds any value as it is', () => {
    assert(
      property(dictionary(stringMatching(/^[a-z_]{1,8}$/), string()), (values) => {
        const names = Object.keys(values);

        expect(fill(names.map((name) => `{{${name}}}`).join('|'), values)).toBe(
          names.map((name) => values[name]).join('|'),
        );
      }),
    );
  });
});

describe('the templates of this program', () => {
  const dir = new URL('../../references/prompts/', import.meta.url);

  it.each(readdirSync(dir))('%s has blanks that the prompts fill', (name) => {
    const known = [
      'path',
      'repository',
      'boundary',
      'plan',
      'floor',
      'findings',
      'diff',
      'expanded',
      'sentinels',
      'lens',
      'touched',
      'problem',
    ];

    expect(
      [...blanks(readFileSync(new URL(name, dir), 'utf8'))].filter((blank) => !known.includes(blank)),
    ).toEqual([]);
  });
});
