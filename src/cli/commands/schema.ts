import { z } from 'zod';
import { ArbitrationAnswer } from '../../core/arbiter/schema.ts';
import { EditsAnswer } from '../../core/edits-schema.ts';
import { Fact } from '../../core/fact.ts';
import { ReviewAnswer } from '../../core/review-schema.ts';
import { VerificationAnswer } from '../../core/verify/schema.ts';
import { wireSchema, type JsonSchema } from '../../core/wire-schema.ts';
import { unknownSchema } from '../../errors/cli.ts';
import { Report } from '../../report/report-schema.ts';
import { Manifest } from '../../store/manifest-schema.ts';
import { configSchema } from '../config-schema.ts';
import type { CommonFlags } from '../flags.ts';
import type { World } from '../world.ts';

/** A line of the event stream: a fact of a run, or why there is no run. */
const Event = z.union([
  z.intersection(z.object({ v: z.literal(1), ts: z.string(), run: z.string() }), Fact),
  z.object({
    v: z.literal(1),
    ts: z.string(),
    type: z.literal('error'),
    code: z.string(),
    message: z.string(),
    hint: z.string(),
  }),
]);

/** Facts gain keys, and readers ignore what they do not know: the schema is as open as they should be. */
function open(value: unknown): JsonSchema {
  const text = JSON.stringify(value, (key, part: unknown) =>
    key === 'additionalProperties' && part === false ? undefined : part,
  );
  return JSON.parse(text);
}

/** The published schemas, by name. */
export const SCHEMAS: Readonly<Record<string, () => JsonSchema>> = {
  findings: () => wireSchema(ReviewAnswer),
  verification: () => wireSchema(VerificationAnswer),
  arbitration: () => wireSchema(ArbitrationAnswer),
  edits: () => wireSchema(EditsAnswer),
  event: () => open(z.toJSONSchema(Event)),
  manifest: () => z.toJSONSchema(Manifest),
  report: () => open(z.toJSONSchema(Report)),
  config: configSchema,
};

/** `refine-plan schema <name>`: a JSON Schema on stdout. */
export function schema(args: readonly string[], _: CommonFlags, world: World): Promise<number> {
  const [name = ''] = args;
  const found = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
  if (!found) throw unknownSchema(name, Object.keys(SCHEMAS));
  world.stdout.write(
    `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: name, ...found() }, null, 2)}\n`,
  );
  return Promise.resolve(0);
}
