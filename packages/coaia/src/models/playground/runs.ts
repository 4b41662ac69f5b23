/** Runs of a prompt: fill it in, ask the model, tell what it cost and whether its answer has the right form. */
import { createObservationId, createTraceId, isCoaiaError } from '#base';
import type { Scope } from '#base';
import type {
  ChatAnswer,
  ChatChunk,
  ChatRequest,
  PlaygroundAnswer,
  PlaygroundFailure,
} from '@coaia/client';
import type { ChatOptions } from '../chat/chat.ts';
import { openChat } from '../chat/open-chat.ts';
import type { ModelPorts } from '../ports.ts';
import { checkOutput } from './check-output.ts';
import { fillMessages } from './fill-messages.ts';
import type { RunBody } from './schema.ts';

/** What a streamed run yields: parts, then an answer or a failure. */
export type RunEvent =
  | Exclude<ChatChunk, { readonly type: 'answer' }>
  | { readonly type: 'answer'; readonly answer: PlaygroundAnswer }
  | { readonly type: 'error'; readonly failure: PlaygroundFailure };

/** The whole answer. Fails with COAIA-0002 (something has no value) and like a call of a model. */
export async function runPrompt(
  ports: ModelPorts,
  scope: Scope,
  body: RunBody,
  signal: AbortSignal,
): Promise<PlaygroundAnswer> {
  const { request, options } = toCall(scope, body, signal);
  return toAnswer(ports, scope, body, await openChat(ports).send(request, options));
}

/**
 * The answer part by part. Messages are filled in before it returns, so that fails with COAIA-0002; what fails
 * later is the last event. Ends without one when the signal ends it.
 */
export function streamPrompt(
  ports: ModelPorts,
  scope: Scope,
  body: RunBody,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  return follow(ports, scope, body, toCall(scope, body, signal));
}

interface Call {
  readonly request: ChatRequest;
  readonly options: ChatOptions & { readonly signal: AbortSignal };
  readonly traceId: string;
  readonly observationId: string;
}

function toCall(scope: Scope, body: RunBody, signal: AbortSignal): Call {
  const { model, parameters, prompt, provider, schema, tools } = body;
  const { id, ...about } = body.trace ?? { name: 'playground', tags: ['playground'] };
  const traceId = id ?? createTraceId();
  const observationId = createObservationId();
  const given = Object.entries(about).filter(([, value]) => value !== undefined);
  const { isRecorded } = body;
  const trace = { name: 'run', ...Object.fromEntries(given), traceId, observationId, isRecorded };
  return {
    traceId,
    observationId,
    request: {
      provider,
      model,
      messages: fillMessages(body.messages, body),
      parameters,
      tools,
      responseFormat: schema !== undefined && body.isSchemaSent ? { schema } : undefined,
    },
    options: { scope, signal, trace: prompt === undefined ? trace : { ...trace, prompt } },
  };
}

async function* follow(
  ports: ModelPorts,
  scope: Scope,
  body: RunBody,
  { request, options, ...ids }: Call,
): AsyncGenerator<RunEvent> {
  try {
    for await (const chunk of openChat(ports).stream(request, options))
      yield chunk.type === 'answer'
        ? { type: 'answer', answer: await toAnswer(ports, scope, body, chunk.answer) }
        : chunk;
  } catch (error) {
    if (options.signal.aborted) return;
    yield { type: 'error', failure: await toFailure(ports, scope, error, ids) };
  }
}

async function toAnswer(
  { db }: ModelPorts,
  { projectId }: Scope,
  { schema }: RunBody,
  answer: ChatAnswer,
): Promise<PlaygroundAnswer> {
  const [row] = await db.read<{ readonly total_cost: number | null }>(
    'SELECT total_cost FROM observations WHERE project_id = ? AND id = ?',
    [projectId, answer.observationId],
  );
  return {
    ...answer,
    cost: row?.total_cost ?? null,
    check: schema === undefined ? null : checkOutput(schema, answer.content),
  };
}

async function toFailure(
  { db }: ModelPorts,
  { projectId }: Scope,
  error: unknown,
  ids: { readonly traceId: string; readonly observationId: string },
): Promise<PlaygroundFailure> {
  const rows = await db.read('SELECT id FROM observations WHERE project_id = ? AND id = ?', [
    projectId,
    ids.observationId,
  ]);
  const recorded = rows.length > 0 ? ids : { traceId: null, observationId: null };
  if (!isCoaiaError(error))
    return { code: 'COAIA-0001', message: 'Something inside broke.', hint: null, ...recorded };
  const { code, message, hint = null } = error;
  return { code, message, hint, ...recorded };
}
