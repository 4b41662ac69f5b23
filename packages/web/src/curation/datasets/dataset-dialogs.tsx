import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { sendRequest } from '../../lib/api.ts';
import { ConfirmDialog } from '../../ui/page/confirm-dialog.tsx';
import { ImportDialog } from './import/import-dialog.tsx';
import { AddItemDialog } from './items/add-item-dialog.tsx';
import { words } from './messages.ts';
import { linesQuery, toDatasetPath } from './queries.ts';
import { TracesDialog } from './traces-dialog.tsx';
import type { DatasetView } from './use-dataset.ts';

/** The dialog that the address names. */
export function DatasetDialogs({
  view,
  counts,
}: {
  readonly view: DatasetView;
  readonly counts: readonly [items: number, runs: number];
}) {
  const navigate = useNavigate();
  const isGone = useRef(false);
  const client = useQueryClient();
  const { project, name, search, update, refresh } = view;
  switch (search.dialog) {
    case 'add':
      return <AddItemDialog view={view} />;
    case 'import':
      return <ImportDialog view={view} />;
    case 'traces':
      return <TracesDialog view={view} />;
    case 'delete':
      return (
        <ConfirmDialog
          title={words.deleteTitle(name)}
          name={name}
          action={words.deleteDataset}
          failed={words.deleteDatasetFailed}
          onClose={() => {
            // Once it is deleted there is no page of it to go back to.
            if (!isGone.current) update({ dialog: undefined });
          }}
          onConfirm={async () => {
            await sendRequest(toDatasetPath(name), { method: 'DELETE' });
            isGone.current = true;
            client.setQueryData(linesQuery(project).queryKey, (lines) =>
              lines?.filter((line) => line.name !== name),
            );
            await navigate({ to: '/p/$project/datasets', params: { project } });
            await refresh();
          }}
        >
          <p>{words.deleteLead(...counts)}</p>
        </ConfirmDialog>
      );
    case undefined:
      return null;
  }
}
