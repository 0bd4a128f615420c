import { REPORT_ENDINGS } from '../report/formats-by-ending.ts';
import type { JsonSchema } from '../core/wire-schema.ts';
import { PROMPT_NAMES } from './config-file.ts';
import { configKey, OPTIONS, type OptionSpec } from './option-table.ts';

/** The JSON Schema of a config file, from the same table that checks it. */
export function configSchema(): JsonSchema {
  const prompts = {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(PROMPT_NAMES.map((name) => [name, { type: 'string' }])),
  };
  const trustedProjects = {
    type: 'array',
    items: { type: 'string' },
    description:
      'absolute paths of repositories whose own config file is trusted; counts in your own file alone',
  };
  const settings = OPTIONS.map((spec) => [configKey(spec.name), { ...typeOf(spec), description: spec.help }]);
  return {
    type: 'object',
    additionalProperties: false,
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(settings), prompts, trustedProjects },
  };
}

function typeOf({ kind, choices, min, max }: OptionSpec): JsonSchema {
  switch (kind) {
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
    case 'float':
      return {
        type: kind === 'integer' ? 'integer' : 'number',
        ...(min === undefined ? {} : { minimum: min }),
        ...(max === undefined ? {} : { maximum: max }),
      };
    case 'list':
      return {
        type: 'array',
        items: { type: 'string', pattern: '^(?!Refine-Plan-Run:)[A-Za-z][\\w-]*: \\S.*$' },
      };
    case 'names':
      return { type: 'array', items: { type: 'string', pattern: '^[A-Za-z_]\\w*$' } };
    case 'reports':
      return reportsType();
    case 'enum':
      return { enum: choices };
    case 'duration':
      return { type: 'string', pattern: '^(0|\\d+(\\.\\d+)?(ms|s|m|h))$' };
    case 'agent':
      return agentType(choices);
    case 'agents':
      return { anyOf: [agentType(choices), { type: 'array', items: agentType(choices), minItems: 1 }] };
    case 'text':
      return { type: 'string', minLength: 1 };
  }
}

function reportsType(): JsonSchema {
  const file = { type: 'string', pattern: `(${REPORT_ENDINGS.map((ending) => `\\${ending}`).join('|')})$` };
  return { anyOf: [file, { type: 'array', items: file, minItems: 1 }] };
}

function agentType(words: readonly string[] = []): JsonSchema {
  const specs = ['(codex|claude)(:[^:]*){0,2}', 'cmd:.+', ...words];
  return { type: 'string', pattern: `^(${specs.join('|')})$` };
}
