import type { ExperimentComparison } from '@coaia/client';
import { useShortcuts } from '../../../lib/keyboard.ts';
import { useMedia } from '../../../ui/use-media.ts';
import { PageTabs } from '../../../ui/page/tabs.tsx';
import { words as all } from '../messages.ts';
import { CompareBar, modes } from './compare-bar.tsx';
import { CompareRows } from './compare-rows.tsx';
import { PlotsTab } from './plots-tab.tsx';
import { SideBySide } from './side-by-side.tsx';
import { SummaryTable } from './summary-table.tsx';
import type { CompareView } from './use-compare-view.ts';

const words = all.page;

/** The tabs of a comparison, and the traces of one item over them. */
export function CompareBody({
  view,
  found,
}: {
  readonly view: CompareView;
  readonly found: ExperimentComparison;
}) {
  const { search } = view;
  const isNarrow = useMedia('(width < 64rem)');
  useShortcuts(words.title, [
    {
      keys: ['d'],
      label: all.keys.mode,
      run: () => {
        const next = modes[(modes.indexOf(search.mode ?? 'all') + 1) % modes.length];
        view.choose({ mode: next === 'all' ? undefined : next });
      },
    },
  ]);
  const row = found.rows.find(({ itemId }) => itemId === search.item);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {isNarrow ? (
        <div className="shrink-0 overflow-x-auto border-b border-line px-3 py-2">
          <CompareBar view={view} found={found} />
        </div>
      ) : null}
      <PageTabs<'items' | 'plots'>
        label={words.tabs.label}
        value={search.tab ?? 'items'}
        onChange={(tab) => view.update({ tab: tab === 'plots' ? 'plots' : undefined })}
        aside={isNarrow ? undefined : <CompareBar view={view} found={found} />}
        tabs={[
          {
            value: 'items',
            label: words.tabs.items,
            render: () => (
              <div
                className="min-h-0 flex-1 overflow-auto"
                tabIndex={0}
                role="region"
                aria-label={words.tabs.items}
              >
                <SummaryTable view={view} found={found} />
                <CompareRows view={view} found={found} />
              </div>
            ),
          },
          {
            value: 'plots',
            label: words.tabs.plots,
            render: () => <PlotsTab view={view} found={found} />,
          },
        ]}
      />
      {row === undefined ? null : <SideBySide view={view} runs={found.runs} row={row} />}
    </div>
  );
}
