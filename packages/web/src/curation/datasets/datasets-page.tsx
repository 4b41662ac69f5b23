import type { DatasetLine } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageBar } from '../../shell/page-bar.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyAsMenu, useCopyKeys } from '../../ui/copy-as-menu.tsx';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import { toNextOrder, toOrdered } from '../../ui/grid/grid-column.ts';
import { IconPlus } from '../../ui/icons.ts';
import { EmptyState, NothingHere } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { SkeletonRows } from '../../ui/panels.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { datasetColumns, datasetOrders } from './dataset-columns.tsx';
import { FolderPath } from './folder-path.tsx';
import { toFolderLines, type FolderLine } from './folders.ts';
import { words } from './messages.ts';
import { linesQuery } from './queries.ts';
import type { DatasetsSearch } from './search.ts';

const route = getRouteApi('/p/$project/datasets');
const firstOrder = 'name.asc';

const snippet = [
  "coaia datasets create capitals --description 'Capitals of countries'",
  "coaia datasets add capitals -i 'Capital of France?' -e Paris",
  "coaia datasets add capitals -i 'Capital of Japan?' -e Tokyo",
].join('\n');

/** The list of datasets, by folders. */
export function DatasetsPage() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(linesQuery(project));
  const input = useRef<HTMLInputElement>(null);
  const baseUrl = useServerUrl();
  const call = { command: 'coaia datasets list --all', path: '/api/public/v2/datasets', baseUrl };
  useCopyKeys(call);
  const update = (change: {
    readonly [K in keyof DatasetsSearch]?: DatasetsSearch[K] | undefined;
  }) => void navigate({ search: (before) => ({ ...before, ...change }) as DatasetsSearch });
  useShortcuts(words.title, [
    { keys: ['a'], label: words.create, run: () => update({ dialog: 'create' }) },
  ]);
  return (
    <>
      <PageBar title={words.title} detail={query.data?.length.toLocaleString('en')}>
        <CopyAsMenu call={call} />
        <Button tone="primary" onClick={() => update({ dialog: 'create' })}>
          <IconPlus size={14} />
          {words.create}
        </Button>
      </PageBar>
      {query.data !== undefined && query.data.length > 0 ? (
        <div className="flex h-11 shrink-0 items-center gap-3 border-b border-line px-3">
          <input
            ref={input}
            type="search"
            aria-label={words.search}
            placeholder={words.search}
            value={search.q ?? ''}
            onChange={(event) => update({ q: event.target.value || undefined })}
            className="h-7 w-60 max-w-[50vw] rounded-md border border-field bg-bg px-2 placeholder:text-faint"
          />
          <FolderPath
            folder={search.folder ?? ''}
            onOpen={(folder) => update({ folder, q: undefined })}
          />
        </div>
      ) : null}
      <DatasetsBody
        project={project}
        search={search}
        query={query}
        update={update}
        focusQuery={() => input.current?.focus()}
      />
      {search.dialog === 'create' ? (
        <CreateDialog
          project={project}
          folder={search.folder ?? ''}
          onClose={() => update({ dialog: undefined })}
        />
      ) : null}
    </>
  );
}

function DatasetsBody({
  project,
  search,
  query,
  update,
  focusQuery,
}: {
  readonly project: string;
  readonly search: DatasetsSearch;
  readonly query: ReturnType<typeof useQuery<DatasetLine[]>>;
  readonly update: (change: {
    readonly [K in keyof DatasetsSearch]?: DatasetsSearch[K] | undefined;
  }) => void;
  readonly focusQuery: () => void;
}) {
  const navigate = useNavigate();
  const orderBy = search.sort ?? firstOrder;
  const lines = useMemo(
    () => toSorted(toFolderLines(query.data ?? [], search.folder ?? '', search.q ?? ''), orderBy),
    [query.data, search.folder, search.q, orderBy],
  );
  if (query.isPending) return <SkeletonRows rows={16} />;
  if (query.isError && query.data === undefined)
    return (
      <ErrorState error={query.error} title={words.failed} onRetry={() => void query.refetch()} />
    );
  if (query.data.length === 0) {
    return (
      <EmptyState
        name="datasets"
        title={words.emptyTitle}
        lead={words.emptyLead}
        action={
          <Button tone="primary" onClick={() => update({ dialog: 'create' })}>
            {words.create}
          </Button>
        }
        snippet={snippet}
        snippetLabel={words.title}
      />
    );
  }
  if (lines.length === 0) return <NothingHere name="hits">{words.noHits}</NothingHere>;
  return (
    <DataGrid
      label={words.title}
      rows={lines}
      columns={datasetColumns}
      toKey={(line) => `${line.kind} ${line.path}`}
      toMarks={(line) => ({ [line.kind === 'folder' ? 'data-folder' : 'data-dataset']: line.path })}
      orderBy={orderBy}
      onSort={(field) => {
        const next = toNextOrder(orderBy, field);
        update({ sort: next === firstOrder ? undefined : next });
      }}
      onOpen={(line) => {
        if (line.kind === 'folder') update({ folder: line.path });
        else
          void navigate({
            to: '/p/$project/datasets/$datasetName',
            params: { project, datasetName: line.path },
          });
      }}
      focusQuery={focusQuery}
    />
  );
}

function toSorted(lines: readonly FolderLine<DatasetLine>[], orderBy: string) {
  const folders = lines.filter(({ kind }) => kind === 'folder');
  const rows = lines.filter(({ kind }) => kind === 'row');
  return [...folders, ...toOrdered(rows, orderBy, datasetOrders)];
}
