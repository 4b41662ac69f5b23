import { Button } from '../../../ui/button.tsx';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '../../../ui/icons.ts';
import { TextAreaField, TextField } from '../../../ui/form/fields.tsx';
import { words } from '../messages.ts';
import { createPart, type DraftPart } from './draft.ts';

const part = words.editor;
const roles = ['system', 'developer', 'user', 'assistant', 'tool'];

/** The messages and placeholders of a chat: write, move, remove, add. */
export function ChatEditor({
  parts,
  onChange,
}: {
  readonly parts: readonly DraftPart[];
  readonly onChange: (parts: readonly DraftPart[]) => void;
}) {
  const last = parts.at(-1);
  const next = last?.role === 'user' ? 'assistant' : 'user';
  const move = (from: number, to: number) => {
    const moved = parts[from];
    if (moved === undefined || to < 0 || to >= parts.length) return;
    onChange(parts.toSpliced(from, 1).toSpliced(to, 0, moved));
  };
  return (
    <div>
      <ol className="space-y-3">
        {parts.map((one, index) => (
          <li key={one.key} className="rounded-lg border border-line p-3">
            <ChatPart
              part={one}
              index={index}
              count={parts.length}
              onChange={(changed) => onChange(parts.with(index, changed))}
              onMove={(to) => move(index, to)}
              onRemove={() => onChange(parts.toSpliced(index, 1))}
            />
          </li>
        ))}
      </ol>
      <div className="mt-3 flex gap-2">
        <Button onClick={() => onChange([...parts, createPart(next)])}>
          <IconPlus size={14} />
          {part.addMessage}
        </Button>
        <Button onClick={() => onChange([...parts, createPart('', '', true)])}>
          <IconPlus size={14} />
          {part.addPlaceholder}
        </Button>
      </div>
    </div>
  );
}

function ChatPart({
  part: one,
  index,
  count,
  onChange,
  onMove,
  onRemove,
}: {
  readonly part: DraftPart;
  readonly index: number;
  readonly count: number;
  readonly onChange: (part: DraftPart) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}) {
  const name = part.messageAt(index + 1);
  return (
    <div role="group" aria-label={name}>
      <div className="flex items-end gap-2">
        <TextField
          className="min-w-0 flex-1"
          label={one.isPlaceholder ? part.placeholderName : part.role}
          value={one.isPlaceholder ? one.text : one.role}
          mono={one.isPlaceholder}
          {...(one.isPlaceholder ? {} : { options: roles })}
          onChange={(text) =>
            onChange(one.isPlaceholder ? { ...one, text } : { ...one, role: text })
          }
        />
        <div className="flex">
          <Button
            tone="ghost"
            square
            label={`${part.up}: ${name}`}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          >
            <IconArrowUp size={14} />
          </Button>
          <Button
            tone="ghost"
            square
            label={`${part.down}: ${name}`}
            disabled={index === count - 1}
            onClick={() => onMove(index + 1)}
          >
            <IconArrowDown size={14} />
          </Button>
          <Button tone="ghost" square label={`${part.remove}: ${name}`} onClick={onRemove}>
            <IconTrash size={14} />
          </Button>
        </div>
      </div>
      {one.isPlaceholder ? null : (
        <TextAreaField
          className="mt-2"
          label={part.content}
          value={one.text}
          rows={3}
          onChange={(text) => onChange({ ...one, text })}
        />
      )}
    </div>
  );
}
