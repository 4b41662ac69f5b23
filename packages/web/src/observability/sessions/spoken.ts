import type { Block } from '../trace/detail/message.ts';
import { parseMessages } from '../trace/detail/parse-messages.ts';
import { findOnlyText } from '../traces/preview.ts';

/** The last turn of a role in a chat, or the value itself as one block. */
export function toSpokenBlocks(value: unknown, role: 'user' | 'assistant'): readonly Block[] {
  if (value === null || value === undefined || value === '') return [];
  const messages = parseMessages(value);
  const last = messages?.findLast((message) => message.role === role) ?? messages?.at(-1);
  if (last !== undefined) return last.blocks;
  const text = typeof value === 'string' ? value : findOnlyText(value);
  return text === undefined ? [{ kind: 'json', value }] : [{ kind: 'text', text }];
}
