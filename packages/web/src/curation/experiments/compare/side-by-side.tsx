import type { ComparedRow, ExperimentLine } from '@coaia/client';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useShortcuts } from '../../../lib/keyboard.ts';
import { PaneName } from '../../../observability/trace/pane-name.ts';
import { Button, toButtonClass } from '../../../ui/button.tsx';
import { IconClose, IconExternal } from '../../../ui/icons.ts';
import { SkeletonRows } from '../../../ui/panels.tsx';
import { words as all } from '../messages.ts';
import type { CompareView } from './use-compare-view.ts';

const words = all.page;

const TraceView = lazy(async () => ({
  default: (await import('../../../observability/trace/trace-view.tsx')).TraceView,
}));

/** The traces of two runs for one item, next to each other over the rows. */
export function SideBySide({
  view,
  runs,
  row,
}: {
  readonly view: CompareView;
  readonly runs: readonly ExperimentLine[];
  readonly row: ComparedRow;
}) {
  const answered = runs.filter(({ id }) => row.cells[id] !== undefined);
  const [right, setRight] = useState(answered[1]?.id);
  const shown = answered.filter(({ id }, index) => index === 0 || id === right).slice(0, 2);
  const close = () => view.update({ item: undefined });
  useShortcuts(words.sideBySide, [{ keys: ['Escape'], label: words.closeSide, run: close }]);
  return (
    <section
      aria-label={words.sideBySide}
      data-side-by-side={row.itemId}
      className="absolute inset-0 z-20 flex flex-col bg-bg"
    >
      <div className="flex h-10 shrink-0 items-center gap-3 border-b border-line px-3">
        <h2 className="min-w-0 flex-1 truncate font-medium">{`${words.sideBySide}: ${row.itemId}`}</h2>
        {answered.length < 3 ? null : (
          <select
            aria-label={words.candidates}
            className="h-7 rounded-md border border-field bg-bg px-1.5"
            value={right}
            onChange={({ target }) => setRight(target.value)}
          >
            {answered.slice(1).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
        <Button tone="ghost" square label={words.closeSide} onClick={close}>
          <IconClose size={16} />
        </Button>
      </div>
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        {shown.map((run) => {
          const traceId = row.cells[run.id]?.traceId ?? '';
          return (
            <div
              key={`${run.id} ${traceId}`}
              className="flex min-h-0 min-w-0 flex-1 flex-col border-line not-first:border-l"
            >
              <p className="flex h-8 shrink-0 items-center justify-between border-b border-line px-3 text-xs text-muted">
                {run.name}
                <Link
                  to="/p/$project/traces/$traceId"
                  params={{ project: view.project, traceId }}
                  aria-label={`${words.openTrace}: ${run.name}`}
                  data-hint={words.openTrace}
                  className={toButtonClass('ghost', true)}
                >
                  <IconExternal size={14} />
                </Link>
              </p>
              <Suspense fallback={<SkeletonRows rows={10} />}>
                <PaneName value={{ name: run.name, prefix: `${run.id}-` }}>
                  <TraceView project={view.project} traceId={traceId} compact />
                </PaneName>
              </Suspense>
            </div>
          );
        })}
      </div>
    </section>
  );
}
