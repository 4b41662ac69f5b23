import type { LlmConnection } from '@coaia/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { runAfterUndo } from '../../lib/undo.ts';
import { Button } from '../../ui/button.tsx';
import { IconTrash } from '../../ui/icons.ts';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Status } from '../../ui/value.tsx';
import { toModelsKey } from '../playground/queries.ts';
import { words } from './messages.ts';
import { connectionsQuery, deleteConnection, testConnection, toConnectionsKey } from './queries.ts';

/** The connections of a project, each with a test and a delete that can be taken back. */
export function ConnectionList({ project }: { readonly project: string }) {
  const query = useQuery(connectionsQuery(project));
  const client = useQueryClient();
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const remove = ({ id, provider }: LlmConnection) => {
    setHidden((now) => [...now, id]);
    runAfterUndo({
      said: words.deleted(provider),
      failed: words.deleteFailed,
      run: (leaving) => deleteConnection(id, leaving),
      settled: () => {
        setHidden((now) => now.filter((one) => one !== id));
        void client.invalidateQueries({ queryKey: toConnectionsKey(project) });
        void client.invalidateQueries({ queryKey: toModelsKey(project) });
      },
    });
  };
  if (query.isError)
    return (
      <Failure title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  if (query.data === undefined) return <SkeletonRows rows={2} height="44px" />;
  const rows = query.data.data.filter(({ id }) => !hidden.includes(id));
  if (rows.length === 0) return <p className="text-muted">{words.none}</p>;
  return (
    <ul>
      {rows.map((row) => (
        <ConnectionRow key={row.id} row={row} onRemove={() => remove(row)} />
      ))}
    </ul>
  );
}

function ConnectionRow({
  row,
  onRemove,
}: {
  readonly row: LlmConnection;
  readonly onRemove: () => void;
}) {
  const test = useMutation({ mutationFn: () => testConnection(row.id) });
  return (
    <li className="row-line flex min-h-11 items-center gap-3 py-1" data-connection={row.provider}>
      <span className="min-w-0 flex-1">
        <span className="flex gap-2">
          <span className="truncate font-medium">{row.provider}</span>
          <span className="text-muted">{row.adapter}</span>
        </span>
        <span className="block truncate font-mono text-xs text-muted">
          {row.baseURL ?? words.vendor}, {words.key(row.displaySecretKey)}
        </span>
        {test.isError ? (
          <span role="alert" className="block text-xs break-words text-error">
            {test.error.message}
          </span>
        ) : null}
      </span>
      {test.isPending ? <Status state="running" word={words.testing} /> : null}
      {test.isSuccess ? <Status state="ok" word={words.works(test.data.models.length)} /> : null}
      <Button aria-label={words.testOf(row.provider)} onClick={() => test.mutate()}>
        {words.test}
      </Button>
      <Button tone="ghost" square label={words.remove(row.provider)} onClick={onRemove}>
        <IconTrash size={14} />
      </Button>
    </li>
  );
}
