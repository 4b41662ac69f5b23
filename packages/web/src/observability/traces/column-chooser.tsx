import { Button } from '../../ui/button.tsx';
import { IconArrowDown, IconArrowUp, IconColumns } from '../../ui/icons.ts';
import { Popover } from '../../ui/popover.tsx';
import { useState } from 'react';
import { words } from '../messages.ts';
import { allColumns, type ColumnKey } from './columns.tsx';

/** Chooses columns and their order; arrows move a column, so no dragging is needed. */
export function ColumnChooser({
  keys,
  onChange,
}: {
  readonly keys: readonly ColumnKey[];
  readonly onChange: (keys: readonly ColumnKey[] | undefined) => void;
}) {
  const [open, setOpen] = useState(false);
  const hidden = allColumns.map((column) => column.key).filter((key) => !keys.includes(key));
  const move = (index: number, step: number) => {
    const key = keys[index];
    const other = keys[index + step];
    if (key === undefined || other === undefined) return;
    onChange(keys.with(index, other).with(index + step, key));
  };
  return (
    <Popover
      title={words.columns.title}
      open={open}
      onOpenChange={setOpen}
      renderTrigger={(props) => (
        <Button {...props} label={words.columns.title} square>
          <IconColumns size={14} />
        </Button>
      )}
    >
      <ul className="w-56" aria-label={words.columns.title}>
        {keys.map((key, index) => (
          <li key={key} className="flex h-7 items-center rounded-md hover:bg-hover">
            <ColumnBox
              columnKey={key}
              checked
              onToggle={() => keys.length > 1 && onChange(keys.filter((one) => one !== key))}
            />
            <Button
              tone="ghost"
              square
              className="h-6 w-6"
              label={words.columns.up(words.columns.names[key])}
              disabled={index === 0}
              onClick={() => move(index, -1)}
            >
              <IconArrowUp size={12} />
            </Button>
            <Button
              tone="ghost"
              square
              className="h-6 w-6"
              label={words.columns.down(words.columns.names[key])}
              disabled={index === keys.length - 1}
              onClick={() => move(index, 1)}
            >
              <IconArrowDown size={12} />
            </Button>
          </li>
        ))}
        {hidden.map((key) => (
          <li key={key} className="flex h-7 items-center rounded-md hover:bg-hover">
            <ColumnBox columnKey={key} checked={false} onToggle={() => onChange([...keys, key])} />
          </li>
        ))}
      </ul>
      <div className="mt-2 border-t border-line pt-2">
        <Button tone="ghost" onClick={() => onChange(undefined)}>
          {words.columns.reset}
        </Button>
      </div>
    </Popover>
  );
}

function ColumnBox({
  columnKey,
  checked,
  onToggle,
}: {
  readonly columnKey: ColumnKey;
  readonly checked: boolean;
  readonly onToggle: () => void;
}) {
  return (
    <label className="flex h-full min-w-0 flex-1 items-center gap-2 px-2">
      <input type="checkbox" className="check" checked={checked} onChange={onToggle} />
      {words.columns.names[columnKey]}
    </label>
  );
}
