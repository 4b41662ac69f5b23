import { toAbsolute } from '../../lib/time.ts';
import type { Block } from '../trace/detail/message.ts';
import { toSpokenBlocks } from './spoken.ts';
import type { SessionRow, SessionTurn } from './sessions-query.ts';
import { words } from './messages.ts';

/** The forms a conversation can be saved in. */
export type SessionForm = 'json' | 'markdown';

/** A conversation with all its turns. */
export interface WholeSession {
  readonly session: SessionRow;
  readonly turns: readonly SessionTurn[];
}

/** The conversation as one text: the API's JSON, or Markdown to read. */
export function toSessionText(form: SessionForm, whole: WholeSession): string {
  if (form === 'json') return `${JSON.stringify(whole, null, 2)}\n`;
  const { session, turns } = whole;
  const parts = turns.map((turn, index) => {
    const who = turn.userId ?? words.user;
    return [
      `## ${words.turn(index + 1)} · ${toAbsolute(turn.timestamp, true)}`,
      `**${who}**`,
      toBlocksText(toSpokenBlocks(turn.input, 'user')),
      `**${words.assistant}**`,
      toBlocksText(toSpokenBlocks(turn.output, 'assistant')),
    ].join('\n\n');
  });
  return `${[`# ${session.id}`, ...parts].join('\n\n')}\n`;
}

/** What was said, as plain text. */
export function toBlocksText(blocks: readonly Block[]): string {
  return blocks.map((block) => toBlockText(block)).join('\n\n');
}

function toBlockText(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'thinking':
      return block.text;
    case 'media':
      return `[${block.label}]`;
    case 'call':
      return toFence({ [block.name ?? 'call']: block.args });
    case 'result':
      return toFence({ [block.name ?? 'result']: block.value });
    case 'json':
      return toFence(block.value);
  }
}

function toFence(value: unknown): string {
  return ['```json', JSON.stringify(value, null, 2) ?? 'null', '```'].join('\n');
}
