import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EditsAnswer } from '../../src/core/edits-schema.ts';
import { ReviewAnswer } from '../../src/core/review-schema.ts';
import { readReview } from '../../src/core/reading.ts';
import { readEdits } from '../../src/core/read-edits.ts';
import { wireSchema } from '../../src/core/wire-schema.ts';
import { REVIEW } from './answers.ts';

/* Agents pass the schema on as it is; a provider in strict mode refuses the whole call for one forbidden keyword. */

const FORBIDDEN = [
  '$schema',
  'allOf',
  'const',
  'default',
  'dependentRequired',
  'dependentSchemas',
  'else',
  'if',
  'maxProperties',
  'minProperties',
  'not',
  'oneOf',
  'patternProperties',
  'prefixItems',
  'propertyNames',
  'then',
  'unevaluatedProperties',
  'uniqueItems',
];

type Node = Record<string, unknown>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Everything in a schema that strict mode refuses. */
function faults(value: unknown, at = '$'): string[] {
  if (Array.isArray(value)) return value.flatMap((part, index) => faults(part, `${at}[${index}]`));
  if (!isNode(value)) return [];
  const keywords = Object.keys(value).filter((key) => FORBIDDEN.includes(key));
  const range = [value['maximum'], value['minimum']].filter(
    (limit) => Math.abs(Number(limit)) === Number.MAX_SAFE_INTEGER,
  );
  return [
    ...keywords.map((key) => `${at} has ${key}`),
    ...range.map((limit) => `${at} is limited by ${String(limit)}`),
    ...(value['type'] === 'object' ? objectFaults(value, at) : []),
    ...Object.entries(value).flatMap(([key, part]) =>
      key === 'properties' ? [] : faults(part, `${at}.${key}`),
    ),
    ...Object.entries(isNode(value['properties']) ? value['properties'] : {}).flatMap(([key, part]) =>
      faults(part, `${at}.${key}`),
    ),
  ];
}

function objectFaults(node: Node, at: string): string[] {
  const names = Object.keys(isNode(node['properties']) ? node['properties'] : {});
  const required = Array.isArray(node['required']) ? node['required'] : [];
  return [
    ...(node['additionalProperties'] === false ? [] : [`${at} takes other keys`]),
    ...names.filter((name) => !required.includes(name)).map((name) => `${at}.${name} is not required`),
  ];
}

describe('a schema that agents enforce', () => {
  it.each([
    ['a review', ReviewAnswer],
    ['edits', EditsAnswer],
  ])('is fit for strict mode: %s', (_, schema) => {
    const wire = wireSchema(schema);

    expect(faults(wire)).toEqual([]);
    expect(wire['type']).toBe('object');
  });

  it('is told from one that is not', () => {
    const loose = z.object({ a: z.string().optional(), b: z.record(z.string(), z.string()) });

    expect(faults(z.toJSONSchema(loose, { io: 'input' }))).toEqual([
      '$ has $schema',
      '$ takes other keys',
      '$.a is not required',
      '$.b has propertyNames',
      '$.b takes other keys',
    ]);
  });

  it('keeps a range that was meant', () => {
    const { properties } = wireSchema(z.strictObject({ line: z.int().min(1).max(9) }));

    expect(properties).toEqual({ line: { type: 'integer', minimum: 1, maximum: 9 } });
  });

  it('keeps no range of safe integers', () => {
    expect(wireSchema(z.strictObject({ line: z.int() }))).toEqual({
      type: 'object',
      properties: { line: { type: 'integer' } },
      required: ['line'],
      additionalProperties: false,
    });
  });
});

/** What is asked for beyond the fields a review has always had. */
const BEYOND = {
  section: 'Import',
  kind: 'missing-case',
  instance: 'At 14:03 the server stops.',
  cause: 'Retries have no end.',
  fix_kind: 'guard',
  materialization: 0.8,
  materialization_reason: 'The server stops.',
};

describe('an answer that fits its schema', () => {
  it('is read as a review without coercing anything', () => {
    const findings = REVIEW.findings.map((finding) => ({ ...finding, ...BEYOND }));
    const reading = readReview(JSON.stringify(ReviewAnswer.parse({ ...REVIEW, findings })));

    expect('problem' in reading ? reading : reading.findings.map(({ coerced }) => coerced)).toEqual([[]]);
  });

  it('is read as edits', () => {
    const answer = EditsAnswer.parse({
      summary: '',
      edits: [],
      declined: [{ finding: 'F1', reason: 'No.' }],
    });

    expect(readEdits(JSON.stringify(answer))).toEqual(answer);
  });
});
