/** Every call becomes a generation, and a trace unless it belongs to one. */
import { createId, isCoaiaError, toIso } from '#base';
import type { IngestionEvent } from '#base';
import type { ChatParameters, ChatRequest } from '@coaia/client';
import type { OpenConnection } from '../connections/connection.ts';
import type { ModelPorts } from '../ports.ts';
import type { Reply } from './adapter.ts';
import type { ChatOptions } from './chat.ts';

/** A call as it is known at its end. */
export interface CallFacts {
  readonly request: ChatRequest;
  readonly options: ChatOptions;
  readonly connection: OpenConnection;
  readonly traceId: string;
  readonly observationId: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly firstAt: number | null;
  readonly endedAt: number;
  /** What arrived; of a failed call perhaps a part. */
  readonly reply: Reply | undefined;
  /** Why the call has no whole answer; absent when it has. */
  readonly failure?: { readonly error: unknown };
}

/** Writes the record; it is durable when this resolves. */
export async function recordCall(ports: ModelPorts, facts: CallFacts): Promise<void> {
  if (facts.options.trace.isRecorded === false) return;
  const events = [...toTraceEvents(facts), toGenerationEvent(facts)];
  await ports.db.write((tx) => ports.recorder.record(tx, facts.options.scope, events));
}

function toEvent(type: string, facts: CallFacts, body: Record<string, unknown>): IngestionEvent {
  const given = Object.entries(body).filter(([, value]) => value !== undefined);
  return {
    id: createId(),
    type,
    timestamp: toIso(facts.endedAt),
    body: Object.fromEntries(given),
  };
}

function toTraceEvents(facts: CallFacts): readonly IngestionEvent[] {
  const { options, traceId, startedAt } = facts;
  const { name, metadata, environment, userId, sessionId, tags, parentId } = options.trace;
  if (parentId !== undefined) return [];
  const input = toInput(facts.request);
  const output = toOutput(facts.reply);
  const timestamp = toIso(startedAt);
  const about = { name, metadata, environment, userId, sessionId, tags };
  return [toEvent('trace-create', facts, { id: traceId, timestamp, input, output, ...about })];
}

function toGenerationEvent(facts: CallFacts): IngestionEvent {
  const { connection, firstAt, options, reply, request } = facts;
  const { name, metadata, environment, parentId, prompt } = options.trace;
  return toEvent('generation-create', facts, {
    id: facts.observationId,
    traceId: facts.traceId,
    parentObservationId: parentId,
    name,
    environment,
    startTime: toIso(facts.startedAt),
    completionStartTime: firstAt === null ? undefined : toIso(firstAt),
    endTime: toIso(facts.endedAt),
    model: reply?.model ?? request.model,
    modelParameters: toModelParameters(request.parameters),
    input: toInput(request),
    output: toOutput(reply),
    usageDetails: reply?.usage?.details,
    promptName: prompt?.name,
    promptVersion: prompt?.version,
    metadata: {
      ...metadata,
      provider: connection.provider,
      adapter: connection.adapter,
      ...(reply?.finishReason ? { finish_reason: reply.finishReason } : {}),
      ...(request.responseFormat === undefined ? {} : { response_format: request.responseFormat }),
    },
    ...toLevel(facts),
  });
}

/** Being stopped is no error of the model. */
function toLevel({ failure, options }: CallFacts): Record<string, unknown> {
  if (failure === undefined) return {};
  const { error } = failure;
  if (isCoaiaError(error))
    return { level: 'ERROR', statusMessage: `${error.code}: ${error.message}` };
  if (error === undefined || options.signal?.aborted === true)
    return { level: 'WARNING', statusMessage: 'Stopped before the answer was complete.' };
  return { level: 'ERROR', statusMessage: 'The call failed inside Coaia.' };
}

/** The names that most tracers write. */
function toModelParameters(parameters: ChatParameters = {}): Record<string, unknown> | undefined {
  const { temperature, topP, maxTokens, frequencyPenalty, presencePenalty, seed, stop } =
    parameters;
  const named = {
    temperature,
    top_p: topP,
    max_tokens: maxTokens,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
    seed,
    stop,
    ...parameters.extra,
  };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

function toInput({ messages, tools = [] }: ChatRequest): unknown {
  return tools.length === 0 ? messages : { messages, tools };
}

function toOutput(reply: Reply | undefined): unknown {
  if (reply === undefined || (reply.content === '' && reply.toolCalls.length === 0))
    return undefined;
  const calls = reply.toolCalls.length === 0 ? {} : { tool_calls: reply.toolCalls };
  return { role: 'assistant', content: reply.content, ...calls };
}
