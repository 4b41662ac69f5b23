import { useMemo, useState } from 'react';
import type { DatasetImportReport } from '@coaia/client';
import { addToast } from '../../../lib/toasts.ts';
import { readFiles } from '../../../lib/write-file.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { CheckField, SelectField, TextAreaField } from '../../../ui/form/fields.tsx';
import { IconUpload } from '../../../ui/icons.ts';
import { Failure } from '../../../ui/panels.tsx';
import { words } from '../messages.ts';
import { importItems } from '../queries.ts';
import type { DatasetView } from '../use-dataset.ts';
import { ImportPreview, ImportProblems, MappingFields } from './import-parts.tsx';
import { toFirstMapping, toItems, type Mapping } from './mapping.ts';
import { findTableForm, parseTable, type TableForm } from './parse-table.ts';

interface Source {
  readonly text: string;
  readonly form: TableForm;
}

/** What is read, how it is mapped, and what the server says of it. */
function useImport(view: DatasetView) {
  const [source, setSource] = useState<Source>({ text: '', form: 'csv' });
  const [changed, setChanged] = useState<Mapping>({});
  const [parse, setParse] = useState(false);
  const [report, setReport] = useState<DatasetImportReport>();
  const [error, setError] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false);
  const reading = useMemo(() => toReading(source), [source]);
  const table = reading.ok ? reading.table : undefined;
  const mapping = useMemo(
    () => ({ ...toFirstMapping(table?.columns ?? []), ...changed }),
    [table, changed],
  );
  const items = useMemo(
    () => (table === undefined ? [] : toItems(table, mapping, parse)),
    [table, mapping, parse],
  );
  const close = () => view.update({ dialog: undefined });
  const send = async (dryRun: boolean) => {
    setBusy(true);
    setError(undefined);
    try {
      const found = await importItems(view.project, { datasetName: view.name, items, dryRun });
      setReport(found);
      if (!dryRun && found.errorCount === 0) {
        await view.refresh();
        addToast({ text: words.import.done(found.stored, found.unchanged) });
        close();
      }
    } catch (error_) {
      setError(error_);
    }
    setBusy(false);
  };
  return {
    source,
    reading,
    table,
    mapping,
    items,
    parse,
    report,
    error,
    isReady: items.length > 0 && !busy,
    close,
    send,
    read: (next: Source) => {
      setSource(next);
      setChanged({});
      setReport(undefined);
      setError(undefined);
    },
    map: (next: Mapping) => {
      setChanged(next);
      setReport(undefined);
    },
    setParse,
  };
}

/** A file or pasted text, its columns, a preview and a check; then all items are stored, or none. */
export function ImportDialog({ view }: { readonly view: DatasetView }) {
  const { source, reading, table, mapping, items, parse, report, error, ...act } = useImport(view);
  const choose = async () => {
    const [file] = await readFiles('.csv,.jsonl,.ndjson,.json,text/csv,application/json');
    if (file !== undefined)
      act.read({ text: file.text, form: findTableForm(file.name, file.text) });
  };
  return (
    <Dialog open onClose={act.close} title={words.import.title(view.name)} wide>
      <div className="space-y-4">
        <SourceFields source={source} onRead={act.read} onChoose={() => void choose()} />
        {reading.ok ? null : (
          <p role="alert" className="text-sm text-error">
            {reading.message}
          </p>
        )}
        {table === undefined || table.rows.length === 0 ? null : (
          <>
            <p className="text-muted" role="status">
              {words.import.found(table.rows.length, table.columns.length)}
            </p>
            <MappingFields columns={table.columns} mapping={mapping} onChange={act.map} />
            {source.form === 'csv' ? (
              <CheckField label={words.import.parse} checked={parse} onChange={act.setParse} />
            ) : null}
            <ImportPreview items={items.slice(0, 4)} />
            <ImportProblems report={report} />
          </>
        )}
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={words.import.failed} error={error} />
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button disabled={!act.isReady} onClick={() => void act.send(true)}>
            {words.import.check}
          </Button>
          <Button tone="primary" disabled={!act.isReady} onClick={() => void act.send(false)}>
            {words.import.run(items.length)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function SourceFields({
  source,
  onRead,
  onChoose,
}: {
  readonly source: Source;
  readonly onRead: (source: Source) => void;
  readonly onChoose: () => void;
}) {
  return (
    <>
      <div className="flex items-end gap-3">
        <Button onClick={onChoose}>
          <IconUpload size={14} />
          {words.import.choose}
        </Button>
        <SelectField
          className="w-36"
          label={words.import.form}
          value={source.form}
          options={[
            { value: 'csv', label: 'CSV' },
            { value: 'jsonl', label: 'JSON' },
          ]}
          onChange={(form) => onRead({ ...source, form })}
        />
      </div>
      <TextAreaField
        label={words.import.paste}
        hint={words.import.pasteHint}
        value={source.text.length > 20_000 ? `${source.text.slice(0, 20_000)}…` : source.text}
        mono
        rows={4}
        onChange={(text) => onRead({ text, form: findTableForm('', text) })}
      />
    </>
  );
}

function toReading({ text, form }: Source) {
  try {
    return { ok: true, table: parseTable(text, form) } as const;
  } catch (error) {
    return { ok: false, message: (error as Error).message } as const;
  }
}
