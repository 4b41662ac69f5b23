import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { createPortal } from 'react-dom';
import { Button } from '../../../ui/button.tsx';
import { words } from '../messages.ts';
import { useCheckedItem } from '../use-checked-item.ts';
import { ValueField } from '../value-field.tsx';
import { parseEdit, toEditText, toValueForm } from '../value-text.ts';
import { itemFields, toFieldName, type EditedCell, type ItemField } from './item-field.ts';

interface CellEditorProps {
  readonly project: string;
  readonly cell: EditedCell;
  /** Stores the value; what goes wrong comes back as a sentence. */
  readonly onSave: (cell: EditedCell, value: unknown) => Promise<string | undefined>;
  /** Goes on to another cell of the item. */
  readonly onMove: (field: ItemField) => void;
  readonly onClose: () => void;
}

/** Edits one cell at its place in the list. Ctrl+Enter saves, Tab saves and goes on, Escape leaves. */
export function CellEditor({ project, cell, onSave, onMove, onClose }: CellEditorProps) {
  const { item, field } = cell;
  const place = usePlace(item.id, field);
  const input = useRef<HTMLTextAreaElement>(null);
  const [form, setForm] = useState(() => toValueForm(item[field]));
  const [text, setText] = useState(() => toEditText(item[field], toValueForm(item[field])));
  const [refused, setRefused] = useState<string>();
  const edit = parseEdit(text, form);
  const checked = useCheckedItem(
    project,
    item.datasetName,
    edit.ok && field !== 'metadata' ? { id: item.id, [field]: edit.value } : undefined,
  );
  const problem = edit.ok ? (refused ?? (checked === '' ? undefined : checked)) : edit.message;
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const save = async (next?: ItemField) => {
    if (!edit.ok) return;
    const isSame = JSON.stringify(edit.value) === JSON.stringify(item[field]);
    const fault = isSame ? undefined : await onSave(cell, edit.value);
    setRefused(fault);
    if (fault !== undefined) return;
    if (next === undefined) onClose();
    else onMove(next);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    } else if (event.key === 'Tab' && event.target === input.current) {
      const next = itemFields[itemFields.indexOf(field) + (event.shiftKey ? -1 : 1)];
      if (next === undefined) return;
      event.preventDefault();
      void save(next);
    }
  };
  return createPortal(
    <>
      {/* A click beside it saves, as in a spreadsheet; what cannot be saved stays open. */}
      <div className="fixed inset-0 z-30" aria-hidden="true" onClick={() => void save()} />
      <div
        role="dialog"
        aria-label={words.edit.title(toFieldName(field), item.id)}
        data-own-keys=""
        data-cell-editor={field}
        className="fixed z-30 rounded-lg border border-accent bg-raised p-2 shadow-float"
        style={place}
        onKeyDown={press}
      >
        <ValueField
          label={toFieldName(field)}
          text={text}
          form={form}
          error={problem}
          fieldRef={input}
          onChange={(nextText, nextForm) => {
            setText(nextText);
            setForm(nextForm);
            setRefused(undefined);
          }}
        />
        <EditorFoot
          note={checked === '' && edit.ok ? words.edit.fits : words.edit.keys}
          canSave={edit.ok}
          onSave={() => void save()}
          onClose={onClose}
        />
      </div>
    </>,
    document.body,
  );
}

function EditorFoot({
  note,
  canSave,
  onSave,
  onClose,
}: {
  readonly note: string;
  readonly canSave: boolean;
  readonly onSave: () => void;
  readonly onClose: () => void;
}) {
  return (
    <div className="mt-2 flex items-center justify-between gap-2">
      <p className="text-xs text-muted">{note}</p>
      <div className="flex gap-1.5">
        <Button onClick={onClose}>{words.edit.cancel}</Button>
        <Button tone="primary" disabled={!canSave} onClick={onSave}>
          {words.edit.save}
        </Button>
      </div>
    </div>
  );
}

// Over the cell, inside the window, wide enough to write in.
function usePlace(id: string, field: ItemField) {
  const cell = document.querySelector(`[data-cell="${field}"][data-of="${CSS.escape(id)}"]`);
  const [place] = useState(() => {
    const box = cell?.getBoundingClientRect();
    const width = Math.min(window.innerWidth - 16, Math.max(420, box?.width ?? 0));
    const left = Math.min(Math.max(8, (box?.left ?? 80) - 8), window.innerWidth - width - 8);
    const top = Math.min(Math.max(8, (box?.top ?? 120) - 6), Math.max(8, window.innerHeight - 260));
    return { left, top, width };
  });
  return place;
}
