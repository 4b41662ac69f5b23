import { useRef, useState } from 'react';
import { addToast } from '../../../lib/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Failure } from '../../../ui/panels.tsx';
import { words } from '../messages.ts';
import { writeItem } from '../queries.ts';
import { useCheckedItem } from '../use-checked-item.ts';
import type { DatasetView } from '../use-dataset.ts';
import { ValueField } from '../value-field.tsx';
import { parseEdit, type ValueForm } from '../value-text.ts';
import { itemFields, toFieldName, type ItemField } from './item-field.ts';

interface Draft {
  readonly text: string;
  readonly form: ValueForm;
}

const empty: Readonly<Record<ItemField, Draft>> = {
  input: { text: '', form: 'text' },
  expectedOutput: { text: '', form: 'text' },
  metadata: { text: '', form: 'json' },
};

/** One new item, checked against the schema while it is typed. */
export function AddItemDialog({ view }: { readonly view: DatasetView }) {
  const [drafts, setDrafts] = useState(empty);
  const [error, setError] = useState<unknown>(undefined);
  const first = useRef<HTMLTextAreaElement>(null);
  const readings = itemFields.map((field) => ({
    field,
    reading: parseEdit(drafts[field].text, drafts[field].form),
  }));
  const isReadable = readings.every(({ reading }) => reading.ok);
  const item = Object.fromEntries(
    readings.flatMap(({ field, reading }) => (reading.ok ? [[field, reading.value]] : [])),
  );
  const isTouched = itemFields.some((field) => drafts[field].text !== '');
  const checked = useCheckedItem(
    view.project,
    view.name,
    isReadable && isTouched ? item : undefined,
  );
  const close = () => view.update({ dialog: undefined });
  const add = async () => {
    setError(undefined);
    try {
      await writeItem({ datasetName: view.name, ...item });
      await view.refresh();
      addToast({ text: words.added(1) });
      close();
    } catch (error_) {
      setError(error_);
    }
  };
  const toFault = (field: ItemField): string | undefined => {
    const found = readings.find((one) => one.field === field)?.reading;
    if (found?.ok === false) return found.message;
    return checked !== undefined && checked.startsWith(field) ? checked : undefined;
  };
  return (
    <Dialog open onClose={close} title={words.add} initialFocus={first} wide>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReadable) void add();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && isReadable) void add();
        }}
      >
        {itemFields.map((field) => (
          <ValueField
            key={field}
            label={toFieldName(field)}
            text={drafts[field].text}
            form={drafts[field].form}
            error={toFault(field)}
            rows={field === 'metadata' ? 2 : 3}
            {...(field === 'input' ? { fieldRef: first } : {})}
            onChange={(text, form) => setDrafts({ ...drafts, [field]: { text, form } })}
          />
        ))}
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={words.addFailed} error={error} />
          </div>
        )}
        <div className="flex justify-end gap-2 pt-1">
          <Button type="submit" tone="primary" disabled={!isReadable}>
            {words.addAction}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
