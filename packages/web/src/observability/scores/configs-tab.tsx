import type { ScoreConfig } from '@coaia/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { addToast } from '../../lib/toasts.ts';
import { addUndo } from '../../lib/undo.ts';
import { configsQuery } from '../../curation/annotate/queries.ts';
import { Button } from '../../ui/button.tsx';
import { DataGrid, GridSkeleton } from '../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { EmptyState } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { words } from './messages.ts';
import { printScore } from './print-score.ts';
import { setArchived } from './queries.ts';

/** The score configs; one is archived and taken back with a click. */
export function ConfigsTab({
  project,
  onCreate,
}: {
  readonly project: string;
  readonly onCreate: () => void;
}) {
  const query = useQuery(configsQuery(project));
  const client = useQueryClient();
  const change = async ({ id, name, isArchived }: ScoreConfig) => {
    const set = async (next: boolean) => {
      await setArchived(id, next);
      await client.invalidateQueries({ queryKey: configsQuery(project).queryKey });
    };
    try {
      await set(!isArchived);
      if (!isArchived) addUndo(words.archivedSaid(name), () => set(false), words.changeFailed);
    } catch {
      addToast({ text: words.changeFailed, tone: 'error' });
    }
  };
  const { data } = query;
  if (data === undefined && query.isError)
    return (
      <ErrorState
        title={words.configsFailed}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  if (data === undefined) return <GridSkeleton />;
  if (data.length === 0)
    return (
      <EmptyState
        name="configs"
        title={words.noConfigs}
        lead={words.noConfigsLead}
        action={
          <Button tone="primary" onClick={onCreate}>
            {words.makeConfig}
          </Button>
        }
        snippet={words.presetSnippet}
      />
    );
  return (
    <DataGrid
      label={words.configs}
      rows={data}
      columns={toColumns(change)}
      toKey={({ id }) => id}
      toName={({ name }) => name}
      toMarks={({ name }) => ({ 'data-config': name })}
    />
  );
}

function toValues({ dataType, categories, minValue, maxValue }: ScoreConfig): string {
  if (dataType === 'NUMERIC') {
    const isOpen = (minValue ?? null) === null && (maxValue ?? null) === null;
    return isOpen ? words.anything : `${printScore(minValue)} – ${printScore(maxValue)}`;
  }
  return (categories ?? [])
    .toSorted((a, b) => a.value - b.value)
    .map(({ label }) => label)
    .join(', ');
}

function toColumns(
  change: (config: ScoreConfig) => Promise<void>,
): readonly GridColumn<ScoreConfig>[] {
  return [
    {
      key: 'name',
      name: words.name,
      width: 150,
      grow: 1,
      rank: 0,
      render: ({ name, isArchived }) => (
        <span className={isArchived ? 'truncate text-muted line-through' : 'truncate font-medium'}>
          {name}
        </span>
      ),
    },
    {
      key: 'type',
      name: words.type,
      width: 90,
      rank: 2,
      render: ({ dataType }) => <span className="text-muted">{words.types[dataType]}</span>,
    },
    {
      key: 'values',
      name: words.values,
      width: 160,
      grow: 2,
      rank: 3,
      render: (config) => (
        <span className="truncate" data-hint={toValues(config)}>
          {toValues(config)}
        </span>
      ),
    },
    {
      key: 'description',
      name: words.description,
      width: 150,
      grow: 2,
      rank: 4,
      render: ({ description }) => <span className="truncate text-muted">{description}</span>,
    },
    {
      key: 'archive',
      name: words.archived,
      width: 90,
      rank: 1,
      render: (config) => (
        <label className="flex h-full min-w-6 items-center">
          <input
            type="checkbox"
            className="check"
            checked={config.isArchived}
            aria-label={config.isArchived ? words.restore(config.name) : words.archive(config.name)}
            onChange={() => void change(config)}
          />
        </label>
      ),
    },
  ];
}
