import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { IconPlay } from '../../ui/icons.ts';
import { ConfirmDialog } from '../../ui/page/confirm-dialog.tsx';
import { Failure } from '../../ui/panels.tsx';
import { Status, Time } from '../../ui/value.tsx';
import { words } from './messages.ts';
import { deleteExport, runExport, toExportKey, type ExportLine } from './queries.ts';

const tones = {
  idle: 'ok',
  running: 'running',
  queued: 'running',
  up_to_date: 'ok',
  disabled: 'warning',
  error: 'error',
} as const;

/** How the export stands, with a way to run it now and a way to end it. */
export function ExportState({
  project,
  row,
  mayWrite,
}: {
  readonly project: string;
  readonly row: ExportLine;
  readonly mayWrite: boolean;
}) {
  const client = useQueryClient();
  const [leaving, setLeaving] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: toExportKey(project) });
  const run = useMutation({
    mutationFn: runExport,
    onSuccess: (runs) =>
      addToast({ text: runs.length === 0 ? words.ranNothing : words.ran(runs.length) }),
    onSettled: refresh,
  });
  const remove = async () => {
    await deleteExport(row.id);
    addToast({ text: words.removed });
    await refresh();
  };
  return (
    <div className="mb-5 max-w-180" data-export={row.syncStatus}>
      <Facts row={row} />
      {mayWrite ? (
        <div className="flex gap-2">
          <Button disabled={run.isPending} onClick={() => run.mutate()}>
            <IconPlay size={14} />
            {words.run}
          </Button>
          <Button tone="danger" onClick={() => setLeaving(true)}>
            {words.remove}
          </Button>
        </div>
      ) : null}
      {run.isError ? (
        <div className="-mx-4">
          <Failure title={words.runFailed} error={run.error} />
        </div>
      ) : null}
      {leaving ? (
        <ConfirmDialog
          title={words.remove}
          name={row.bucketName}
          action={words.remove}
          failed={words.removeFailed}
          onConfirm={remove}
          onClose={() => setLeaving(false)}
        >
          <p>{words.removeLead}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

function Facts({ row }: { readonly row: ExportLine }) {
  const facts: readonly { readonly name: string; readonly value: ReactNode }[] = [
    {
      name: words.state,
      value: <Status state={tones[row.syncStatus]} word={words.states[row.syncStatus]} />,
    },
    { name: words.until, value: <When iso={row.lastSyncAt} /> },
    { name: words.next, value: <When iso={row.nextSyncAt} /> },
  ];
  return (
    <dl className="mb-3 grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1">
      {facts.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {row.lastError === null ? null : (
        <>
          <dt className="text-muted">{words.lastError}</dt>
          <dd className="break-words text-error">
            {row.lastError}
            {row.lastErrorAt === null ? null : (
              <Time iso={row.lastErrorAt} className="ml-2 text-muted" />
            )}
          </dd>
        </>
      )}
    </dl>
  );
}

function When({ iso }: { readonly iso: string | null }) {
  return iso === null ? words.never : <Time iso={iso} />;
}
