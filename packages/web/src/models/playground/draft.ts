import type { ChatMessage, ChatParameters, PlaygroundMessage } from '@coaia/client';
import { parseJsonText } from '../../lib/json-text.ts';

/** The roles that can be chosen. */
export const roles = ['system', 'user', 'assistant', 'tool', 'developer'] as const;

/** Who speaks. */
export type Role = (typeof roles)[number];

/** One message as it is edited. */
export interface DraftMessage {
  readonly id: string;
  /** `placeholder`: the text is its name. */
  readonly role: Role | 'placeholder';
  /** The text; with `isJson` the content as JSON, for parts that are more than text. */
  readonly text: string;
  readonly isJson?: boolean;
  /** Calls of an assistant, as JSON. */
  readonly calls?: string;
  /** The call that a tool answers. */
  readonly callId?: string;
}

/** What stands in the fields of a model; texts, so that half a number can be typed. */
export interface ParameterTexts {
  readonly temperature: string;
  readonly topP: string;
  readonly maxTokens: string;
  readonly seed: string;
  readonly stop: string;
}

/** The numbers among them, and where each must lie. */
export const limits = {
  temperature: { min: 0, max: 2, isWhole: false },
  topP: { min: 0, max: 1, isWhole: false },
  maxTokens: { min: 1, max: 10_000_000, isWhole: true },
  seed: { min: -(2 ** 31), max: 2 ** 31, isWhole: true },
} as const;

/** One side of the comparison. */
export interface Column {
  readonly id: string;
  /** The stored version it came from. */
  readonly prompt: { readonly name: string; readonly version: number } | null;
  /** A text is one message of the user. */
  readonly type: 'text' | 'chat';
  readonly messages: readonly DraftMessage[];
  readonly provider: string;
  readonly model: string;
  readonly parameters: ParameterTexts;
  /** JSON, or nothing. */
  readonly tools: string;
  readonly schema: string;
}

/** Everything that is typed on the page. */
export interface Draft {
  /** Where it came from; see `toSource`. */
  readonly source: string;
  readonly columns: readonly Column[];
  readonly variables: Readonly<Record<string, string>>;
  /** Messages as JSON by the name of their placeholder. */
  readonly placeholders: Readonly<Record<string, string>>;
  readonly repetitions: number;
}

/** The most columns side by side, and the most repetitions of a run. */
export const mostColumns = 4;
export const mostRepetitions = 20;

/** No parameter is set, so the server's defaults hold. */
export const noParameters: ParameterTexts = {
  temperature: '',
  topP: '',
  maxTokens: '',
  seed: '',
  stop: '',
};

let counter = 0;

/** A key for React that is new in this page. */
export function createKey(): string {
  counter += 1;
  return `k${Date.now().toString(36)}${counter}`;
}

/** A message. */
export function createMessage(role: DraftMessage['role'], text = ''): DraftMessage {
  return { id: createKey(), role, text };
}

/** A column with nothing in it. */
export function createColumn(change: Partial<Column> = {}): Column {
  return {
    id: createKey(),
    prompt: null,
    type: 'chat',
    messages: [createMessage('system'), createMessage('user')],
    provider: '',
    model: '',
    parameters: noParameters,
    tools: '',
    schema: '',
    ...change,
  };
}

/** The same column once more, to change one thing and compare. */
export function copyColumn(column: Column): Column {
  const messages = column.messages.map((message) => ({ ...message, id: createKey() }));
  return { ...column, id: createKey(), messages };
}

/** A page with one blank column. */
export function createDraft(source = '', column = createColumn()): Draft {
  return { source, columns: [column], variables: {}, placeholders: {}, repetitions: 1 };
}

const variable = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/g;

/** Names of the `{{variables}}` in all columns, in order of their first use. */
export function findVariables(columns: readonly Column[]): readonly string[] {
  const names = columns.flatMap(({ messages }) =>
    messages
      .filter(({ role }) => role !== 'placeholder')
      .flatMap(({ text }) => [...text.matchAll(variable)].map(([, name = '']) => name)),
  );
  return [...new Set(names)];
}

/** Names of the placeholders in all columns. */
export function findPlaceholders(columns: readonly Column[]): readonly string[] {
  const names = columns.flatMap(({ messages }) =>
    messages.filter(({ role, text }) => role === 'placeholder' && text !== ''),
  );
  return [...new Set(names.map(({ text }) => text))];
}

/** Why a field's number cannot be used; undefined when it can, or when the field is empty. */
export function findFault(name: keyof typeof limits, text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const { min, max, isWhole } = limits[name];
  const value = Number(text);
  if (Number.isNaN(value) || (isWhole && !Number.isInteger(value)))
    return isWhole ? 'A whole number' : 'A number';
  return value < min || value > max ? `From ${min} to ${max}` : undefined;
}

/** The parameters that are set. */
export function toParameters(texts: ParameterTexts): ChatParameters | undefined {
  const names = Object.keys(limits) as (keyof typeof limits)[];
  const numbers = names
    .filter((name) => texts[name].trim() !== '')
    .map((name) => [name, Number(texts[name])] as const);
  const stop = texts.stop.split('\n').filter((line) => line !== '');
  if (numbers.length + stop.length === 0) return undefined;
  return { ...Object.fromEntries(numbers), ...(stop.length === 0 ? {} : { stop }) };
}

/** A message as it is sent. Throws TypeError when a part of it is no JSON. */
export function toPlaygroundMessage(message: DraftMessage): PlaygroundMessage {
  const { role, text, isJson, calls, callId } = message;
  if (role === 'placeholder') return { type: 'placeholder', name: text };
  const content = isJson === true ? (readJson(text) as ChatMessage['content']) : text;
  return {
    role,
    content: content ?? null,
    ...(calls === undefined || calls === ''
      ? {}
      : { tool_calls: readJson(calls) as ChatMessage['tool_calls'] }),
    ...(callId === undefined || callId === '' ? {} : { tool_call_id: callId }),
  };
}

/** JSON that somebody typed. Throws TypeError with the place of the fault. */
export function readJson(text: string): unknown {
  const reading = parseJsonText(text);
  if (reading.ok) return reading.value;
  throw new TypeError(reading.message);
}
