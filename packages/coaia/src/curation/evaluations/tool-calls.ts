/** Calls of tools in what a model answered, in the forms that model servers have. */
import { isObject } from '#base';
import type { Json, JsonObject } from '#base';

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** Parsed when it is JSON. */
  readonly arguments: Json;
  readonly type: string;
  /** Position among the calls, from 0. */
  readonly index: number;
}

/** Every call in the output: OpenAI's `tool_calls`, Anthropic's `tool_use` parts, OpenAI's `function_call` items. */
export function readToolCalls(output: Json): readonly ToolCall[] {
  const found = listMessages(output).flatMap((message) => listCalls(message));
  return found.map((call, index) => ({ ...call, index }));
}

/** The output itself, or the messages in it. */
function listMessages(output: Json): readonly JsonObject[] {
  if (Array.isArray(output)) return output.flatMap((one: Json) => (isObject(one) ? [one] : []));
  if (!isObject(output)) return [];
  const choices = toList(output['choices']).flatMap((choice) =>
    isObject(choice) && isObject(choice['message'] ?? null)
      ? [choice['message'] as JsonObject]
      : [],
  );
  const items = toList(output['output']).flatMap((one) => (isObject(one) ? [one] : []));
  return [output, ...choices, ...items];
}

type Call = Omit<ToolCall, 'index'>;

function listCalls(message: JsonObject): readonly Call[] {
  const own = isCallItem(message) ? [message] : [];
  const parts = [...own, ...toList(message['tool_calls']), ...toList(message['content'])];
  return parts.flatMap((part) => (isObject(part) ? toCall(part) : []));
}

function isCallItem({ type }: JsonObject): boolean {
  return type === 'function_call' || type === 'tool_use' || type === 'tool-call';
}

function toCall(part: JsonObject): readonly Call[] {
  const nested = part['function'] ?? null;
  const source = isObject(nested) ? nested : part;
  const name = source['name'] ?? part['toolName'];
  if (typeof name !== 'string' || !(isObject(nested) || isCallItem(part))) return [];
  const given = findFirst(source, 'arguments', 'input', 'args') ?? null;
  const id = toWord(findFirst(part, 'id', 'call_id', 'toolCallId'));
  return [{ id, name, arguments: toParsed(given), type: toWord(part['type']) || 'function' }];
}

function findFirst(part: JsonObject, ...names: readonly string[]): Json | undefined {
  const name = names.find((one) => part[one] !== undefined && part[one] !== null);
  return name === undefined ? undefined : part[name];
}

function toWord(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function toParsed(value: Json): Json {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

function toList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
