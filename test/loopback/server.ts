import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

/** A request as it came, its body parsed. */
export type Recorded = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Record<string, unknown>;
};

/** How one request is answered. Whoever never ends the response leaves the client waiting. */
export type Reply = (request: Recorded, response: ServerResponse) => void;

export type Loopback = {
  readonly url: string;
  /** The requests that were answered from the script, in order. */
  readonly requests: readonly Recorded[];
  /** Everything that was sent to the model so far, as one text. */
  readonly heard: () => string;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** Plays a model on 127.0.0.1: each request to `path` gets the next reply, and the last one for ever. */
export async function playModel(path: string, script: readonly Reply[]): Promise<Loopback> {
  const requests: Recorded[] = [];

  const server = createServer((incoming, response) => {
    void record(incoming).then((request) => {
      if (request.method !== 'POST' || request.path !== path) {
        response.writeHead(request.method === 'HEAD' ? 200 : 404).end();
        return;
      }
      requests.push(request);
      const reply = script[requests.length - 1] ?? script.at(-1);
      if (!reply) throw new Error('The script is empty.');
      reply(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    heard: () => requests.map(({ text }) => text).join('\n'),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function record(incoming: IncomingMessage): Promise<Recorded> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  const body = text.startsWith('{') ? z.record(z.string(), z.unknown()).parse(JSON.parse(text)) : {};
  const path = new URL(incoming.url ?? '/', 'http://127.0.0.1').pathname;
  return { method: incoming.method ?? '', path, headers: incoming.headers, text, body };
}

/** An HTTP error with a JSON body. */
export function httpError(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/** A page where an answer of the API was expected, as a proxy sends one. */
export function page(status: number, html: string): Reply {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end(html);
  };
}

/** A connection that is closed before it says anything. */
export function hangUp(): Reply {
  return (_, response) => void response.destroy();
}

/** No answer, ever. */
export function silence(): Reply {
  return () => undefined;
}

export type ServerEvent = { readonly type: string; readonly [key: string]: unknown };

/** After so many events a stream breaks off with its connection, ends as if it were whole, or says no more. */
export type Break = { readonly after: number; readonly how: 'reset' | 'end' | 'stall' };

/** A stream of server-sent events. */
export function eventStream(events: (request: Recorded) => readonly ServerEvent[], cut?: Break): Reply {
  return (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events(request).slice(0, cut?.after)) {
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    }
    if (cut?.how === 'reset') setImmediate(() => response.destroy());
    else if (cut?.how !== 'stall') response.end();
  };
}
