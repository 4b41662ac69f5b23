import type { Observation, Prompt } from '@coaia/client';
import { toJsonText } from '../../lib/json-text.ts';
import { parseMessages } from '../../observability/trace/detail/parse-messages.ts';
import type { Block, Message } from '../../observability/trace/detail/message.ts';
import { createKey, createMessage, noParameters, roles } from './draft.ts';
import type { Column, DraftMessage, ParameterTexts, Role } from './draft.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A column that starts from a version of a stored prompt; its config may name model, parameters and tools. */
export function toPromptColumn(prompt: Prompt): Partial<Column> {
  const { name, version, type, config } = prompt;
  const messages =
    typeof prompt.prompt === 'string'
      ? [createMessage('user', prompt.prompt)]
      : prompt.prompt.map((part) =>
          'content' in part
            ? createMessage(toRole(part.role), part.content)
            : createMessage('placeholder', part.name),
        );
  return { prompt: { name, version }, type, messages, ...fromConfig(config) };
}

function fromConfig(config: unknown): Partial<Column> {
  if (!isFields(config)) return {};
  const format = config['response_format'];
  const schema = isFields(format) && isFields(format['json_schema']) ? format['json_schema'] : {};
  return {
    ...(typeof config['model'] === 'string' ? { model: config['model'] } : {}),
    ...(typeof config['provider'] === 'string' ? { provider: config['provider'] } : {}),
    ...(Array.isArray(config['tools']) ? { tools: toJsonText(config['tools']) } : {}),
    ...(isFields(schema['schema']) ? { schema: toJsonText(schema['schema']) } : {}),
    parameters: toTexts(config),
  };
}

/** A column that starts from a recorded call, with everything it said about itself. */
export function toCallColumn(observation: Observation): Partial<Column> {
  const { input, model, modelParameters, metadata, promptName, promptVersion } = observation;
  const about = isFields(metadata) ? metadata : {};
  const { provider, response_format: format } = about;
  const isNamed = typeof promptName === 'string' && typeof promptVersion === 'number';
  return {
    prompt: isNamed ? { name: promptName, version: promptVersion } : null,
    type: 'chat',
    messages: toMessages(input),
    model: model ?? '',
    provider: typeof provider === 'string' ? provider : '',
    parameters: isFields(modelParameters) ? toTexts(modelParameters) : noParameters,
    tools: toMemberText(input, 'tools'),
    schema: toMemberText(format, 'schema'),
  };
}

/** A member of an object as JSON; nothing when there is none. */
function toMemberText(value: unknown, name: string): string {
  return isFields(value) ? toJsonText(value[name]) : '';
}

function toMessages(input: unknown): readonly DraftMessage[] {
  const messages = parseMessages(input)?.map(toDraft);
  if (messages !== undefined && messages.length > 0) return messages;
  const text = typeof input === 'string' ? input : toJsonText(input ?? undefined);
  return [createMessage('user', text)];
}

function toDraft({ role, blocks }: Message): DraftMessage {
  const calls = blocks.flatMap((block) => (block.kind === 'call' ? [toCall(block)] : []));
  const result = blocks.find((block) => block.kind === 'result');
  const text = blocks.map(toText).filter(Boolean).join('\n');
  return {
    ...createMessage(result === undefined ? toRole(role) : 'tool', text),
    ...(calls.length === 0 ? {} : { calls: toJsonText(calls) }),
    ...(result?.id === undefined ? {} : { callId: result.id }),
  };
}

function toCall({ id, name, args }: Extract<Block, { readonly kind: 'call' }>) {
  const text = typeof args === 'string' ? args : JSON.stringify(args ?? {});
  return { id: id ?? createKey(), type: 'function', function: { name, arguments: text } };
}

// Thoughts and media are left out: servers do not take them back as text.
function toText(block: Block): string {
  if (block.kind === 'text') return block.text;
  if (block.kind === 'json') return toJsonText(block.value);
  if (block.kind !== 'result') return '';
  return typeof block.value === 'string' ? block.value : JSON.stringify(block.value);
}

function toRole(role: string): Role {
  return roles.find((known) => known === role) ?? 'user';
}

/** Parameters under the names of servers and of our own. */
function toTexts(fields: Fields): ParameterTexts {
  const find = (...names: readonly string[]) => {
    const value = names.map((name) => fields[name]).find((one) => typeof one === 'number');
    return value === undefined ? '' : String(value);
  };
  const stop = fields['stop'] ?? fields['stop_sequences'];
  const stops = (Array.isArray(stop) ? stop : [stop]).filter((one) => typeof one === 'string');
  return {
    temperature: find('temperature'),
    topP: find('top_p', 'topP'),
    maxTokens: find('max_tokens', 'maxTokens', 'max_completion_tokens'),
    seed: find('seed'),
    stop: stops.join('\n'),
  };
}
