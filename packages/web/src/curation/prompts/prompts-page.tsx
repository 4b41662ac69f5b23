import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useRef, useState } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageFrame, type Crumb } from '../../shell/page/page-frame.tsx';
import { Button, toButtonClass } from '../../ui/button.tsx';
import { DataGrid, GridSkeleton } from '../../ui/grid/data-grid.tsx';
import { IconDownload, IconMore, IconPlus, IconUpload } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { NothingHere } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { PageTabs } from '../../ui/page/tabs.tsx';
import { EmptyPrompts } from './empty-prompts.tsx';
import { FolderTree } from './folder-tree.tsx';
import { GraphView } from './graph/graph-view.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { words } from './messages.ts';
import { writeFilesOf } from './prompt-files.ts';
import { usePaste } from './pasted.ts';
import { promptColumns } from './prompt-columns.tsx';
import { SearchField } from '../../ui/form/search-field.tsx';
import { usePromptsView, type PromptsView } from './use-prompts-view.ts';

/** The prompts of a project: folders, list, graph of inclusions. */
export function PromptsPage() {
  const view = usePromptsView();
  const baseUrl = useServerUrl();
  const [importing, setImporting] = useState(false);
  const { project, all, folder } = view;
  const navigate = useNavigate();
  const create = useCallback(
    () =>
      void navigate({
        to: '/p/$project/prompts/new',
        params: { project },
        search: folder === '' ? {} : { folder },
      }),
    [navigate, project, folder],
  );
  usePaste(create);
  useShortcuts(words.title, [{ keys: ['n'], label: words.keys.create, run: create }]);
  const parts = folder.split('/').filter(Boolean);
  return (
    <PageFrame
      title={parts.at(-1) ?? words.title}
      {...(parts.length === 0 ? {} : { crumbs: toCrumbs(project, parts) })}
      detail={all === undefined ? undefined : view.rows.length.toLocaleString('en')}
      call={{ command: 'coaia prompts list', path: '/api/public/v2/prompts?limit=100', baseUrl }}
      actions={<ListActions view={view} onImport={() => setImporting(true)} />}
    >
      <PromptsBody view={view} onImport={() => setImporting(true)} />
      {importing ? <ImportDialog project={project} onClose={() => setImporting(false)} /> : null}
    </PageFrame>
  );
}

function toCrumbs(project: string, parts: readonly string[]): readonly Crumb[] {
  const to = '/p/$project/prompts' as const;
  const folders = parts.slice(0, -1).map((label, index) => ({
    label,
    link: { to, params: { project }, search: { folder: parts.slice(0, index + 1).join('/') } },
  }));
  return [{ label: words.title, link: { to, params: { project } } }, ...folders];
}

function ListActions({
  view: { project, folder, rows },
  onImport,
}: {
  readonly view: PromptsView;
  readonly onImport: () => void;
}) {
  return (
    <>
      <Menu
        renderTrigger={(props) => (
          <Button {...props} square label={words.more}>
            <IconMore size={14} />
          </Button>
        )}
      >
        <MenuItem icon={<IconUpload size={14} />} onSelect={onImport}>
          {words.import}
        </MenuItem>
        <MenuItem
          icon={<IconDownload size={14} />}
          onSelect={() =>
            void writeFilesOf(
              project,
              rows.map(({ name }) => name),
            )
          }
        >
          {words.export}
        </MenuItem>
      </Menu>
      <Link
        to="/p/$project/prompts/new"
        params={{ project }}
        search={folder === '' ? {} : { folder }}
        className={toButtonClass('primary')}
      >
        <IconPlus size={14} />
        <span className="max-sm:sr-only">{words.create}</span>
      </Link>
    </>
  );
}

function PromptsBody({
  view,
  onImport,
}: {
  readonly view: PromptsView;
  readonly onImport: () => void;
}) {
  const { query, project, all } = view;
  const input = useRef<HTMLInputElement>(null);
  if (query.isError && all === undefined) {
    return (
      <ErrorState title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (all?.length === 0) return <EmptyPrompts project={project} onImport={onImport} />;
  return (
    <PageTabs
      label={words.views}
      value={view.search.view ?? 'list'}
      onChange={view.setView}
      aside={
        <SearchField
          label={words.search}
          placeholder={words.searchHint}
          value={view.search.q ?? ''}
          onChange={view.setText}
          inputRef={input}
        />
      }
      tabs={[
        {
          value: 'list',
          label: words.list,
          render: () => <PromptList view={view} focusQuery={() => input.current?.focus()} />,
        },
        { value: 'graph', label: words.graph, render: () => <GraphView project={project} /> },
      ]}
    />
  );
}

function PromptList({
  view,
  focusQuery,
}: {
  readonly view: PromptsView;
  readonly focusQuery: () => void;
}) {
  const navigate = useNavigate();
  const { project, rows, folders, all } = view;
  if (all === undefined) return <GridSkeleton />;
  return (
    <div className="flex min-h-0 flex-1">
      {folders.length === 0 ? null : (
        <FolderTree
          folders={folders}
          total={all.length}
          chosen={view.folder}
          onChoose={view.setFolder}
        />
      )}
      <div className="flex min-w-0 flex-1 flex-col">
        {rows.length === 0 ? (
          <NothingHere name="hits">{words.noHits}</NothingHere>
        ) : (
          <DataGrid
            label={words.label}
            rows={rows}
            columns={promptColumns}
            toKey={(row) => row.name}
            toMarks={(row) => ({ 'data-prompt': row.name })}
            orderBy={view.orderBy}
            onSort={view.setSort}
            focusQuery={focusQuery}
            onOpen={(row) =>
              void navigate({
                to: '/p/$project/prompts/$promptName',
                params: { project, promptName: row.name },
              })
            }
          />
        )}
      </div>
    </div>
  );
}
