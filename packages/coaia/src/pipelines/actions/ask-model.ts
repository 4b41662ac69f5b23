/** One question to a model from a step: what is sent, what comes back, and what the step records of it. */
import { invalidRequest, isObject } from '#base';
import type { Recorder } from '#base';
import { openChat } from '#models';
import type { Transaction } from '#store';
import type { ActionContext, ActionResult } from '#surface';
import type { ChatAnswer, ChatMessage, ChatParameters, ChatRequest } from '@coaia/client';
import { z } from 'zod';
import { runFailures } from '../runs/errors.ts';
import type { ActionPorts } from './ports.ts';

/** Fields that every action with a model has. */
export const modelFields = {
  model: z.string().min(1).optional(),
  /** Name of the connection. */
  connection: z.string().min(1).optional(),
  temperature: z.coerce.number().optional(),
  top_p: z.coerce.number().optional(),
  max_tokens: z.coerce.number().int().positive().optional(),
  seed: z.coerce.number().int().optional(),
  stop: z.union([z.string(), z.array(z.string())]).optional(),
  /** Other fields of the server, sent as they are. */
  parameters: z.record(z.string(), z.unknown()).optional(),
  /** JSON Schema of the answer; the output is then the parsed value. */
  schema: z.record(z.string(), z.unknown()).optional(),
} as const;

const modelInput = z.object(modelFields);
export type ModelInput = z.infer<typeof modelInput>;

export interface Question {
  readonly input: ModelInput;
  readonly messages: readonly ChatMessage[];
  readonly prompt?: { readonly name: string; readonly version: number };
}

/** The step's own observation is the record of the call, so the call itself records nothing. */
const silent: Recorder<Transaction> = { record: async () => undefined };

/**
 * Asks and answers with what the step stores: the text, or the parsed value where a schema is given. Fails with
 * COAIA-4000 to 4012 of model calls and COAIA-5106 for an answer that is not of the schema's form.
 */
export async function askModel(
  ports: ActionPorts,
  context: ActionContext,
  { input, messages, prompt }: Question,
): Promise<ActionResult> {
  const request = await toRequest(ports, context, input, messages);
  const chat = openChat({ ...ports.models, recorder: silent });
  const answer = await chat.send(request, {
    scope: context.scope,
    signal: context.signal,
    trace: { traceId: context.traceId, parentId: context.observationId, name: 'step' },
  });
  return {
    output: input.schema === undefined ? toText(answer) : parseAnswer(answer.content),
    input: messages,
    ...toModelFacts(request, answer),
    ...(prompt === undefined ? {} : { promptName: prompt.name, promptVersion: prompt.version }),
  };
}

/** The request; without a model it is the first one that the project's connections list. */
export async function toRequest(
  ports: Pick<ActionPorts, 'models'>,
  context: Pick<ActionContext, 'scope'>,
  input: ModelInput,
  messages: readonly ChatMessage[],
): Promise<ChatRequest> {
  const { connection: provider, schema } = input;
  return {
    ...(input.model === undefined
      ? await findDefaultModel(ports, context, provider)
      : { model: input.model, ...(provider === undefined ? {} : { provider }) }),
    messages,
    parameters: toParameters(input),
    ...(schema === undefined ? {} : { responseFormat: { name: 'answer', schema } }),
  };
}

async function findDefaultModel(
  { models }: Pick<ActionPorts, 'models'>,
  { scope }: Pick<ActionContext, 'scope'>,
  wanted: string | undefined,
): Promise<{ readonly model: string; readonly provider?: string }> {
  const { openLocalConnections } = await import('#models');
  const connections = await openLocalConnections(models, scope);
  const { data } = await connections.listConnections({ limit: 100 });
  // Without any connection the call itself says so: COAIA-4000.
  if (data.length === 0) return { model: '' };
  for (const { provider, customModels } of data) {
    const [model] = customModels;
    if (model !== undefined && (wanted === undefined || wanted === provider))
      return { model, provider };
  }
  throw runFailures.create(
    'COAIA-5101',
    'The step names no model, and no connection of this project lists one.',
    { hint: 'coaia models connections list' },
  );
}

function toParameters(input: ModelInput): ChatParameters {
  const { temperature, top_p: topP, max_tokens: maxTokens, seed, stop, parameters } = input;
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(stop === undefined ? {} : { stop: typeof stop === 'string' ? [stop] : stop }),
    ...(parameters === undefined ? {} : { extra: parameters }),
  };
}

function toText(answer: ChatAnswer): unknown {
  if (answer.toolCalls.length === 0) return answer.content;
  return { content: answer.content, tool_calls: answer.toolCalls };
}

/** What is known of a call. Tokens only as the server counted them. */
export function toModelFacts(
  { parameters = {} }: ChatRequest,
  answer: ChatAnswer,
): Pick<ActionResult, 'model' | 'modelParameters' | 'usageDetails' | 'metadata'> {
  const { temperature, topP, maxTokens, seed } = parameters;
  const named = { temperature, top_p: topP, max_tokens: maxTokens, seed };
  const given = Object.entries(named).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
  return {
    model: answer.model,
    ...(given.length === 0 ? {} : { modelParameters: Object.fromEntries(given) }),
    ...(answer.usage === null ? {} : { usageDetails: answer.usage.details }),
    metadata: {
      provider: answer.provider,
      ...(answer.finishReason === null ? {} : { finish_reason: answer.finishReason }),
    },
  };
}

/** JSON, perhaps inside a fence as chat models like to write it. */
function parseAnswer(text: string): unknown {
  const inside = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text;
  try {
    return JSON.parse(inside) as unknown;
  } catch (error) {
    const start = text.trim().slice(0, 200);
    throw runFailures.create(
      'COAIA-5106',
      `The model's answer is no JSON. It begins: ${start === '' ? '(empty)' : start}`,
      { cause: error },
    );
  }
}

/** Texts as they are, everything else as JSON. */
export function toPlainText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Messages of a conversation as a template gives them. Throws COAIA-0002. */
export function toChatMessages(value: unknown): readonly ChatMessage[] {
  if (!Array.isArray(value) || value.length === 0)
    throw invalidRequest('"messages" is a list of {role, content}.');
  return value.map((one: unknown) => {
    if (!isObject(one) || typeof one['role'] !== 'string')
      throw invalidRequest('"messages" is a list of {role, content}.');
    const content = Array.isArray(one['content']) ? one['content'] : toPlainText(one['content']);
    return { ...one, role: one['role'], content } as ChatMessage;
  });
}
