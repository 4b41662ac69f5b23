import { useRef, useState } from 'react';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField, TextField } from '../../ui/form/fields.tsx';
import { Failure } from '../../ui/panels.tsx';
import { words } from './messages.ts';
import { addTraces, findTraceIds } from './queries.ts';
import type { DatasetView } from './use-dataset.ts';

/** Traces that one call takes. */
const most = 1000;

/** Takes the newest traces of a filter into the dataset. */
export function TracesDialog({ view }: { readonly view: DatasetView }) {
  const [filter, setFilter] = useState('');
  const [limit, setLimit] = useState('100');
  const [withOutput, setWithOutput] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const close = () => view.update({ dialog: undefined });
  const count = Math.min(most, Math.max(1, Math.floor(Number(limit)) || 1));
  const add = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const traceIds = await findTraceIds(view.project, filter, count);
      if (traceIds.length === 0) throw new Error(words.traces.none);
      const input = { datasetName: view.name, traceIds, withOutput, create: false };
      const report = await addTraces(view.project, input);
      if (report.errorCount > 0) throw new Error(report.errors[0]?.message);
      await view.refresh();
      addToast({ text: words.traces.done(report.stored, report.unchanged) });
      close();
    } catch (error_) {
      setError(error_);
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={close} title={words.traces.title(view.name)} initialFocus={field}>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void add();
        }}
      >
        <TextField
          label={words.traces.query}
          hint={words.traces.queryHint}
          value={filter}
          onChange={setFilter}
          inputRef={field}
          mono
        />
        <TextField
          className="w-28"
          label={words.traces.limit}
          type="number"
          value={limit}
          onChange={setLimit}
        />
        <CheckField
          label={words.traces.output}
          hint={words.traces.outputHint}
          checked={withOutput}
          onChange={setWithOutput}
        />
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={words.traces.failed} error={error} />
          </div>
        )}
        <div className="flex justify-end">
          <Button type="submit" tone="primary" disabled={busy}>
            {words.traces.run}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
