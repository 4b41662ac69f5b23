import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { toShellWord } from '../../lib/copy-as.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button, toButtonClass } from '../../ui/button.tsx';
import { IconPlay, IconTraces } from '../../ui/icons.ts';
import { SkeletonRows } from '../../ui/panels.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { PageTabs } from '../../ui/page/tabs.tsx';
import { toRunGraph } from '../graph/graph-model.ts';
import { StepGraphView } from '../graph/step-graph.tsx';
import { words } from '../messages.ts';
import { ApprovalBar } from './approval-bar.tsx';
import { toRunPath } from './queries.ts';
import { hasEnded, type RunDetail } from './run.ts';
import { RunHeader } from './run-header.tsx';
import { RunStepPanel } from './run-step-panel.tsx';
import { RunValues } from './run-values.tsx';
import { useRun, type RunView } from './use-run.ts';

const part = words.run;

/** One run: its path through the steps while it goes, each step with what went in and came out. */
export function RunPage() {
  const view = useRun();
  const baseUrl = useServerUrl();
  const { project, id, query, run } = view;
  useShortcuts(part.tabs, [
    {
      keys: ['Escape'],
      label: words.keys.unselect,
      run: () => view.setStep(undefined),
      when: () => view.search.step !== undefined,
    },
  ]);
  const name = run?.pipeline.name;
  return (
    <PageFrame
      title={`${words.runs.columns.id} ${id.slice(0, 8)}`}
      crumbs={[
        { label: words.title, link: { to: '/p/$project/pipelines', params: { project } } },
        ...(name === undefined
          ? []
          : [
              {
                label: name,
                link: {
                  to: '/p/$project/pipelines/$pipelineName' as const,
                  params: { project, pipelineName: name },
                },
              },
            ]),
      ]}
      call={{
        command: `coaia pipeline runs show ${toShellWord(id)}`,
        path: toRunPath(id),
        baseUrl,
      }}
      actions={run === undefined ? null : <RunActions view={view} run={run} />}
    >
      {query.isPending ? <SkeletonRows rows={10} height="52px" /> : null}
      {query.isError && run === undefined ? (
        <ErrorState
          title={part.failed}
          missing={part.missing}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {run === undefined ? null : (
        <>
          <RunHeader project={project} run={run} />
          {run.approvals.map((approval) => (
            <ApprovalBar key={approval.step} view={view} approval={approval} run={run} />
          ))}
          <Parts view={view} run={run} />
        </>
      )}
    </PageFrame>
  );
}

function RunActions({ view, run }: { readonly view: RunView; readonly run: RunDetail }) {
  const { project, acts } = view;
  const failed = run.steps.find(({ state }) => state === 'failed');
  const ended = hasEnded(run);
  return (
    <>
      <Link
        to="/p/$project/traces/$traceId"
        params={{ project, traceId: run.traceId }}
        className={toButtonClass()}
      >
        <IconTraces size={14} />
        <span className="max-sm:sr-only">{part.openTrace}</span>
      </Link>
      {ended ? null : (
        <Button tone="danger" disabled={acts.busy} onClick={acts.cancel}>
          {part.cancel}
        </Button>
      )}
      {run.state === 'failed' || run.state === 'cancelled' ? (
        <Button disabled={acts.busy} data-hint={part.retryHint} onClick={acts.retry}>
          {part.retry}
        </Button>
      ) : null}
      {failed === undefined || !ended ? null : (
        <Button tone="primary" disabled={acts.busy} onClick={() => void acts.fork(failed.id)}>
          {part.forkTop}
        </Button>
      )}
      {ended && failed === undefined ? (
        <Link
          to="/p/$project/pipelines/$pipelineName"
          params={{ project, pipelineName: run.pipeline.name }}
          search={{ tab: 'run', from: run.id }}
          className={toButtonClass('primary')}
        >
          <IconPlay size={14} />
          {part.again}
        </Link>
      ) : null}
    </>
  );
}

function Parts({ view, run }: { readonly view: RunView; readonly run: RunDetail }) {
  return (
    <PageTabs
      label={part.tabs}
      value={view.tab}
      onChange={view.setTab}
      tabs={[
        { value: 'path', label: part.path, render: () => <Path view={view} run={run} /> },
        {
          value: 'values',
          label: part.values,
          render: () => <RunValues run={run} />,
        },
      ]}
    />
  );
}

function Path({ view, run }: { readonly view: RunView; readonly run: RunDetail }) {
  const graph = useMemo(() => toRunGraph(run.steps), [run.steps]);
  // Without a choice, what one came for: the step that failed, else the one at work.
  const wanted =
    run.steps.find(({ id, name }) => id === view.search.step || name === view.search.step) ??
    (view.search.step === undefined
      ? run.steps.find(({ state }) => state === 'failed')
      : undefined);
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col">
      <StepGraphView graph={graph} selected={wanted?.id} onSelect={view.setStep} />
      <aside
        aria-label={part.stepLabel}
        className="shrink-0 overflow-y-auto border-line max-md:max-h-[55%] max-md:border-t md:w-96 md:border-l"
      >
        {wanted === undefined ? (
          <p className="p-4 text-muted">{part.pick}</p>
        ) : (
          <RunStepPanel view={view} run={run} step={wanted} />
        )}
      </aside>
      <Announcement run={run} />
    </div>
  );
}

/** The step that changed last, told to assistive technology one at a time. */
function Announcement({ run }: { readonly run: RunDetail }) {
  const latest = run.steps
    .filter(({ state }) => state !== 'pending')
    .toSorted((a, b) =>
      (a.endedAt ?? a.startedAt ?? '').localeCompare(b.endedAt ?? b.startedAt ?? ''),
    )
    .at(-1);
  return (
    <p role="status" className="sr-only">
      {latest === undefined ? '' : part.live(latest.name, words.state[latest.state])}
    </p>
  );
}
