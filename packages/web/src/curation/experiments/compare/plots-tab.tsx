import type { ExperimentComparison } from '@coaia/client';
import { words as all } from '../messages.ts';
import { ParetoPlot } from './pareto-plot.tsx';
import { ScatterPlot } from './scatter-plot.tsx';
import type { CompareView } from './use-compare-view.ts';

const words = all.page;

/** Two pictures of the same numbers: items of two runs, and runs by cost and quality. */
export function PlotsTab({
  view,
  found,
}: {
  readonly view: CompareView;
  readonly found: ExperimentComparison;
}) {
  const [baseline, ...candidates] = found.runs;
  const chosen = candidates.find(({ id }) => id === view.search.run) ?? candidates[0];
  return (
    <div
      className="min-h-0 flex-1 overflow-y-auto"
      tabIndex={0}
      role="region"
      aria-label={words.tabs.plots}
    >
      <div className="grid gap-6 p-4 xl:grid-cols-2">
        {baseline === undefined || chosen === undefined ? null : (
          <div>
            {candidates.length < 2 ? null : (
              <label className="mb-2 flex items-center gap-2">
                <span className="text-xs text-muted">{words.candidate}</span>
                <select
                  className="h-7 rounded-md border border-field bg-bg px-1.5"
                  value={chosen.id}
                  onChange={({ target }) => view.update({ run: target.value })}
                >
                  {candidates.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <ScatterPlot
              view={view}
              found={found}
              place={found.runs.indexOf(chosen)}
              names={[baseline.name, chosen.name]}
            />
          </div>
        )}
        <ParetoPlot found={found} lower={view.lower} />
      </div>
    </div>
  );
}
