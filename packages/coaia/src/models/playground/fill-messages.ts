/** Messages with their placeholders and `{{variables}}` filled in. */
import { invalidRequest } from '#base';
import type { ChatMessage, ChatPart, PlaygroundMessage } from '@coaia/client';

/** The same names as in stored prompts. */
const VARIABLE = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/g;

export interface Values {
  readonly variables: Readonly<Record<string, string>>;
  readonly placeholders: Readonly<Record<string, readonly ChatMessage[]>>;
}

/**
 * Puts the values in. Messages that take the place of a placeholder are left as they are: they were said, not
 * written as a template. Fails with COAIA-0002 when something has no value.
 */
export function fillMessages(
  messages: readonly PlaygroundMessage[],
  values: Values,
): readonly ChatMessage[] {
  const missing = new Set<string>();
  const fill = (text: string) =>
    text.replaceAll(VARIABLE, (tag, name: string) => {
      if (Object.hasOwn(values.variables, name)) return values.variables[name] ?? tag;
      missing.add(name);
      return tag;
    });
  const filled = messages.flatMap((message): readonly ChatMessage[] => {
    if ('role' in message) return [{ ...message, content: fillContent(message.content, fill) }];
    const given = Object.hasOwn(values.placeholders, message.name)
      ? values.placeholders[message.name]
      : undefined;
    if (given === undefined) missing.add(message.name);
    return given ?? [];
  });
  if (missing.size === 0) return filled;
  throw invalidRequest(
    `These have no value: ${[...missing].join(', ')}. Nothing was sent to the model.`,
    { missing: [...missing] },
  );
}

function fillContent(
  content: ChatMessage['content'],
  fill: (text: string) => string,
): ChatMessage['content'] {
  if (content === null) return null;
  if (typeof content === 'string') return fill(content);
  return content.map((part): ChatPart => {
    const text = part['text'];
    return typeof text === 'string' ? { ...part, text: fill(text) } : part;
  });
}
