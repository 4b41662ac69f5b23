import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button } from '../../ui/button.tsx';
import { SearchField } from '../../ui/form/search-field.tsx';
import { DataGrid, GridSkeleton } from '../../ui/grid/data-grid.tsx';
import { IconUpload } from '../../ui/icons.ts';
import { EmptyState, NothingHere } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { words } from '../messages.ts';
import { deploymentColumns } from './deployment-columns.tsx';
import { FileDialog } from './file-dialog.tsx';
import { useDeploymentsView, type DeploymentsView } from './use-deployments-view.ts';
import { DropHint, useDroppedFile } from './use-dropped-file.tsx';

/** The models that are served; a model file dropped anywhere becomes one. */
export function DeploymentsPage() {
  const view = useDeploymentsView();
  const baseUrl = useServerUrl();
  const drop = useDroppedFile();
  useShortcuts(words.title, [{ keys: ['n'], label: words.keys.deploy, run: drop.choose }]);
  return (
    <PageFrame
      title={words.title}
      detail={view.all?.length.toLocaleString('en')}
      call={{ command: 'ao versions', path: '/api/v1/deployments', baseUrl }}
      actions={
        <Button tone="primary" onClick={drop.choose}>
          <IconUpload size={14} />
          <span className="max-sm:sr-only">{words.deployFile}</span>
        </Button>
      }
    >
      <Body view={view} onChoose={drop.choose} />
      {drop.isOver ? <DropHint /> : null}
      {drop.file === undefined ? null : (
        <FileDialog
          key={drop.file.name}
          project={view.project}
          file={drop.file}
          taken={view.all?.map(({ name }) => name) ?? []}
          onClose={drop.forget}
        />
      )}
    </PageFrame>
  );
}

function Body({
  view,
  onChoose,
}: {
  readonly view: DeploymentsView;
  readonly onChoose: () => void;
}) {
  const { all, query } = view;
  if (query.isError && all === undefined)
    return (
      <ErrorState title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  if (all === undefined) return <GridSkeleton />;
  if (all.length === 0)
    return (
      <EmptyState
        name="deployments"
        title={words.emptyTitle}
        lead={words.emptyLead}
        snippet={words.emptySnippet}
        snippetLabel={words.snippetLabel}
      >
        <div className="mt-4 rounded-lg border border-dashed border-line-strong p-6 text-center text-muted">
          <p>{words.drop.here}</p>
          <p className="mt-1 text-xs">{words.drop.kinds}</p>
          <Button className="mt-3" onClick={onChoose}>
            <IconUpload size={14} />
            {words.deployFile}
          </Button>
        </div>
      </EmptyState>
    );
  return <List view={view} />;
}

function List({ view }: { readonly view: DeploymentsView }) {
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const { project, rows } = view;
  return (
    <>
      <div className="flex h-10 shrink-0 items-center justify-between gap-3 border-b border-line px-3">
        <SearchField
          label={words.search}
          placeholder={words.searchHint}
          value={view.search.q ?? ''}
          onChange={view.setText}
          inputRef={input}
        />
        <span className="text-xs whitespace-nowrap text-muted max-sm:hidden">{words.spanNote}</span>
      </div>
      {rows.length === 0 ? (
        <NothingHere name="hits">{words.noHits}</NothingHere>
      ) : (
        <DataGrid
          label={words.list}
          rows={rows}
          columns={deploymentColumns}
          toKey={({ name }) => name}
          toMarks={({ name }) => ({ 'data-model': name })}
          orderBy={view.orderBy}
          onSort={view.setSort}
          focusQuery={() => input.current?.focus()}
          onOpen={({ name }) =>
            void navigate({
              to: '/p/$project/deployments/$model',
              params: { project, model: name },
            })
          }
        />
      )}
    </>
  );
}
