/** Vercel AI SDK: `ai.*` attributes. Its outer operations repeat what their inner calls report. */
import { isValidTime, toIso } from '#base';
import { toContent, toNumber, toObject } from '../content.ts';
import { toText } from '../span-view.ts';
import type { SpanView } from '../span-view.ts';

const OPERATION_TYPES: Readonly<Record<string, string>> = {
  'ai.generateText.doGenerate': 'GENERATION',
  'ai.streamText.doStream': 'GENERATION',
  'ai.generateObject.doGenerate': 'GENERATION',
  'ai.streamObject.doStream': 'GENERATION',
  'ai.embed.doEmbed': 'EMBEDDING',
  'ai.embedMany.doEmbed': 'EMBEDDING',
  'ai.toolCall': 'TOOL',
};

/** `ai.operationId`, or the first word of `operation.name`, to which a function id may be appended. */
export function readOperation(view: SpanView): string | undefined {
  const id = view.getText('ai.operationId') ?? view.getText('operation.name')?.split(' ')[0];
  return id?.startsWith('ai.') ? id : undefined;
}

/** Inner calls are generations and embeddings; an outer operation is a plain span. */
export function readType(view: SpanView): string | undefined {
  const operation = readOperation(view);
  if (operation === undefined) return undefined;
  return Object.hasOwn(OPERATION_TYPES, operation) ? OPERATION_TYPES[operation] : 'SPAN';
}

/** True for an operation whose model call is a child of its own (usage would count twice). */
export function isOuterOperation(view: SpanView): boolean {
  const operation = readOperation(view);
  return operation !== undefined && !Object.hasOwn(OPERATION_TYPES, operation);
}

/** `functionId:operation`, as the SDK's users name their calls. */
export function readOperationName(view: SpanView): string | undefined {
  const operation = view.getText('ai.operationId');
  if (operation === undefined) return undefined;
  const functionId = view.getText('ai.telemetry.functionId');
  return functionId === undefined ? operation : `${functionId}:${operation}`;
}

/** A reply that has both a text and tool calls is shown as one assistant message. */
export function readTextWithTools(view: SpanView): unknown {
  const text = view.get('ai.response.text');
  const calls = view.get('ai.response.toolCalls');
  if (text === undefined || calls === undefined) return undefined;
  return { role: 'assistant', content: toContent(text), tool_calls: toContent(calls) };
}

/** Request settings of the SDK beside the GenAI ones. */
export function readModelParameters(view: SpanView): Record<string, unknown> | undefined {
  if (view.scope.name !== 'ai' && readOperation(view) === undefined) return undefined;
  const parameters: Record<string, unknown> = {};
  for (const [key, value] of view.listWithPrefix('ai.settings.')) parameters[key] = value;
  for (const [key, value] of view.listWithPrefix('gen_ai.request.')) {
    if (key !== 'model') parameters[key] = value;
  }
  const choice = view.get('ai.prompt.toolChoice');
  if (choice !== undefined) parameters['toolChoice'] = toContent(choice);
  return Object.keys(parameters).length === 0 ? undefined : parameters;
}

/** `ai.telemetry.metadata.langfusePrompt` is JSON of a prompt's name and version. */
export function readPromptName(view: SpanView): unknown {
  return toObject(view.get('ai.telemetry.metadata.langfusePrompt'))?.['name'];
}

export function readPromptVersion(view: SpanView): unknown {
  return toObject(view.get('ai.telemetry.metadata.langfusePrompt'))?.['version'];
}

/** Milliseconds to the first chunk, counted from the start of the span. */
export function readCompletionStart(view: SpanView): string | undefined {
  const value = view.get('ai.response.msToFirstChunk') ?? view.get('ai.stream.msToFirstChunk');
  const wait = toNumber(value);
  const start = view.span.startTime;
  if (wait === undefined || start === undefined) return undefined;
  const time = start + Math.ceil(wait);
  return isValidTime(time) ? toIso(time) : undefined;
}

/** Tool definitions the SDK attaches, for the metadata. */
export function readTools(view: SpanView): unknown {
  const tools = view.get('ai.prompt.tools');
  return Array.isArray(tools) ? tools.map((tool) => toContent(toText(tool))) : tools;
}
