import { z } from 'zod';

/** A JSON Schema as plain data. */
export type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema an agent enforces, generated from the zod schema that also validates the answer. The dialect is
 * the strict subset of OpenAI's structured outputs: no default, no range of safe integers.
 */
export function wireSchema(schema: z.ZodType): JsonSchema {
  const json = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  delete json.$schema;
  return json;
}
