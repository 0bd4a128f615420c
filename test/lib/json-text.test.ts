import { expect, it } from 'vitest';
import { jsonText } from '../../src/lib/json-text.ts';

const ACTS =
  '\u007f\u009b\u00ad\u034f\u061c\u200b\u202e\u2028\u2066\u3164\ufe0f\ufeff\u{e0041} ##[error] ###vso[x] ##TeamCity[';

it('JSON for a terminal or CI holds nothing that acts, and means the same', () => {
  const text = jsonText({ [ACTS]: ACTS });

  expect(JSON.parse(text)).toEqual({ [ACTS]: ACTS });
  expect(text).toMatch(/^[ -~]*$/);
  expect(text).not.toMatch(/##(?:\[|vso|teamcity)/i);
});

it('leaves letters of every script as they are', () => {
  expect(jsonText('é 漢 🎉 #1 ##')).toBe('"é 漢 🎉 #1 ##"');
});
