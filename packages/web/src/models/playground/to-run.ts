import type { ChatMessage, ChatTool, PlaygroundRun } from '@coaia/client';
import {
  findFault,
  findPlaceholders,
  findVariables,
  limits,
  readJson,
  toParameters,
  toPlaygroundMessage,
  type Column,
  type Draft,
} from './draft.ts';
import { words } from './messages.ts';

/** What a column asks of the server, or why it cannot be asked yet. */
export type RunOrFault =
  | { readonly ok: true; readonly run: PlaygroundRun }
  | { readonly ok: false; readonly fault: string };

/** The call of a column with the values of the page. */
export function toRun(draft: Draft, column: Column): RunOrFault {
  const fault = findColumnFault(column);
  if (fault !== undefined) return { ok: false, fault };
  try {
    return { ok: true, run: toCall(draft, column) };
  } catch (error) {
    return { ok: false, fault: (error as Error).message };
  }
}

function findColumnFault(column: Column): string | undefined {
  if (column.model.trim() === '') return words.fault.model;
  const isEmpty = column.messages.every(
    ({ text, calls = '' }) => text.trim() === '' && calls.trim() === '',
  );
  if (isEmpty) return words.fault.empty;
  const names = Object.keys(limits) as (keyof typeof limits)[];
  const wrong = names.find((name) => findFault(name, column.parameters[name]) !== undefined);
  return wrong === undefined ? undefined : words.fault.parameter(words.parameters[wrong]);
}

function toCall(draft: Draft, column: Column): PlaygroundRun {
  // An empty system message says nothing; an empty user message may be meant.
  const messages = column.messages.filter(
    ({ role, text }) => role !== 'system' || text.trim() !== '',
  );
  const tools = readPart(words.tools, column.tools) as readonly ChatTool[] | undefined;
  const schema = readPart(words.schema, column.schema) as PlaygroundRun['schema'];
  if (tools !== undefined && !Array.isArray(tools)) throw new TypeError(words.fault.tools);
  if (schema !== undefined && (typeof schema !== 'object' || Array.isArray(schema)))
    throw new TypeError(words.fault.schema);
  const { prompt, provider, model, parameters } = column;
  return {
    model: model.trim(),
    messages: messages.map(toPlaygroundMessage),
    ...toValues(draft, column),
    ...(provider === '' ? {} : { provider }),
    ...(prompt === null ? {} : { prompt }),
    ...(tools === undefined ? {} : { tools }),
    ...(schema === undefined ? {} : { schema }),
    parameters: toParameters(parameters),
  };
}

function toValues(draft: Draft, column: Column) {
  const variables = findVariables([column]).flatMap((name) => {
    const value = draft.variables[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const placeholders = findPlaceholders([column]).map((name) => {
    const given = readPart(name, draft.placeholders[name] ?? '') ?? [];
    if (!Array.isArray(given)) throw new TypeError(words.fault.placeholder(name));
    return [name, given as readonly ChatMessage[]] as const;
  });
  return {
    ...(variables.length === 0 ? {} : { variables: Object.fromEntries(variables) }),
    ...(placeholders.length === 0 ? {} : { placeholders: Object.fromEntries(placeholders) }),
  };
}

function readPart(name: string, text: string): unknown {
  try {
    return readJson(text);
  } catch (error) {
    throw new TypeError(`${name}: ${(error as Error).message}`, { cause: error });
  }
}
