import type { Block, Message } from './message.ts';
import {
  isFields,
  parseBlock,
  parseLoose,
  parseToolCalls,
  toPlainContent,
  toTextOf,
} from './parse-block.ts';

/**
 * Reads a value as a chat: OpenAI chat and responses, Anthropic, Gemini, OpenTelemetry GenAI, LangChain.
 * Undefined when it is none of them; the caller then shows text or JSON.
 */
export function parseMessages(value: unknown): readonly Message[] | undefined {
  const loose = parseLoose(value);
  if (Array.isArray(loose)) return parseList(loose);
  if (!isFields(loose)) return undefined;
  return parseWrapped(loose) ?? parseOne(loose);
}

function parseOne(value: unknown): readonly Message[] | undefined {
  const message = parseMessage(value);
  return message === undefined ? undefined : [message];
}

function parseList(items: readonly unknown[]): readonly Message[] | undefined {
  // A batch of one conversation, as LangChain sends it.
  if (items.length === 1 && Array.isArray(items[0])) return parseList(items[0]);
  const messages = items.map((item) => parseMessage(item));
  return items.length > 0 && messages.every((message) => message !== undefined)
    ? messages
    : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function parseWrapped(body: Fields): readonly Message[] | undefined {
  const system = parseSystem(body['system'] ?? body['systemInstruction'] ?? body['instructions']);
  for (const key of ['messages', 'contents', 'input', 'output']) {
    const list = body[key];
    const messages = Array.isArray(list) ? parseList(list) : undefined;
    if (messages !== undefined) return [...system, ...messages];
  }
  const choices = body['choices'] ?? body['candidates'];
  if (!Array.isArray(choices)) return undefined;
  return parseList(
    choices.map((choice: unknown) =>
      isFields(choice) ? (choice['message'] ?? choice['content']) : choice,
    ),
  );
}

function parseSystem(value: unknown): readonly Message[] {
  if (value === undefined || value === null) return [];
  const blocks = parseContent(isFields(value) ? value['parts'] : value);
  return blocks.length === 0 ? [] : [{ role: 'system', blocks }];
}

const roles: Readonly<Record<string, string>> = {
  human: 'user',
  ai: 'assistant',
  model: 'assistant',
  function: 'tool',
};

// Items of OpenAI's responses that are a turn by themselves, and whose turn they are.
const loneItems: Readonly<Record<string, string>> = {
  function_call: 'assistant',
  reasoning: 'assistant',
  function_call_output: 'tool',
};

function parseMessage(item: unknown): Message | undefined {
  if (!isFields(item)) return undefined;
  const lone = loneItems[toTextOf(item['type']) ?? ''];
  if (lone !== undefined) return { role: lone, blocks: [parseBlock(item)] };
  const role = readRole(item);
  const content = item['content'] ?? item['parts'];
  const calls = parseToolCalls(item['tool_calls'] ?? item['toolCalls']);
  if (role === undefined || (content === undefined && calls.length === 0)) return undefined;
  const name = toTextOf(item['name']);
  const blocks = role === 'tool' ? parseToolContent(item, content) : parseContent(content);
  return { role, ...(name === undefined ? {} : { name }), blocks: [...blocks, ...calls] };
}

// LangChain names the role in `type`.
function readRole(item: Fields): string | undefined {
  const type = 'content' in item ? toTextOf(item['type']) : undefined;
  const role = toTextOf(item['role']) ?? type;
  return role === undefined ? undefined : (roles[role] ?? role);
}

function parseToolContent(item: Fields, content: unknown): readonly Block[] {
  const id = toTextOf(item['tool_call_id']);
  const name = toTextOf(item['name']);
  const parts = Array.isArray(content) ? content.map((part) => parseBlock(part)) : [];
  if (parts.some((part) => part.kind === 'result')) return parts;
  return [
    {
      kind: 'result',
      ...(id === undefined ? {} : { id }),
      ...(name === undefined ? {} : { name }),
      value: toPlainContent(content),
    },
  ];
}

function parseContent(content: unknown): readonly Block[] {
  if (content === null || content === undefined || content === '') return [];
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  if (Array.isArray(content)) return content.map((part) => parseBlock(part));
  return [isFields(content) ? parseBlock(content) : { kind: 'json', value: content }];
}
