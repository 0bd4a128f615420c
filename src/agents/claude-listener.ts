import { z } from 'zod';
import type { Tokens } from '../core/fact.ts';
import type { Listener } from './agent-cli.ts';
import { claudeAnswer, ClaudeResult, type Limit } from './claude-result.ts';
import { toolActivity, ToolInput } from './claude-activity.ts';
import { jsonLine } from './json-line.ts';

const text = z.string().optional().catch(undefined);

const Block = z.object({ type: z.string(), id: text, name: text, input: ToolInput.catch({}) });

const Event = z.object({
  type: z.string(),
  subtype: text,
  model: text,
  claude_code_version: text,
  message: z
    .object({ content: z.array(Block) })
    .optional()
    .catch(undefined),
  event: z
    .object({ content_block: z.object({ type: z.string() }).optional() })
    .optional()
    .catch(undefined),
  rate_limit_info: z
    .object({ status: text, resetsAt: z.number().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  error: text,
  error_status: z.number().nullish().catch(undefined),
});

type Event = z.infer<typeof Event>;

/** Hears the events of `claude -p --output-format=stream-json`. */
export function claudeListener(asked: string | null, now: () => Date): Listener {
  const toolIds = new Set<string>();
  let model = asked;
  let version: string | null = null;
  let result: ClaudeResult | undefined;
  let category: string | null = null;
  let limit: Limit | null = null;
  let trouble: string | null = null;
  let isTooLong = false;

  function hear(event: Event): string | undefined {
    switch (event.type) {
      case 'system':
        return hearSystem(event);
      case 'assistant':
        category = event.error ?? category;
        return event.message?.content.map(hearBlock).findLast((activity) => activity !== undefined);
      case 'stream_event':
        return event.event?.content_block && BLOCKS[event.event.content_block.type];
      case 'rate_limit_event':
        limit = {
          isRejected: event.rate_limit_info?.status === 'rejected',
          resetsAt: event.rate_limit_info?.resetsAt,
        };
        return undefined;
      default:
        return undefined;
    }
  }

  function hearSystem(event: Event): string | undefined {
    if (event.subtype === 'init') {
      model = event.model ?? model;
      version = event.claude_code_version ?? version;
    }
    if (event.subtype !== 'api_retry') return undefined;
    trouble = `${event.error ?? 'no connection'}${event.error_status ? ` (${event.error_status})` : ''}`;
    return 'reconnecting';
  }

  function hearBlock(block: z.infer<typeof Block>): string | undefined {
    if (block.type !== 'tool_use' || block.name === ANSWER_TOOL) return undefined;
    toolIds.add(block.id ?? String(toolIds.size));
    return toolActivity(block.name ?? '', block.input);
  }

  return {
    read(line, whole) {
      // Only an answer can be this long.
      isTooLong ||= !whole;
      const value = jsonLine(line);
      const ended = ClaudeResult.safeParse(value);
      if (ended.success) {
        result = ended.data;
        return undefined;
      }
      const event = Event.safeParse(value);
      return event.success ? hear(event.data) : undefined;
    },
    answer: (end) => claudeAnswer({ result, isTooLong, end, category, limit, now: now() }),
    known: () => ({
      model: modelOf(result) ?? model,
      version,
      tokens: tokensOf(result),
      toolUses: toolIds.size,
    }),
    trouble: () => trouble,
  };
}

/** The tool by which claude hands over an answer in a schema; its use is no work. */
const ANSWER_TOOL = 'StructuredOutput';

const BLOCKS: Readonly<Record<string, string>> = { thinking: 'thinking', text: 'writing' };

/** The model that wrote the most, where a call used more than one. */
function modelOf(result: ClaudeResult | undefined): string | null {
  const models = Object.entries(result?.modelUsage ?? {}).toSorted(
    ([, a], [, b]) => b.outputTokens - a.outputTokens,
  );
  return models[0]?.[0] ?? null;
}

function tokensOf(result: ClaudeResult | undefined): Tokens | null {
  const usage = result?.usage;
  if (!usage) return null;
  const input = usage.input_tokens + usage.cache_creation_input_tokens + usage.cache_read_input_tokens;
  const tokens = { input, cached: usage.cache_read_input_tokens, output: usage.output_tokens };
  return input === 0 && tokens.output === 0 ? null : tokens;
}
