import {
  eventStream,
  httpError,
  playModel,
  type Break,
  type Loopback,
  type Recorded,
  type Reply,
  type ServerEvent,
} from './server.ts';

type Item = { readonly type: string; readonly [key: string]: unknown };

/** One thing the model puts out. It may depend on the tools that the request offers. */
type Output = (request: Recorded) => Item;

const USAGE = {
  input_tokens: 1000,
  input_tokens_details: { cached_tokens: 100 },
  output_tokens: 50,
  output_tokens_details: { reasoning_tokens: 20 },
  total_tokens: 1050,
};

const RESPONSE = { id: 'resp_1', object: 'response', created_at: 0, model: 'played', output: [] };

/** Plays the OpenAI Responses API; its base URL is `url` followed by `/v1`. */
export function playResponses(script: readonly Reply[]): Promise<Loopback> {
  return playModel('/v1/responses', script);
}

/** A whole reply of the model. */
export function outputs(...items: readonly Output[]): Reply {
  return eventStream((request) => eventsOf(items.map((item) => item(request))));
}

/** A reply that breaks off in the middle of its text. */
export function cutText(text: string, how: Break['how'] = 'reset'): Reply {
  return eventStream((request) => eventsOf([says(text)(request)]), { after: 4, how });
}

/** A reply that ends with the API's word that it failed. */
export function failsWith(code: string, message: string): Reply {
  return eventStream(() => [
    { type: 'response.created', response: { ...RESPONSE, status: 'in_progress' } },
    { type: 'response.failed', response: { ...RESPONSE, status: 'failed', error: { code, message } } },
  ]);
}

/** A reply that stops before its end, for a reason that the API names. */
export function stopsFor(reason: string, text: string): Reply {
  return eventStream((request) => [
    ...eventsOf([says(text)(request)]).slice(0, -1),
    {
      type: 'response.incomplete',
      response: { ...RESPONSE, status: 'incomplete', incomplete_details: { reason } },
    },
  ]);
}

/** A subscription of some plan that is used up until then, where a time is told. */
export function usageLimit(until: Date | null, plan = 'plus'): Reply {
  const resets = until && { resets_at: Math.floor(until.getTime() / 1000) };
  return httpError(429, {
    error: {
      type: 'usage_limit_reached',
      message: 'The usage limit has been reached',
      plan_type: plan,
      ...resets,
    },
  });
}

/** What a model says that will not answer. */
export function refuses(refusal: string): Output {
  return () => ({
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'refusal', refusal }],
  });
}

export function says(text: string): Output {
  return () => ({
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text, annotations: [] }],
  });
}

/** A shell command: a tool of its own, or a line of the program that newer models write instead. */
export function runs(cmd: string): Output {
  return usesTool(
    'exec_command',
    { cmd },
    (args) => `text(await tools.exec_command(${JSON.stringify(args)}));`,
  );
}

/** A patch in codex's own format. */
export function patches(patch: string): Output {
  return (request) =>
    offers(request, 'apply_patch')
      ? custom('apply_patch', patch)
      : custom('exec', `text(await tools.apply_patch(${JSON.stringify(patch)}));`);
}

let calls = 0;

function usesTool(name: string, args: unknown, asCode: (args: unknown) => string): Output {
  return (request) =>
    offers(request, name)
      ? {
          type: 'function_call',
          id: `fc_${++calls}`,
          call_id: `call_${calls}`,
          name,
          arguments: JSON.stringify(args),
        }
      : custom('exec', asCode(args));
}

function custom(name: string, input: string): Item {
  return {
    type: 'custom_tool_call',
    id: `ct_${++calls}`,
    call_id: `call_${calls}`,
    name,
    status: 'completed',
    input,
  };
}

function offers({ body }: Recorded, tool: string): boolean {
  return Array.isArray(body.tools) && body.tools.some((it: { name?: unknown }) => it.name === tool);
}

function eventsOf(items: readonly Item[]): ServerEvent[] {
  const done = items.flatMap((item, output_index): ServerEvent[] => [
    {
      type: 'response.output_item.added',
      output_index,
      item: { ...item, status: 'in_progress', content: [] },
    },
    ...deltasOf(item, output_index),
    { type: 'response.output_item.done', output_index, item },
  ]);
  return [
    { type: 'response.created', response: { ...RESPONSE, status: 'in_progress' } },
    ...done,
    {
      type: 'response.completed',
      response: { ...RESPONSE, status: 'completed', output: items, usage: USAGE },
    },
  ];
}

function deltasOf(item: Item, output_index: number): ServerEvent[] {
  if (!Array.isArray(item.content)) return [];
  const [part]: { readonly text?: string }[] = item.content;
  const halves = part?.text
    ? [part.text.slice(0, part.text.length / 2), part.text.slice(part.text.length / 2)]
    : [];
  return halves.map((delta) => ({
    type: 'response.output_text.delta',
    item_id: item.id,
    output_index,
    content_index: 0,
    delta,
  }));
}
