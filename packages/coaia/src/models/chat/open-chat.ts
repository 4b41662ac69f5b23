/** Conversations: find the connection, ask, record, answer. See chat.ts for what callers may rely on. */
import { createObservationId, createTraceId } from '#base';
import type { ChatAnswer, ChatChunk, ChatRequest } from '@coaia/client';
import type { OpenConnection } from '../connections/connection.ts';
import { findConnection } from '../connections/find-connection.ts';
import { modelFailures } from '../errors.ts';
import type { ModelPorts } from '../ports.ts';
import type { Adapter, Reply, ReplyReader } from './adapter.ts';
import { findAdapter } from './adapters.ts';
import { malformed, toClean } from './answer-failures.ts';
import type { ChatModels, ChatOptions } from './chat.ts';
import { readBytes, readText, toCut } from './read-body.ts';
import { readEvents } from './read-events.ts';
import { recordCall } from './record-call.ts';
import { sendCall } from './send-call.ts';

const TIMEOUT_MS = 600_000;
const RETRIES = 2;

/** A call that has begun. */
interface Run {
  readonly request: ChatRequest;
  readonly options: ChatOptions;
  readonly connection: OpenConnection;
  readonly adapter: Adapter;
  readonly traceId: string;
  readonly observationId: string;
  readonly startedAt: number;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  firstAt: number | null;
}

/** The models that projects are connected to. Opens nothing. */
export function openChat(ports: ModelPorts): ChatModels {
  return {
    send: (request, options) => send(ports, request, options),
    stream: (request, options) => stream(ports, request, options),
  };
}

async function openRun(
  ports: ModelPorts,
  request: ChatRequest,
  options: ChatOptions,
): Promise<Run> {
  const connection = await findConnection(ports, options.scope.projectId, request);
  const { timeoutMs = TIMEOUT_MS, trace } = options;
  const limit = AbortSignal.timeout(timeoutMs);
  return {
    request,
    options,
    connection,
    adapter: findAdapter(connection),
    traceId: trace.traceId ?? createTraceId(),
    observationId: trace.observationId ?? createObservationId(),
    startedAt: ports.clock(),
    signal: options.signal === undefined ? limit : AbortSignal.any([options.signal, limit]),
    timeoutMs,
    firstAt: null,
  };
}

async function send(
  ports: ModelPorts,
  request: ChatRequest,
  options: ChatOptions,
): Promise<ChatAnswer> {
  const run = await openRun(ports, request, options);
  let reply: Reply;
  try {
    const answer = await ask(ports, run, false);
    reply = run.adapter.parseReply(await readJson(answer, run), request);
  } catch (error) {
    const failure = toTimely(error, run);
    await recordCall(ports, {
      ...run,
      endedAt: ports.clock(),
      reply: undefined,
      failure: { error: failure },
    });
    throw failure;
  }
  return finish(ports, run, reply);
}

async function* stream(
  ports: ModelPorts,
  request: ChatRequest,
  options: ChatOptions,
): AsyncGenerator<ChatChunk> {
  const run = await openRun(ports, request, options);
  const reader = run.adapter.openReader(request);
  let reply: Reply | undefined;
  let failure: unknown;
  try {
    reply = yield* readParts(ports, run, reader);
  } catch (error) {
    failure = toTimely(error, run);
    throw failure;
  } finally {
    // Also when the caller leaves its loop: then there is neither a reply nor an error.
    if (reply === undefined)
      await recordCall(ports, {
        ...run,
        endedAt: ports.clock(),
        reply: reader.toReply(),
        failure: { error: failure },
      });
  }
  yield { type: 'answer', answer: await finish(ports, run, reply) };
}

async function* readParts(
  ports: ModelPorts,
  run: Run,
  reader: ReplyReader,
): AsyncGenerator<ChatChunk, Reply> {
  const answer = await ask(ports, run, true);
  // Some servers do not stream although they are asked to.
  if (/^application\/json/i.test(answer.headers.get('content-type') ?? '')) {
    const reply = run.adapter.parseReply(await readJson(answer, run), run.request);
    if (reply.content !== '') yield { type: 'text', text: reply.content };
    return reply;
  }
  if (/^text\/html/i.test(answer.headers.get('content-type') ?? '')) throw aPage();
  for await (const data of readEvents(readBytes(answer, run.signal))) {
    for (const part of reader.push(toClean(data, run.connection))) {
      run.firstAt ??= ports.clock();
      yield part;
    }
  }
  if (!reader.isComplete) throw toCut();
  return reader.toReply();
}

function ask(ports: ModelPorts, run: Run, isStreamed: boolean): Promise<Response> {
  const { adapter, connection, options, request, signal, timeoutMs } = run;
  return sendCall(ports, adapter.toCall(connection, request, isStreamed), {
    connection,
    model: request.model,
    signal,
    timeoutMs,
    retries: options.retries ?? RETRIES,
  });
}

async function readJson(answer: Response, { connection, signal }: Run): Promise<unknown> {
  const text = toClean(await readText(answer, signal), connection);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (text.trimStart().startsWith('<')) throw aPage();
    throw malformed('its body is no JSON', error);
  }
}

function aPage() {
  return malformed('it answered with a web page; base URLs usually end in /v1');
}

/** Running out of time as a sentence; the caller's own signal and all other failures as they are. */
function toTimely(error: unknown, { options, signal, timeoutMs }: Run): unknown {
  if (options.signal?.aborted === true || !signal.aborted) return error;
  return modelFailures.create(
    'COAIA-4010',
    `The model server did not finish within ${timeoutMs / 1000} s.`,
    { cause: error },
  );
}

async function finish(ports: ModelPorts, run: Run, reply: Reply): Promise<ChatAnswer> {
  const endedAt = ports.clock();
  await recordCall(ports, { ...run, endedAt, reply });
  const { connection, firstAt, observationId, request, startedAt, traceId } = run;
  return {
    content: reply.content,
    toolCalls: reply.toolCalls,
    usage: reply.usage,
    finishReason: reply.finishReason,
    model: reply.model ?? request.model,
    provider: connection.provider,
    traceId,
    observationId,
    latencyMs: endedAt - startedAt,
    timeToFirstTokenMs: firstAt === null ? null : firstAt - startedAt,
  };
}
