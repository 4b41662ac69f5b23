import type { Dataset } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toShellWord } from '../../lib/copy-as.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageBar } from '../../shell/page-bar.tsx';
import { Button, toButtonClass } from '../../ui/button.tsx';
import { CopyAsMenu, useCopyKeys } from '../../ui/copy-as-menu.tsx';
import { CheckField } from '../../ui/form/fields.tsx';
import { IconArrowLeft, IconPlus } from '../../ui/icons.ts';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { PageTabs } from '../../ui/page/tabs.tsx';
import { SkeletonRows } from '../../ui/panels.tsx';
import { toCount } from '../../lib/format.ts';
import { DatasetDialogs } from './dataset-dialogs.tsx';
import { DatasetMenu } from './dataset-menu.tsx';
import { ItemsTab } from './items/items-tab.tsx';
import { words } from './messages.ts';
import { datasetQuery, linesQuery } from './queries.ts';
import { RunsTab } from './runs-tab.tsx';
import { SchemaTab } from './schema-tab.tsx';
import type { DatasetTab } from './search.ts';
import { useDatasetView, type DatasetView } from './use-dataset.ts';
import { VersionsTab } from './versions-tab.tsx';

/** One dataset: items, runs, versions, schema. */
export function DatasetPage() {
  const view = useDatasetView();
  const query = useQuery(datasetQuery(view.project, view.name));
  const baseUrl = useServerUrl();
  const since = view.search.version === undefined ? '' : `&version=${view.search.version}`;
  const call = {
    command: `coaia datasets items ${toShellWord(view.name)}${view.search.version === undefined ? ' --all' : ` --all --version ${view.search.version}`}`,
    path: `/api/public/dataset-items?datasetName=${encodeURIComponent(view.name)}&limit=100${since}`,
    baseUrl,
  };
  useCopyKeys(call);
  return (
    <>
      <PageBar
        title={view.name}
        {...(query.data?.description ? { detail: query.data.description } : {})}
        before={
          <Link
            to="/p/$project/datasets"
            params={{ project: view.project }}
            aria-label={words.back}
            data-hint={words.back}
            className={toButtonClass('ghost', true)}
          >
            <IconArrowLeft size={16} />
          </Link>
        }
      >
        <CopyAsMenu call={call} />
        <DatasetMenu view={view} />
        <Button tone="primary" onClick={() => view.update({ dialog: 'add' })}>
          <IconPlus size={14} />
          {words.add}
        </Button>
      </PageBar>
      {query.isPending ? (
        <SkeletonRows rows={16} />
      ) : query.isError ? (
        <ErrorState
          error={query.error}
          title={words.failed}
          missing={words.missing}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <DatasetBody view={view} dataset={query.data} />
      )}
    </>
  );
}

function DatasetBody({ view, dataset }: { readonly view: DatasetView; readonly dataset: Dataset }) {
  const line = useQuery(linesQuery(view.project)).data?.find(({ name }) => name === view.name);
  const { search, update } = view;
  return (
    <>
      <PageTabs<DatasetTab>
        label={words.tabs.label}
        value={view.tab}
        onChange={(tab) => update({ tab: tab === 'items' ? undefined : tab })}
        aside={
          view.tab === 'items' ? (
            <CheckField
              label={words.showArchived}
              checked={search.archived === '1'}
              onChange={(on) => update({ archived: on ? '1' : undefined })}
            />
          ) : undefined
        }
        tabs={[
          {
            value: 'items',
            label: words.tabs.items,
            ...(line === undefined ? {} : { count: toCount(line.itemCount) }),
            render: () => <ItemsTab view={view} />,
          },
          {
            value: 'runs',
            label: words.tabs.runs,
            ...(line === undefined ? {} : { count: toCount(line.runCount) }),
            render: () => <RunsTab view={view} />,
          },
          {
            value: 'versions',
            label: words.tabs.versions,
            render: () => <VersionsTab view={view} />,
          },
          {
            value: 'schema',
            label: words.tabs.schema,
            render: () => <SchemaTab key={dataset.updatedAt} view={view} dataset={dataset} />,
          },
        ]}
      />
      <DatasetDialogs view={view} counts={[line?.itemCount ?? 0, line?.runCount ?? 0]} />
    </>
  );
}
