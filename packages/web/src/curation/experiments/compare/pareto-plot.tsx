import type { ComparedMeasure, ExperimentComparison } from '@coaia/client';
import { words as all } from '../messages.ts';
import { toValueText } from '../numbers.ts';
import { plot, PlotFigure, PlotSvg, toPlace } from './plot-frame.tsx';
import { findFrontier, toScale } from './plot.ts';

const words = all.page;

/** Runs by what an item costs and how good they are; those that nothing beats in both are named. */
export function ParetoPlot({
  found,
  lower,
}: {
  readonly found: ExperimentComparison;
  readonly lower: readonly string[];
}) {
  const measure =
    found.scores.find(({ name, kind }) => name === found.meta.score && kind !== 'label') ??
    found.scores.find(({ kind }) => kind !== 'label');
  const runs = found.runs.flatMap(({ id, name }, index) => {
    const mean = measure?.runs[index]?.mean ?? null;
    const cost = found.cost.runs[index]?.mean ?? null;
    if (mean === null || cost === null) return [];
    const quality = lower.includes(measure?.name ?? '') ? -mean : mean;
    return [{ id, name, cost, mean, quality }];
  });
  if (measure === undefined || runs.length === 0) {
    return (
      <figure aria-label={words.pareto} className="min-w-0">
        <h2 className="font-medium">{words.pareto}</h2>
        <p className="mt-1 text-muted">{words.noPareto}</p>
      </figure>
    );
  }
  const frontier = findFrontier(runs);
  const best = runs.filter(({ id }) => frontier.has(id));
  const x = toScale(runs.map(({ cost }) => cost));
  const y = toScale(runs.map(({ mean }) => mean));
  const write = (value: number) => toValueText(value, measure.kind);
  return (
    <PlotFigure
      title={words.pareto}
      sentence={words.paretoText(best.map(({ name }) => name).join(', '))}
      table={<RunTable runs={runs} frontier={frontier} measure={measure} />}
    >
      <PlotSvg
        x={x}
        y={y}
        names={[words.cost, measure.name]}
        writeX={(value) => toValueText(value, 'cost')}
        writeY={write}
      >
        {runs.map((run) => (
          <RunMark
            key={run.id}
            name={run.name}
            place={toPlace(x, y, run.cost, run.mean)}
            best={frontier.has(run.id)}
          />
        ))}
      </PlotSvg>
    </PlotFigure>
  );
}

function RunMark({
  name,
  place,
  best,
}: {
  readonly name: string;
  readonly place: { readonly cx: number; readonly cy: number };
  readonly best: boolean;
}) {
  // A name at the right edge stands at the left of its mark.
  const isLate = place.cx > plot.width * 0.75;
  return (
    <g data-run-point={name}>
      <circle
        {...place}
        r={5}
        className={best ? 'fill-accent stroke-accent' : 'fill-bg stroke-muted'}
        strokeWidth={2}
      />
      <text
        x={place.cx + (isLate ? -10 : 10)}
        y={place.cy + 4}
        textAnchor={isLate ? 'end' : 'start'}
        className="fill-fg"
      >
        {name}
      </text>
    </g>
  );
}

function RunTable({
  runs,
  frontier,
  measure,
}: {
  readonly runs: readonly {
    readonly id: string;
    readonly name: string;
    readonly cost: number;
    readonly mean: number;
  }[];
  readonly frontier: ReadonlySet<string>;
  readonly measure: ComparedMeasure;
}) {
  return (
    <table className="w-full text-left text-xs">
      <thead className="text-muted">
        <tr>
          <th scope="col" className="py-1 font-normal">
            {all.columns.name}
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            {words.cost}
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            {measure.name}
          </th>
          <th scope="col" className="py-1 pl-4 font-normal">
            {words.best}
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id} className="border-t border-line">
            <td className="py-0.5">{run.name}</td>
            <td className="tnum py-0.5 text-right">{toValueText(run.cost, 'cost')}</td>
            <td className="tnum py-0.5 text-right">{toValueText(run.mean, measure.kind)}</td>
            <td className="py-0.5 pl-4">{frontier.has(run.id) ? words.yes : words.no}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
