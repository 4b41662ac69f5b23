/**
 * A model server for tests: it listens on a real port, speaks the OpenAI chat API (`/v1/chat/completions`,
 * `/v1/models`) and Anthropic's Messages API (`/v1/messages`), whole and streamed, and answers differently for
 * each input. It misbehaves on demand: for the next calls by `misbehave`, or for one input by `[[kind]]` in the
 * last message, for example `[[cut]]`. Tests of every room may use it.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendAnthropic } from './anthropic-wire.ts';
import { sendMisbehaviour, toMisbehaviour } from './misbehave.ts';
import type { Misbehaviour } from './misbehave.ts';
import { sendOpenAi } from './openai-wire.ts';
import { toReply } from './reply.ts';
import type { ModelReply } from './reply.ts';

export type { Misbehaviour } from './misbehave.ts';
export type { ModelReply } from './reply.ts';

export interface ModelCall {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into it as they like
  readonly body: any;
}

export interface ModelServerOptions {
  /** The key that callers must have; any when absent. */
  readonly key?: string;
  /** Models that exist; any when absent. */
  readonly models?: readonly string[];
  /** Replaces the usual reply; undefined keeps it. `input` is the text of the last message. */
  readonly reply?: (input: string, body: ModelCall['body']) => Partial<ModelReply> | undefined;
}

export interface ModelServer {
  /** For connections with the adapter openai. */
  readonly baseUrl: string;
  /** For connections with the adapter anthropic. */
  readonly origin: string;
  /** Every call that arrived, in order. */
  readonly calls: readonly ModelCall[];
  /** Resolves as soon as a caller hangs up before its answer was complete. */
  readonly hungUp: Promise<void>;
  /** What the next calls get instead of an answer, one each. */
  misbehave(...kinds: readonly Misbehaviour[]): void;
  close(): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1. */
export async function openModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const calls: ModelCall[] = [];
  const queue: Misbehaviour[] = [];
  const hungUp = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) hungUp.resolve();
    });
    void answer(request, response, { options, calls, queue });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    baseUrl: `${origin}/v1`,
    calls,
    hungUp: hungUp.promise,
    misbehave: (...kinds) => void queue.push(...kinds),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Parts {
  readonly options: ModelServerOptions;
  readonly calls: ModelCall[];
  readonly queue: Misbehaviour[];
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { options, calls, queue }: Parts,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const body: ModelCall['body'] = text === '' ? undefined : JSON.parse(text);
  const path = request.url ?? '';
  calls.push({ path, headers: request.headers, body });
  const problem = findProblem(request, body, options);
  if (problem !== undefined) sendJson(response, problem.status, { error: problem });
  else if (path === '/v1/models') sendModels(response, options.models ?? ['test-model']);
  else {
    const send = path === '/v1/messages' ? sendAnthropic : sendOpenAi;
    const reply = toReply(body, options.reply);
    const kind = queue.shift() ?? toMisbehaviour(reply.input);
    await sendMisbehaviour(response, kind, () => send(response, body, reply, kind));
  }
}

const PATHS = new Set(['/v1/models', '/v1/messages', '/v1/chat/completions']);

function findProblem(
  request: IncomingMessage,
  body: ModelCall['body'],
  { key, models }: ModelServerOptions,
): { readonly status: number; readonly message: string } | undefined {
  if (!hasKey(request, key)) return { status: 401, message: 'Incorrect API key provided' };
  if (!PATHS.has(request.url ?? '')) return { status: 404, message: 'no such path' };
  if (body === undefined || models === undefined || models.includes(body.model)) return undefined;
  return { status: 404, message: `The model \`${body.model}\` does not exist` };
}

function hasKey({ headers }: IncomingMessage, key: string | undefined): boolean {
  if (key === undefined) return true;
  return headers.authorization === `Bearer ${key}` || headers['x-api-key'] === key;
}

function sendModels(response: ServerResponse, models: readonly string[]): void {
  const data = models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'tests' }));
  sendJson(response, 200, { object: 'list', data });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
