import { useState } from 'react';
import { toKeyCaps, useShortcuts } from '../../lib/keyboard.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { addToast } from '../../lib/toasts.ts';
import { PageFrame } from '../../shell/page/page-frame.tsx';
import { Button } from '../../ui/button.tsx';
import { IconMore, IconPlay, IconPlus } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { Key } from '../../ui/panels.tsx';
import { ConnectionsDialog } from '../connections/connections-dialog.tsx';
import { NoConnection } from '../connections/no-connection.tsx';
import { ColumnView } from './column-view.tsx';
import { toCopyCall } from './copy-call.ts';
import { copyColumn, mostColumns, mostRepetitions } from './draft.ts';
import type { Draft } from './draft.ts';
import { words } from './messages.ts';
import { usePlayground, type Playground } from './use-playground.ts';
import { removeRuns, stopRuns, useRuns } from './use-runs.ts';
import { ValuesBar } from './values-bar.tsx';

/** Up to four prompts side by side, run with the same variables. */
export function PlaygroundPage() {
  const page = usePlayground();
  const { draft, project } = page;
  const { runs, isRunning, start } = useRuns(project);
  const [connecting, setConnecting] = useState(false);
  const baseUrl = useServerUrl();
  const connections = page.models.data?.connections;
  const runAll = () => {
    for (const column of draft?.columns ?? []) if (draft !== undefined) void start(draft, column);
  };
  const stopAll = () => {
    for (const { id } of draft?.columns ?? []) stopRuns(id);
  };
  const add = () => page.write(addColumn);
  const hasModels = connections !== undefined && connections.length > 0;
  useShortcuts(
    words.title,
    [
      { keys: ['Mod+Enter'], label: words.keys.run, run: runAll },
      { keys: ['Mod+.'], label: words.keys.stop, run: stopAll },
      { keys: ['n'], label: words.keys.column, run: add },
    ],
    hasModels,
  );
  const call = draft === undefined ? undefined : toCopyCall(draft, project, baseUrl);
  return (
    <PageFrame
      title={words.title}
      call={call}
      actions={
        hasModels && draft !== undefined ? (
          <Actions
            page={page}
            draft={draft}
            isRunning={isRunning}
            onAdd={add}
            onRun={runAll}
            onStop={stopAll}
            onConnections={() => setConnecting(true)}
          />
        ) : null
      }
    >
      <Body page={page} runs={runs} start={start} />
      {connecting ? (
        <ConnectionsDialog project={project} onClose={() => setConnecting(false)} />
      ) : null}
    </PageFrame>
  );
}

function addColumn(draft: Draft): Draft {
  const last = draft.columns.at(-1);
  if (last === undefined || draft.columns.length >= mostColumns) return draft;
  return { ...draft, columns: [...draft.columns, copyColumn(last)] };
}

function Actions({
  page,
  draft,
  isRunning,
  onAdd,
  onRun,
  onStop,
  onConnections,
}: {
  readonly page: Playground;
  readonly draft: Draft;
  readonly isRunning: boolean;
  readonly onAdd: () => void;
  readonly onRun: () => void;
  readonly onStop: () => void;
  readonly onConnections: () => void;
}) {
  const clear = () => {
    const before = draft;
    page.clear();
    for (const { id } of before.columns) stopRuns(id);
    addToast({ text: words.cleared, undo: () => page.replace(before) });
  };
  return (
    <>
      <label className="flex items-center gap-1.5 text-xs text-muted max-sm:hidden">
        {words.repetitions}
        <input
          type="number"
          min={1}
          max={mostRepetitions}
          value={draft.repetitions}
          className="tnum h-7 w-14 rounded-md border border-field bg-bg px-1.5 text-sm text-fg"
          onChange={(event) => {
            const count = Math.trunc(Number(event.target.value));
            const repetitions = Math.min(mostRepetitions, Math.max(1, count || 1));
            page.write((now) => ({ ...now, repetitions }));
          }}
        />
      </label>
      <Button onClick={onAdd} disabled={draft.columns.length >= mostColumns}>
        <IconPlus size={14} />
        <span className="max-md:sr-only">{words.addColumn}</span>
      </Button>
      <Menu
        renderTrigger={(props) => (
          <Button {...props} square label={words.more}>
            <IconMore size={14} />
          </Button>
        )}
      >
        <MenuItem onSelect={onConnections}>{words.connections}</MenuItem>
        <MenuItem onSelect={clear}>{words.clear}</MenuItem>
      </Menu>
      {isRunning ? (
        <Button onClick={onStop}>{words.stop}</Button>
      ) : (
        <Button tone="primary" onClick={onRun}>
          <IconPlay size={14} />
          {draft.columns.length === 1 ? words.run : words.runAll}
          <span className="flex gap-0.5 max-lg:hidden">
            {toKeyCaps('Mod+Enter').map((cap) => (
              <Key key={cap}>{cap}</Key>
            ))}
          </span>
        </Button>
      )}
    </>
  );
}

function Body({
  page,
  runs,
  start,
}: { readonly page: Playground } & Pick<ReturnType<typeof useRuns>, 'runs' | 'start'>) {
  const { draft, models, project } = page;
  if (models.isError && models.data === undefined)
    return (
      <ErrorState title={words.failed} error={models.error} onRetry={() => void models.refetch()} />
    );
  if (page.startError !== undefined)
    return (
      <ErrorState title={words.startFailed} error={page.startError} onRetry={page.retryStart} />
    );
  if (models.data?.connections.length === 0) return <NoConnection project={project} />;
  if (draft === undefined || models.data === undefined) return <Skeleton />;
  const { connections } = models.data;
  const remove = (id: string) => {
    const before = draft;
    page.write((now) => ({ ...now, columns: now.columns.filter((column) => column.id !== id) }));
    removeRuns(id);
    addToast({ text: words.removed, undo: () => page.replace(before) });
  };
  return (
    <>
      <ValuesBar draft={draft} write={page.write} />
      <div
        className="flex min-h-0 flex-1 snap-x overflow-x-auto"
        role="group"
        aria-label={words.columns}
      >
        {draft.columns.map((column, index) => (
          <ColumnView
            key={column.id}
            name={words.column(index + 1)}
            project={project}
            column={column}
            connections={connections}
            state={runs[column.id]}
            write={(change) => page.writeColumn(column.id, change)}
            onRun={() => void start(draft, column)}
            onRemove={draft.columns.length > 1 ? () => remove(column.id) : undefined}
          />
        ))}
      </div>
    </>
  );
}

function Skeleton() {
  return (
    <div className="late flex-1 space-y-3 p-4" aria-hidden="true">
      {[28, 70, 62, 40].map((width) => (
        <div key={width} className="skeleton h-7" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
