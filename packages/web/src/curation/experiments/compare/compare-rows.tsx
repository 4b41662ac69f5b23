import type { ComparedRow, ExperimentComparison } from '@coaia/client';
import { useState } from 'react';
import { useShortcuts } from '../../../lib/keyboard.ts';
import { words as ui } from '../../../ui/messages.ts';
import { Button } from '../../../ui/button.tsx';
import { toClass } from '../../../ui/class-names.ts';
import { ItemId } from '../../datasets/item-id.tsx';
import { toBlockText } from '../../datasets/value-text.ts';
import { words as all } from '../messages.ts';
import { CompareCell } from './compare-cell.tsx';
import type { CompareView } from './use-compare-view.ts';

const words = all.page;

/** One row per item, one column per run. */
export function CompareRows({
  view,
  found,
}: {
  readonly view: CompareView;
  readonly found: ExperimentComparison;
}) {
  const { rows, runs, meta } = found;
  const mode = view.search.mode ?? 'all';
  const active = useActiveRow(view, rows);
  if (rows.length === 0)
    return (
      <p className="p-4 text-muted" role="status" data-empty="rows">
        {words.noRows[mode]}
      </p>
    );
  return (
    <>
      <p className="tnum px-4 pt-3 pb-1 text-xs text-muted" role="status">
        {words.shown(meta.shownItems, meta.totalItems)}
      </p>
      <table className="w-full min-w-180 table-fixed border-collapse text-left" data-rows={mode}>
        <thead className="sticky top-0 z-10 bg-bg text-xs text-muted shadow-[0_1px_0_var(--border)]">
          <tr>
            <th scope="col" className="w-[26%] px-4 py-1.5 font-normal">
              {words.item}
            </th>
            {runs.map((run, index) => (
              <th key={run.id} scope="col" className="truncate px-3 py-1.5 font-normal">
                {run.name}
                {index === 0 ? ` (${words.isBaseline})` : ''}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr
              key={row.itemId}
              data-item={row.itemId}
              aria-current={index === active ? 'true' : undefined}
              className={toClass('align-top', index === active ? 'row-on' : 'row-line')}
            >
              <th scope="row" className="px-4 py-2 font-normal">
                <ItemHead row={row} onOpen={() => view.update({ item: row.itemId })} />
              </th>
              {runs.map((run) => (
                <td key={run.id} className="px-3 py-2">
                  <CompareCell
                    project={view.project}
                    cell={row.cells[run.id]}
                    scores={found.scores}
                    lower={view.lower}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Pager view={view} found={found} />
    </>
  );
}

function ItemHead({ row, onOpen }: { readonly row: ComparedRow; readonly onOpen: () => void }) {
  const expected = toBlockText(row.expectedOutput, 400);
  return (
    <div className="space-y-1">
      <p className="line-clamp-4 break-words whitespace-pre-wrap">{toBlockText(row.input, 600)}</p>
      {expected === '' ? null : (
        <p className="line-clamp-3 text-xs break-words text-muted">
          {`${words.expected}: ${expected}`}
        </p>
      )}
      <div className="flex items-center gap-1">
        <ItemId id={row.itemId} />
        <Button tone="ghost" className="h-6 px-1.5 text-xs" onClick={onOpen}>
          {words.sideBySide}
        </Button>
      </div>
    </div>
  );
}

function Pager({
  view,
  found,
}: {
  readonly view: CompareView;
  readonly found: ExperimentComparison;
}) {
  const { page, limit, shownItems } = found.meta;
  const pages = Math.max(1, Math.ceil(shownItems / limit));
  if (pages === 1) return null;
  const go = (to: number) =>
    view.update({ page: to === 1 ? undefined : String(to), item: undefined });
  return (
    <div className="flex items-center gap-2 px-4 py-3">
      <Button disabled={page <= 1} onClick={() => go(page - 1)}>
        {words.previous}
      </Button>
      <span className="tnum text-muted">{words.pageOf(page, pages)}</span>
      <Button disabled={page >= pages} onClick={() => go(page + 1)}>
        {words.next}
      </Button>
    </div>
  );
}

/** The row that the keys move; Enter opens its traces side by side. */
function useActiveRow(view: CompareView, rows: readonly ComparedRow[]): number {
  const [active, setActive] = useState(-1);
  const at = Math.min(active, rows.length - 1);
  const go = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setActive(next);
    document
      .querySelector(`[data-item="${CSS.escape(rows[next]?.itemId ?? '')}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts(words.tabs.items, [
    { keys: ['j', 'ArrowDown'], label: ui.keys.next, run: () => go(at + 1) },
    { keys: ['k', 'ArrowUp'], label: ui.keys.previous, run: () => go(at - 1) },
    {
      keys: ['Enter'],
      label: all.keys.item,
      run: () => view.update({ item: rows[at]?.itemId }),
      when: (event) => at >= 0 && !(event.target as Element | null)?.closest('button,a'),
    },
  ]);
  return at;
}
