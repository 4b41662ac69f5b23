/** What would be sent, for a dry run. */
import { invalidRequest } from '#base';
import type { PlaygroundMessage, PlaygroundRun } from '@coaia/client';

/** The messages as they would be sent. Throws COAIA-0002 for variables without a value. */
export function fillIn(run: PlaygroundRun) {
  const missing = new Set<string>();
  const fill = (text: string) =>
    text.replaceAll(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g, (tag, name: string) => {
      const value = run.variables?.[name];
      if (value === undefined) missing.add(name);
      return value ?? tag;
    });
  const messages = run.messages.flatMap((message): readonly PlaygroundMessage[] => {
    if (!('role' in message)) return run.placeholders?.[message.name] ?? [message];
    return [
      typeof message.content === 'string'
        ? { ...message, content: fill(message.content) }
        : message,
    ];
  });
  if (missing.size > 0)
    throw invalidRequest(
      `These have no value: ${[...missing].join(', ')}.`,
      undefined,
      '--var NAME=VALUE',
    );
  return { model: run.model, messages, parameters: run.parameters };
}
