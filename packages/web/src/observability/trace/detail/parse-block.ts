import type { Block } from './message.ts';

type Fields = Readonly<Record<string, unknown>>;

/** True for a plain object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of a field, or undefined. */
export function toTextOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** JSON inside a string, or the string. */
export function parseLoose(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

const withId = (id: unknown) => (typeof id === 'string' ? { id } : {});
const withName = (name: unknown) => (typeof name === 'string' ? { name } : {});

function toCall(name: unknown, args: unknown, id?: unknown): Block {
  return { kind: 'call', name: toTextOf(name) ?? 'tool', ...withId(id), args: parseLoose(args) };
}

// By the part's `type`: OpenAI (chat and responses), Anthropic, OpenTelemetry GenAI.
const readers: Readonly<Record<string, (part: Fields) => Block>> = {
  text: (part) => ({
    kind: 'text',
    text: toTextOf(part['text']) ?? toTextOf(part['content']) ?? '',
  }),
  input_text: (part) => ({ kind: 'text', text: toTextOf(part['text']) ?? '' }),
  output_text: (part) => ({ kind: 'text', text: toTextOf(part['text']) ?? '' }),
  refusal: (part) => ({ kind: 'text', text: toTextOf(part['refusal']) ?? '' }),
  thinking: (part) => ({ kind: 'thinking', text: toTextOf(part['thinking']) ?? '' }),
  reasoning: (part) => ({
    kind: 'thinking',
    text: toTextOf(part['text']) ?? toTextOf(part['content']) ?? '',
  }),
  tool_use: (part) => toCall(part['name'], part['input'], part['id']),
  tool_call: (part) => toCall(part['name'], part['arguments'], part['id']),
  function_call: (part) => toCall(part['name'], part['arguments'], part['call_id']),
  tool_result: (part) => ({
    kind: 'result',
    ...withId(part['tool_use_id']),
    value: toPlainContent(part['content']),
  }),
  tool_call_response: (part) => ({
    kind: 'result',
    ...withId(part['id']),
    value: parseLoose(part['response'] ?? part['result']),
  }),
  function_call_output: (part) => ({
    kind: 'result',
    ...withId(part['call_id']),
    value: parseLoose(part['output']),
  }),
  image_url: () => ({ kind: 'media', label: 'image' }),
  input_image: () => ({ kind: 'media', label: 'image' }),
  image: () => ({ kind: 'media', label: 'image' }),
  input_audio: () => ({ kind: 'media', label: 'audio' }),
  file: () => ({ kind: 'media', label: 'file' }),
  document: () => ({ kind: 'media', label: 'document' }),
};

/** One part of a content array; a part of an unknown shape stays JSON. */
export function parseBlock(part: unknown): Block {
  if (typeof part === 'string') return { kind: 'text', text: part };
  if (!isFields(part)) return { kind: 'json', value: part };
  const type = toTextOf(part['type']);
  const reader = type === undefined ? undefined : readers[type];
  if (reader !== undefined) return reader(part);
  return parseGeminiPart(part) ?? { kind: 'json', value: part };
}

function parseGeminiPart(part: Fields): Block | undefined {
  if (typeof part['text'] === 'string') {
    return { kind: part['thought'] === true ? 'thinking' : 'text', text: part['text'] };
  }
  const call = part['functionCall'] ?? part['function_call'];
  if (isFields(call)) return toCall(call['name'], call['args']);
  const answer = part['functionResponse'] ?? part['function_response'];
  if (isFields(answer))
    return { kind: 'result', ...withName(answer['name']), value: answer['response'] };
  const media = part['inlineData'] ?? part['inline_data'] ?? part['fileData'];
  if (isFields(media))
    return {
      kind: 'media',
      label: toTextOf(media['mimeType']) ?? toTextOf(media['mime_type']) ?? 'media',
    };
  return undefined;
}

/** OpenAI's `tool_calls`, LangChain's too. */
export function parseToolCalls(value: unknown): readonly Block[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((one) => isFields(one))
    .map((one) => {
      const inner = isFields(one['function']) ? one['function'] : one;
      return toCall(
        inner['name'],
        inner['arguments'] ?? inner['args'] ?? inner['input'],
        one['id'],
      );
    });
}

/** Content that is only text parts, as one text; otherwise as it is. */
export function toPlainContent(content: unknown): unknown {
  if (!Array.isArray(content)) return parseLoose(content);
  const blocks = content.map((part) => parseBlock(part));
  const texts = blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
  return texts.length === blocks.length ? parseLoose(texts.join('\n')) : content;
}
