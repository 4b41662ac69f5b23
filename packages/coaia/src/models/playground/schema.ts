/** What crosses the wire for runs in the playground. */
import { z } from 'zod';

const toolCall = z.object({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z
    .union([z.string(), z.array(z.looseObject({ type: z.string() })), z.null()])
    .default(null),
  name: z.string().optional(),
  tool_calls: z.array(toolCall).optional(),
  tool_call_id: z.string().optional(),
});

const placeholder = z.object({ type: z.literal('placeholder'), name: z.string().min(1) });

const tool = z.object({
  type: z.literal('function'),
  function: z.object({
    name: z.string().regex(/^[\w-]{1,64}$/, 'is no name of a tool'),
    description: z.string().optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
    strict: z.boolean().optional(),
  }),
});

const parameters = z.object({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.int().min(1).optional(),
  frequencyPenalty: z.number().min(-2).max(2).optional(),
  presencePenalty: z.number().min(-2).max(2).optional(),
  seed: z.int().optional(),
  stop: z.array(z.string()).max(8).optional(),
  extra: z.record(z.string(), z.unknown()).optional(),
});

export const runBody = z.object({
  provider: z.string().min(1).optional(),
  model: z.string().trim().min(1).max(200),
  messages: z
    .array(z.union([message, placeholder]))
    .min(1)
    .max(1000),
  variables: z.record(z.string(), z.string()).default({}),
  placeholders: z.record(z.string(), z.array(message)).default({}),
  parameters: parameters.optional(),
  tools: z.array(tool).max(128).optional(),
  schema: z.record(z.string(), z.unknown()).optional(),
  isSchemaSent: z.boolean().default(true),
  prompt: z.object({ name: z.string().min(1), version: z.int().min(1) }).optional(),
  trace: z
    .object({
      id: z.string().min(1).max(800).optional(),
      name: z.string().max(1000).optional(),
      sessionId: z.string().max(200).optional(),
      userId: z.string().max(500).optional(),
      tags: z.array(z.string().max(200)).max(50).optional(),
    })
    .optional(),
  isRecorded: z.boolean().default(true),
  isStreamed: z.boolean().default(true),
});

/** A parsed body of a run. */
export type RunBody = z.infer<typeof runBody>;

const usage = z.object({
  input: z.number().nullable(),
  output: z.number().nullable(),
  total: z.number().nullable(),
  details: z.record(z.string(), z.number()),
});

/** The answer of a run that is not streamed; streamed, the data of its last event. */
export const runAnswer = z.object({
  content: z.string(),
  toolCalls: z.array(toolCall),
  usage: usage.nullable(),
  finishReason: z.string().nullable(),
  model: z.string(),
  provider: z.string(),
  traceId: z.string(),
  observationId: z.string(),
  latencyMs: z.number(),
  timeToFirstTokenMs: z.number().nullable(),
  cost: z.number().nullable(),
  check: z.object({ isValid: z.boolean(), problems: z.array(z.string()) }).nullable(),
});

export const modelsAnswer = z.object({
  connections: z.array(
    z.object({
      provider: z.string(),
      adapter: z.string(),
      isSupported: z.boolean(),
      models: z.array(z.string()),
      problem: z.string().nullable(),
    }),
  ),
});
