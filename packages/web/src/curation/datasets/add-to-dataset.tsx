import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField, TextField } from '../../ui/form/fields.tsx';
import { Failure } from '../../ui/panels.tsx';
import { words } from './messages.ts';
import { addTraces, linesQuery, toDatasetsKey } from './queries.ts';

/** Puts traces, or one step of a trace, into a dataset that is there or is made. */
export function AddToDataset({
  project,
  traceIds,
  observationId,
  onClose,
}: {
  readonly project: string;
  readonly traceIds: readonly string[];
  readonly observationId?: string | undefined;
  readonly onClose: () => void;
}) {
  const lines = useQuery(linesQuery(project)).data ?? [];
  const [typed, setTyped] = useState<string>();
  const [withOutput, setWithOutput] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const name = typed ?? lines[0]?.name ?? '';
  const add = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const input = { datasetName: name, traceIds, observationId, withOutput, create: true };
      const report = await addTraces(project, input);
      if (report.errorCount > 0) throw new Error(report.errors[0]?.message);
      await client.invalidateQueries({ queryKey: toDatasetsKey(project) });
      addToast({ text: words.traces.done(report.stored, report.unchanged) });
      onClose();
    } catch (error_) {
      setError(error_);
      setBusy(false);
    }
  };
  const title =
    observationId === undefined ? words.addTo.title(traceIds.length) : words.addTo.observation;
  return (
    <Dialog open onClose={onClose} title={title} initialFocus={field}>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && name.trim() !== '') void add();
        }}
      >
        <TextField
          label={words.addTo.dataset}
          hint={words.addTo.datasetHint}
          value={name}
          onChange={setTyped}
          inputRef={field}
          options={lines.map((line) => line.name)}
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
          <Button type="submit" tone="primary" disabled={busy || name.trim() === ''}>
            {words.addTo.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
