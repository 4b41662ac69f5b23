import type { ExperimentComparison } from '@coaia/client';
import { words as all } from '../messages.ts';
import { toDeltaText, toValueText, type Unit } from '../numbers.ts';
import { PlotFigure, PlotSvg, toPlace } from './plot-frame.tsx';
import { toScale } from './plot.ts';
import type { CompareView } from './use-compare-view.ts';

const words = all.page;

interface Pair {
  readonly itemId: string;
  readonly before: number;
  readonly after: number;
}

/** Every item by its value in the baseline and in one candidate; above the line the candidate has more. */
export function ScatterPlot({
  view,
  found,
  place,
  names,
}: {
  readonly view: CompareView;
  readonly found: ExperimentComparison;
  /** Place of the candidate among the runs. */
  readonly place: number;
  readonly names: readonly [baseline: string, candidate: string];
}) {
  const score = found.meta.score ?? '';
  const unit = toUnit(found, score);
  const pairs = found.points.flatMap(({ itemId, values }): readonly Pair[] => {
    const [before, after] = [values[0] ?? null, values[place] ?? null];
    return before === null || after === null ? [] : [{ itemId, before, after }];
  });
  const title = words.scatter(score);
  if (pairs.length === 0) return <p className="text-muted">{words.noPoints}</p>;
  const scale = toScale(pairs.flatMap(({ before, after }) => [before, after]));
  const write = (value: number) => toValueText(value, unit);
  const above = pairs.filter(({ before, after }) => after > before).length;
  const below = pairs.filter(({ before, after }) => after < before).length;
  const start = toPlace(scale, scale, scale.low, scale.low);
  const end = toPlace(scale, scale, scale.high, scale.high);
  return (
    <PlotFigure
      title={title}
      sentence={words.scatterText(pairs.length, above, below, pairs.length - above - below)}
      table={<PairTable pairs={pairs} names={names} unit={unit} />}
    >
      <PlotSvg x={scale} y={scale} names={names} writeX={write} writeY={write}>
        <line
          x1={start.cx}
          y1={start.cy}
          x2={end.cx}
          y2={end.cy}
          className="stroke-line-strong"
          strokeDasharray="4 4"
        />
        {toStacks(pairs).map(({ before, after, itemId, count }) => (
          <circle
            key={itemId}
            {...toPlace(scale, scale, before, after)}
            r={4 + Math.min(10, 2 * Math.log2(count))}
            className="cursor-pointer fill-accent stroke-bg"
            fillOpacity={0.6}
            data-point={itemId}
            onClick={() => view.update({ tab: undefined, item: itemId })}
          >
            <title>{`${itemId}${count > 1 ? ` +${count - 1}` : ''}: ${write(before)}, ${write(after)}`}</title>
          </circle>
        ))}
      </PlotSvg>
    </PlotFigure>
  );
}

function toUnit(found: ExperimentComparison, score: string): Unit {
  const own = found.scores.find(({ name }) => name === score);
  return own?.kind ?? (score === 'cost' || score === 'latency' ? score : 'number');
}

/** Items at one place become one larger mark. */
function toStacks(pairs: readonly Pair[]): readonly (Pair & { readonly count: number })[] {
  const groups = Map.groupBy(pairs, ({ before, after }) => `${before} ${after}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, count: group.length }];
  });
}

function PairTable({
  pairs,
  names,
  unit,
}: {
  readonly pairs: readonly Pair[];
  readonly names: readonly [string, string];
  readonly unit: Unit;
}) {
  return (
    <table className="w-full text-left text-xs">
      <thead className="text-muted">
        <tr>
          <th scope="col" className="py-1 font-normal">
            {words.item}
          </th>
          {[...names, 'Δ'].map((name) => (
            <th key={name} scope="col" className="py-1 text-right font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ itemId, before, after }) => (
          <tr key={itemId} className="border-t border-line">
            <td className="py-0.5 font-mono">{itemId}</td>
            <td className="tnum py-0.5 text-right">{toValueText(before, unit)}</td>
            <td className="tnum py-0.5 text-right">{toValueText(after, unit)}</td>
            <td className="tnum py-0.5 text-right">{toDeltaText(after - before, unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
