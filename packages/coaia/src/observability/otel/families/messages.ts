/** Conversations: span events, indexed attributes, and message lists with system instructions. */
import { isObject } from '#base';
import { toContent } from '../content.ts';
import type { OtlpEvent } from '../model.ts';
import type { SpanView } from '../span-view.ts';
import { toNested } from '../nested.ts';

const INPUT_EVENT = /^gen_ai\.(system|user|assistant|tool)\.message$/;
const CHOICE_EVENT = 'gen_ai.choice';
const DETAILS_EVENT = 'gen_ai.client.inference.operation.details';

/** Names of span events that carry content; they are not kept a second time. */
export function isContentEvent(name: string): boolean {
  return (
    INPUT_EVENT.test(name) ||
    name === CHOICE_EVENT ||
    name === DETAILS_EVENT ||
    name === 'gen_ai.content.prompt' ||
    name === 'gen_ai.content.completion'
  );
}

/** One message per event of the first GenAI conventions. */
export function readInputEvents(view: SpanView): unknown {
  const found = view.span.events.filter((event) => INPUT_EVENT.test(event.name));
  return found.length === 0
    ? undefined
    : found.map((event) => ({ role: event.name.split('.')[1], ...toMembers(event) }));
}

export function readChoiceEvents(view: SpanView): unknown {
  const found = view.span.events.filter((event) => event.name === CHOICE_EVENT).map(toMembers);
  return found.length > 1 ? found : found[0];
}

/** The later conventions put all content into one event. */
export function readInputDetails(view: SpanView): unknown {
  const attributes = view.span.events.find((event) => event.name === DETAILS_EVENT)?.attributes;
  if (attributes === undefined) return undefined;
  return withSystem(
    attributes['gen_ai.system_instructions'],
    toContent(attributes['gen_ai.input.messages']),
  );
}

export function readOutputDetails(view: SpanView): unknown {
  const event = view.span.events.find((item) => item.name === DETAILS_EVENT);
  return toContent(event?.attributes['gen_ai.output.messages']);
}

export function readPromptEvent(view: SpanView): unknown {
  return readContentEvent(view, 'gen_ai.content.prompt', 'gen_ai.prompt');
}

export function readCompletionEvent(view: SpanView): unknown {
  return readContentEvent(view, 'gen_ai.content.completion', 'gen_ai.completion');
}

function readContentEvent(view: SpanView, name: string, key: string): unknown {
  const event = view.span.events.find((item) => item.name === name);
  if (event === undefined) return undefined;
  return key in event.attributes ? toContent(event.attributes[key]) : toMembers(event);
}

function toMembers(event: OtlpEvent): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(event.attributes).map(([key, value]) => [key, toContent(value)]),
  );
}

/** Logfire keeps the events of a call in one attribute. */
export function readLogfireInput(view: SpanView): unknown {
  const found = listLogfireEvents(view).filter((event) => event['event.name'] !== CHOICE_EVENT);
  return found.length === 0 ? undefined : found;
}

export function readLogfireChoice(view: SpanView): unknown {
  return listLogfireEvents(view).find((event) => event['event.name'] === CHOICE_EVENT);
}

function listLogfireEvents(view: SpanView): readonly Record<string, unknown>[] {
  const events = toContent(view.get('events'));
  return Array.isArray(events) ? events.filter(isObject) : [];
}

/** `gen_ai.prompt.0.role` and so on; the bare name may hold the whole prompt. */
export function readIndexedPrompt(view: SpanView): unknown {
  return readIndexed(view, 'gen_ai.prompt');
}

export function readIndexedCompletion(view: SpanView): unknown {
  return readIndexed(view, 'gen_ai.completion');
}

export function readLlmInput(view: SpanView): unknown {
  return readIndexed(view, 'llm.input_messages');
}

export function readLlmOutput(view: SpanView): unknown {
  return readIndexed(view, 'llm.output_messages');
}

function readIndexed(view: SpanView, name: string): unknown {
  const whole = view.get(name);
  if (whole !== undefined) return toContent(whole);
  const found = view.listWithPrefix(`${name}.`);
  return found.length === 0 ? undefined : toNested(found);
}

export function readInputMessages(view: SpanView): unknown {
  const messages = toContent(view.get('gen_ai.input.messages'));
  return withSystem(view.get('gen_ai.system_instructions'), messages);
}

export function readPydanticMessages(view: SpanView): unknown {
  const messages = toContent(view.get('pydantic_ai.all_messages'));
  return messages === undefined
    ? undefined
    : withSystem(view.get('gen_ai.system_instructions'), messages);
}

/** System instructions in front of the messages, unless the messages begin with their own. */
function withSystem(instructions: unknown, messages: unknown): unknown {
  const system = toSystemMessages(toContent(instructions));
  if (system.length === 0) return messages;
  if (messages === undefined) return system;
  if (!Array.isArray(messages)) return [...system, { role: 'user', content: messages }];
  const own = messages.some((message) => isObject(message) && message['role'] === 'system');
  return own ? messages : [...system, ...(messages as unknown[])];
}

/** Complete messages are kept one by one; text parts are joined into one message. */
function toSystemMessages(value: unknown): readonly Record<string, unknown>[] {
  if (typeof value === 'string' && value !== '') return [{ role: 'system', content: value }];
  const items: readonly unknown[] = isObject(value) ? [value] : toList(value);
  if (items.length > 0 && items.every((item) => isObject(item) && Array.isArray(item['parts']))) {
    return (items as readonly Record<string, unknown>[]).map((item) => ({
      ...item,
      role: typeof item['role'] === 'string' ? item['role'] : 'system',
    }));
  }
  const texts = items.flatMap(toTexts);
  return texts.length === 0 ? [] : [{ role: 'system', content: texts.join('\n') }];
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function toTexts(item: unknown): readonly string[] {
  if (typeof item === 'string') return [item];
  if (!isObject(item)) return [];
  if (Array.isArray(item['parts'])) return item['parts'].flatMap(toTexts);
  const text = item['content'] ?? item['text'];
  return typeof text === 'string' ? [text] : [];
}
