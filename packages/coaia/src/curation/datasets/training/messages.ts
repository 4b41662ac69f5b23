/** An item as a conversation: what a model is shown and what it should answer. */
import { isObject } from '#base';

export interface Message {
  readonly role: string;
  readonly content: string;
}

/** One example of a training file. */
export interface Example {
  readonly id: string;
  /** System and user messages, perhaps with earlier turns. */
  readonly prompt: readonly Message[];
  readonly answer: readonly Message[];
}

export const DEFAULT_SYSTEM = 'You are a helpful assistant';

/**
 * Builds the example. A text stays as it is, a chat (`[{role, content}]`) becomes its messages, anything else
 * compact JSON. The system instruction stands first: the given one in place of the chat's own, else the chat's
 * own, else the default.
 */
export function toExample(
  id: string,
  input: unknown,
  output: unknown,
  system: string | undefined,
): Example {
  const messages = toMessages(input, 'user');
  const own = messages.filter(({ role }) => role === 'system');
  const rest = messages.filter(({ role }) => role !== 'system');
  const first =
    system === undefined && own.length > 0
      ? own
      : [{ role: 'system', content: system ?? DEFAULT_SYSTEM }];
  return { id, prompt: [...first, ...rest], answer: toMessages(output, 'assistant') };
}

function toMessages(value: unknown, role: string): readonly Message[] {
  if (isMessage(value)) return [toMessage(value)];
  if (Array.isArray(value) && value.length > 0 && value.every(isMessage))
    return value.map(toMessage);
  return [{ role, content: toText(value) }];
}

function isMessage(value: unknown): value is { readonly role: string; readonly content: unknown } {
  return isObject(value) && typeof value['role'] === 'string' && 'content' in value;
}

function toMessage(value: { readonly role: string; readonly content: unknown }): Message {
  const role = value.role === 'developer' ? 'system' : value.role;
  return { role: role === 'model' ? 'assistant' : role, content: toText(value.content) };
}

/** Texts as they are, parts of text joined, anything else as compact JSON. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.length > 0 && value.every(isTextPart))
    return value.map(({ text }) => text).join('\n');
  return JSON.stringify(value ?? null);
}

function isTextPart(value: unknown): value is { readonly text: string } {
  return isObject(value) && value['type'] === 'text' && typeof value['text'] === 'string';
}
