import { assert, json, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancedObjects, onlyFence, parseJson, repairJson } from '../../src/core/json-objects.ts';

describe('the JSON of a text', () => {
  it('is its value', () => {
    expect(parseJson('{"a":[1,null]}')).toEqual({ value: { a: [1, null] } });
    expect(parseJson('null')).toEqual({ value: null });
  });

  it.each(['', 'a', '{', '{"a":1,}', '{"a":1} {"b":2}'])('is undefined where there is none: %j', (text) => {
    expect(parseJson(text)).toBeUndefined();
  });
});

describe('the one fence of a text', () => {
  it.each([
    ['```json\n{}\n```', '{}'],
    ['```\n{}\n```\n\n', '{}'],
    ['  ```jsonc  \r\n{\r\n}\r\n  ```', '{\r\n}'],
    ['~~~~json5\n{}\n~~~~', '{}'],
  ])('is what stands inside: %j', (text, inside) => {
    expect(onlyFence(text)).toBe(inside);
  });

  it.each([
    ['no fence', '{}'],
    ['text before it', 'Here:\n```json\n{}\n```'],
    ['text after it', '```json\n{}\n```\nDone.'],
    ['a second fence', '```\na\n```\n```\nb\n```'],
    ['no end', '```json\n{}'],
    ['another end', '```json\n{}\n~~~'],
    ['another language', '```ts\n{}\n```'],
  ])('is undefined with %s', (_, text) => {
    expect(onlyFence(text)).toBeUndefined();
  });
});

describe('the objects in a text', () => {
  it.each([
    ['none', 'no braces [1]', []],
    ['one', 'a {"b":1} c', ['{"b":1}']],
    ['the outermost only', '{"a":{"b":{}}}', ['{"a":{"b":{}}}']],
    ['several', '{"a":1}{"b":2}\n{}', ['{"a":1}', '{"b":2}', '{}']],
    ['braces in strings', '{"a":"}"} {"b":"{\\""}', ['{"a":"}"}', '{"b":"{\\""}']],
    ['an array around them', '[{"a":1},{"b":2}]', ['{"a":1}', '{"b":2}']],
    ['one behind a wrong bracket', '{ ] {"a":1}', ['{"a":1}']],
    ['none behind one that never closes', '{"a":[1 {"b":2}', []],
    ['one before one that never closes', '{"a":1} {"b":', ['{"a":1}']],
  ])('are found: %s', (_, text, objects) => {
    expect(balancedObjects(text)).toEqual(objects);
  });

  it('are any object there is', () => {
    assert(
      property(json(), (value) => {
        const text = `{"value":${value}}`;

        expect(balancedObjects(`see ${text} there`)).toEqual([text]);
      }),
    );
  });
});

describe('a nearly-JSON object', () => {
  it.each([
    ['{"a":1,}', { a: 1 }],
    ['{"a":"one\ntwo"}', { a: 'one\ntwo' }],
    ["{'a': True, b: None}", { a: true, b: null }],
    ['{"a":1 /* one */}', { a: 1 }],
  ])('is repaired: %j', (text, value) => {
    expect(repairJson(text)).toEqual({ value });
  });

  it('is undefined where it is beyond repair', () => {
    expect(repairJson('{"a" "b" {')).toBeUndefined();
  });
});
