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

type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: unknown };

const USAGE = {
  input_tokens: 100,
  cache_creation_input_tokens: 10,
  cache_read_input_tokens: 5,
  output_tokens: 20,
};

/** Plays the Anthropic Messages API; its base URL is `url`. */
export function playMessages(script: readonly Reply[]): Promise<Loopback> {
  return playModel('/v1/messages', script);
}

/** A whole reply of the model: as a stream, or as one message for a client that fell back to that. */
export function blocks(...content: readonly Block[]): Reply {
  return blocksUntil(stopReason(content), content);
}

function blocksUntil(reason: string, content: readonly Block[]): Reply {
  const stream = eventStream((request) => eventsOf(content, request, reason));
  return (request, response) => {
    if (request.body.stream === true) return stream(request, response);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...frame(request), content, stop_reason: reason, usage: USAGE }));
  };
}

/** A reply that breaks off, at first in the middle of its text; to a client that takes it whole, nothing is sent. */
export function cutMessage(text: string, { after, how }: Break = { after: 3, how: 'reset' }): Reply {
  const stream = eventStream((request) => eventsOf([says(text)], request), { after, how });
  return (request, response) => {
    if (request.body.stream === true) return stream(request, response);
    if (how !== 'stall') response.destroy();
  };
}

/** A reply that ends for a reason of its own. */
export function stopsFor(reason: string, text: string): Reply {
  return blocksUntil(reason, [says(text)]);
}

export function says(text: string): Block {
  return { type: 'text', text };
}

let calls = 0;

export function uses(name: string, input: unknown): Block {
  return { type: 'tool_use', id: `toolu_${++calls}`, name, input };
}

/** An error as the API words it. */
export function apiError(type: string, message: string): unknown {
  return { type: 'error', error: { type, message } };
}

/** A subscription that is used up until then; of its windows, the one that is named. */
export function usageLimit(until: Date, claim = 'five_hour'): Reply {
  return httpError(429, apiError('rate_limit_error', 'limit'), {
    'anthropic-ratelimit-unified-status': 'rejected',
    'anthropic-ratelimit-unified-reset': String(Math.floor(until.getTime() / 1000)),
    'anthropic-ratelimit-unified-representative-claim': claim,
  });
}

function stopReason(content: readonly Block[]): string {
  return content.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn';
}

function frame({ body }: Recorded) {
  return {
    id: `msg_${++calls}`,
    type: 'message',
    role: 'assistant',
    model: body.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
}

function eventsOf(content: readonly Block[], request: Recorded, reason = stopReason(content)): ServerEvent[] {
  return [
    { type: 'message_start', message: { ...frame(request), usage: { ...USAGE, output_tokens: 1 } } },
    ...content.flatMap((block, index): ServerEvent[] => [
      { type: 'content_block_start', index, content_block: opened(block) },
      ...halves(block).map((delta): ServerEvent => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: USAGE },
    { type: 'message_stop' },
  ];
}

function opened(block: Block): unknown {
  return block.type === 'text' ? { ...block, text: '' } : { ...block, input: {} };
}

function halves(block: Block): unknown[] {
  const text = block.type === 'text' ? block.text : JSON.stringify(block.input);
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)].map((half) =>
    block.type === 'text'
      ? { type: 'text_delta', text: half }
      : { type: 'input_json_delta', partial_json: half },
  );
}
