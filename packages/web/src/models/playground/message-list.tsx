import { useId } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconArrowUp, IconPlus, IconTrash } from '../../ui/icons.ts';
import { createMessage, roles } from './draft.ts';
import type { Column, DraftMessage } from './draft.ts';
import { words } from './messages.ts';

interface ListProps {
  readonly column: Column;
  readonly write: (change: (column: Column) => Partial<Column>) => void;
}

/** The messages of a column; a text prompt has one without a role. */
export function MessageList({ column, write }: ListProps) {
  const { messages, type } = column;
  const change = (id: string, part: Partial<DraftMessage>) =>
    write((now) => ({
      messages: now.messages.map((one) => (one.id === id ? { ...one, ...part } : one)),
    }));
  const add = (role: DraftMessage['role']) =>
    write((now) => ({ messages: [...now.messages, createMessage(role)] }));
  if (type === 'text') {
    const [message] = messages;
    if (message === undefined) return null;
    return (
      <MessageText
        className="mt-3"
        label={words.text}
        value={message.text}
        rows={6}
        onChange={(text) => change(message.id, { text })}
      />
    );
  }
  return (
    <div className="mt-3 space-y-2">
      {messages.map((message, index) => (
        <MessageCard
          key={message.id}
          message={message}
          onChange={(part) => change(message.id, part)}
          onUp={index === 0 ? undefined : () => write((now) => moveUp(now, index))}
          onRemove={() =>
            write((now) => ({ messages: now.messages.filter(({ id }) => id !== message.id) }))
          }
        />
      ))}
      <div className="flex gap-1">
        <Button tone="ghost" onClick={() => add(toNextRole(messages))}>
          <IconPlus size={14} />
          {words.addMessage}
        </Button>
        <Button tone="ghost" onClick={() => add('placeholder')}>
          <IconPlus size={14} />
          {words.addPlaceholder}
        </Button>
      </div>
    </div>
  );
}

function toNextRole(messages: readonly DraftMessage[]): DraftMessage['role'] {
  return messages.at(-1)?.role === 'user' ? 'assistant' : 'user';
}

function moveUp({ messages }: Column, index: number): Partial<Column> {
  const moved = messages[index];
  if (moved === undefined) return {};
  const others = messages.toSpliced(index, 1);
  return { messages: others.toSpliced(index - 1, 0, moved) };
}

function MessageCard({
  message,
  onChange,
  onUp,
  onRemove,
}: {
  readonly message: DraftMessage;
  readonly onChange: (part: Partial<DraftMessage>) => void;
  readonly onUp: (() => void) | undefined;
  readonly onRemove: () => void;
}) {
  const { role, text, calls, callId } = message;
  const isPlaceholder = role === 'placeholder';
  return (
    <div
      data-message={role}
      className="rounded-md border border-field bg-bg focus-within:border-accent"
    >
      <div className="flex h-8 items-center gap-1 border-b border-line pr-1 pl-1">
        <RoleSelect role={role} onChange={(next) => onChange({ role: next })} />
        <span className="flex-1 truncate text-xs text-muted">
          {callId === undefined ? null : `${words.callId} ${callId}`}
        </span>
        {onUp === undefined ? null : (
          <Button tone="ghost" square label={words.moveUp} onClick={onUp}>
            <IconArrowUp size={14} />
          </Button>
        )}
        <Button tone="ghost" square label={words.removeMessage} onClick={onRemove}>
          <IconTrash size={14} />
        </Button>
      </div>
      <MessageText
        bare
        label={isPlaceholder ? words.placeholderName : words.message(role)}
        value={text}
        rows={isPlaceholder ? 1 : 2}
        onChange={(next) =>
          onChange({ text: isPlaceholder ? next.replaceAll(/[^\w.-]/g, '') : next })
        }
      />
      {calls === undefined ? null : (
        <MessageText
          bare
          className="border-t border-line font-mono text-xs"
          label={words.calls}
          value={calls}
          rows={3}
          onChange={(next) => onChange({ calls: next })}
        />
      )}
    </div>
  );
}

function RoleSelect({
  role,
  onChange,
}: {
  readonly role: DraftMessage['role'];
  readonly onChange: (role: DraftMessage['role']) => void;
}) {
  return (
    <select
      aria-label={words.role}
      value={role}
      className="h-6 rounded-sm bg-transparent px-1 text-xs font-medium text-muted hover:bg-hover"
      onChange={(event) => onChange(event.target.value as DraftMessage['role'])}
    >
      {[...roles, 'placeholder' as const].map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  );
}

function MessageText({
  label,
  value,
  rows,
  bare = false,
  className = '',
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly rows: number;
  /** Without an edge of its own. */
  readonly bare?: boolean;
  readonly className?: string;
  readonly onChange: (text: string) => void;
}) {
  const id = useId();
  return (
    <textarea
      id={id}
      aria-label={label}
      value={value}
      rows={rows}
      placeholder={words.write}
      spellCheck={false}
      className={`field-sizing-content block max-h-[50vh] w-full resize-none px-2.5 py-2 leading-normal placeholder:text-faint ${
        bare ? 'rounded-b-md bg-transparent outline-none' : 'rounded-md border border-field bg-bg'
      } ${className}`}
      style={{ minHeight: `${rows * 19 + 16}px` }}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
