import { useState } from 'react';
import { toShellWord } from '../../lib/copy-as.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button } from '../../ui/button.tsx';
import { IconPlay } from '../../ui/icons.ts';
import { SkeletonRows } from '../../ui/panels.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { PageTabs } from '../../ui/page/tabs.tsx';
import { words } from '../messages.ts';
import { toPipelinePath } from '../queries.ts';
import { PipelineRuns } from '../runs/pipeline-runs.tsx';
import type { PipelineTab } from '../search.ts';
import { DraftBar } from './draft-bar.tsx';
import { FileTab } from './file-tab.tsx';
import { GraphTab } from './graph-tab.tsx';
import { PipelineMenu } from './pipeline-menu.tsx';
import { RunTab } from './run-tab.tsx';
import { usePipeline, type OpenPipeline, type PipelineView } from './use-pipeline.ts';
import { VersionsTab } from './versions-tab.tsx';

const tabKeys: readonly PipelineTab[] = ['graph', 'file', 'run', 'runs', 'versions'];

/** One pipeline: graph and file as two views of one text, a form that runs it, its runs and versions. */
export function PipelinePage() {
  const view = usePipeline();
  const baseUrl = useServerUrl();
  const { name, query, detail } = view;
  const [deleting, setDeleting] = useState(false);
  usePipelineKeys(view);
  return (
    <PageFrame
      title={name}
      crumbs={[
        {
          label: words.title,
          link: { to: '/p/$project/pipelines', params: { project: view.project } },
        },
      ]}
      detail={
        detail === undefined ? undefined : `v${detail.version} · ${words.source[detail.source]}`
      }
      call={{
        command: `coaia pipeline show ${toShellWord(name)}`,
        path: toPipelinePath(name),
        baseUrl,
      }}
      actions={
        detail === undefined ? null : (
          <>
            <PipelineMenu open={{ view, detail }} deleting={deleting} onDeleting={setDeleting} />
            {view.tab === 'run' ? null : (
              <Button tone="primary" onClick={() => view.setTab('run')}>
                <IconPlay size={14} />
                {words.form.run}
              </Button>
            )}
          </>
        )
      }
    >
      {query.isPending ? <SkeletonRows rows={12} height="52px" /> : null}
      {query.isError ? (
        <ErrorState
          title={words.oneFailed}
          missing={words.missing}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {detail === undefined ? null : (
        <>
          <DraftBar open={{ view, detail }} />
          <Parts open={{ view, detail }} />
        </>
      )}
    </PageFrame>
  );
}

function Parts({ open }: { readonly open: OpenPipeline }) {
  const { view, detail } = open;
  const names = words.page;
  return (
    <PageTabs
      label={names.label}
      value={view.tab}
      onChange={view.setTab}
      tabs={[
        { value: 'graph', label: names.graph, render: () => <GraphTab open={open} /> },
        { value: 'file', label: names.file, render: () => <FileTab open={open} /> },
        { value: 'run', label: names.run, render: () => <RunTab open={open} /> },
        {
          value: 'runs',
          label: names.runs,
          render: () => <PipelineRuns project={view.project} name={view.name} />,
        },
        ...(detail.versions.length === 0
          ? []
          : [
              {
                value: 'versions' as const,
                label: names.versions,
                render: () => <VersionsTab open={open} />,
              },
            ]),
      ]}
    />
  );
}

function usePipelineKeys(view: PipelineView): void {
  const { draft, save, detail } = view;
  useShortcuts(words.page.label, [
    {
      keys: ['1', '2', '3', '4', '5'],
      label: words.keys.tabs,
      run: (event) => view.setTab(tabKeys[Number(event.key) - 1] ?? 'graph'),
    },
    {
      keys: ['Mod+s'],
      label: words.keys.save,
      run: () => {
        if (draft !== undefined && detail !== undefined && !save.busy)
          void save.run(draft, draft.baseDigest);
      },
    },
    {
      keys: ['Escape'],
      label: words.keys.unselect,
      run: () => view.setStep(undefined),
      when: () => view.search.step !== undefined && view.tab === 'graph',
    },
  ]);
}
