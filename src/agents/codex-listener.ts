import { basename } from 'node:path';
import { z } from 'zod';
import type { Tokens } from '../core/fact.ts';
import { bounded, OVERLONG } from '../core/longest-answer.ts';
import type { ProcessEnd } from '../process/run-process.ts';
import type { Attempt, Listener } from './agent-cli.ts';
import { codexFailure, exitMessage } from './failures.ts';
import { jsonLine } from './json-line.ts';

const text = z.string().optional().catch(undefined);
const number = z.number().catch(0);

const Item = z.object({
  id: z.string().catch(''),
  type: z.string(),
  text,
  command: text,
  query: text,
  tool: text,
  changes: z.array(z.object({ path: z.string() })).catch([]),
});

const Event = z.object({
  type: z.string(),
  message: text,
  item: Item.optional().catch(undefined),
  error: z.object({ message: z.string() }).optional().catch(undefined),
  usage: z
    .object({ input_tokens: number, cached_input_tokens: number, output_tokens: number })
    .optional()
    .catch(undefined),
});

type Item = z.infer<typeof Item>;

/** The items that are uses of a tool. */
const TOOLS: readonly string[] = ['command_execution', 'file_change', 'mcp_tool_call', 'web_search'];

/** Hears the events of `codex exec --json`. Its events do not name the model, so the one asked for is reported. */
export function codexListener(model: string | null, now: () => Date): Listener {
  const toolIds = new Set<string>();
  let last = '';
  let trouble: string | null = null;
  let failed: string | null = null;
  let tokens: Tokens | null = null;
  let isCompleted = false;

  function hear(event: z.infer<typeof Event>): string | undefined {
    switch (event.type) {
      case 'turn.completed':
        isCompleted = true;
        tokens = event.usage ? tokensOf(event.usage) : null;
        return undefined;
      case 'turn.failed':
        failed = event.error?.message ?? '';
        return undefined;
      case 'error':
        // Not yet the end: a broken connection is announced like this, and then made again.
        trouble = event.message ?? trouble;
        return event.message && /^reconnecting/i.test(event.message) ? 'reconnecting' : undefined;
      case 'item.started':
      case 'item.completed':
        return event.item && hearItem(event.item, event.type === 'item.completed');
      default:
        return undefined;
    }
  }

  function hearItem(item: Item, isDone: boolean): string | undefined {
    if (TOOLS.includes(item.type)) toolIds.add(item.id);
    // Progress notes have the form of an answer too; the last message is the answer.
    if (item.type === 'agent_message' && isDone) last = bounded(item.text ?? '');
    return activity(item);
  }

  return {
    read(line, whole) {
      // Only a message can be this long.
      if (!whole) last = OVERLONG;
      const event = Event.safeParse(jsonLine(line));
      return event.success ? hear(event.data) : undefined;
    },
    answer(end): Attempt<string> {
      const fail = (message: string): Attempt<string> => ({
        ok: false,
        failure: codexFailure(message, now()),
      });
      if (failed !== null) return fail(failed);
      if (end.exitCode !== 0) return fail(badExit(end, trouble));
      if (!isCompleted) return fail('codex ended without completing its turn.');
      return { ok: true, value: last };
    },
    known: () => ({ model, version: null, tokens, toolUses: toolIds.size }),
    trouble: () => trouble,
  };
}

function tokensOf(usage: {
  input_tokens: number;
  cached_input_tokens: number;
  output_tokens: number;
}): Tokens | null {
  const tokens = {
    input: usage.input_tokens,
    cached: usage.cached_input_tokens,
    output: usage.output_tokens,
  };
  // A provider that counts nothing is reported as zeros.
  return Object.values(tokens).every((count) => count === 0) ? null : tokens;
}

function badExit(end: ProcessEnd, trouble: string | null): string {
  return trouble !== null && !/^reconnecting/i.test(trouble) ? trouble : exitMessage('codex', end);
}

function activity(item: Item): string | undefined {
  switch (item.type) {
    case 'reasoning':
      return 'thinking';
    case 'agent_message':
      return 'writing';
    case 'command_execution':
      return item.command && `running ${withoutShell(item.command)}`;
    case 'file_change':
      return `editing ${item.changes.map(({ path }) => basename(path)).join(', ')}`;
    case 'web_search':
      return `searching the web for ${item.query ?? ''}`;
    case 'mcp_tool_call':
      return `calling ${item.tool ?? 'a tool'}`;
    default:
      return undefined;
  }
}

/** The command itself, without the shell that codex runs it in. */
function withoutShell(command: string): string {
  return (
    /^\S*sh -l?c (?:'(.*)'|"(.*)"|(.*))$/s
      .exec(command)
      ?.slice(1)
      .find((it) => it !== undefined) ?? command
  );
}
