import type {
  ComparedMeasure,
  ExperimentComparison,
  ExperimentLine,
  MeasureDelta,
} from '@coaia/client';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { toClass } from '../../../ui/class-names.ts';
import { words as all } from '../messages.ts';
import {
  isBetter,
  toDeltaText,
  toIntervalText,
  toPText,
  toSummaryText,
  toValueText,
  type Unit,
} from '../numbers.ts';
import { PromoteDialog, type PromptOfRun } from './promote-dialog.tsx';
import type { CompareView } from './use-compare-view.ts';

const words = all.page;

/** Every measure with its mean per run, the difference to the baseline, its interval and what follows, in words. */
export function SummaryTable({
  view,
  found,
}: {
  readonly view: CompareView;
  readonly found: ExperimentComparison;
}) {
  const [prompt, setPrompt] = useState<PromptOfRun>();
  const measures: readonly (readonly [ComparedMeasure, Unit, string])[] = [
    ...found.scores.map((score) => [score, score.kind, score.name] as const),
    [found.cost, 'cost', words.cost],
    [found.latency, 'latency', words.latency],
  ];
  const { method } = found;
  return (
    <section className="border-b border-line">
      <div className="overflow-x-auto">
        <table className="w-full min-w-180 border-collapse text-left" data-summary="">
          <caption className="sr-only">{words.summary}</caption>
          <thead>
            <tr className="text-xs text-muted">
              <th scope="col" className="w-40 px-4 py-1.5 font-normal">
                {words.measure}
              </th>
              {found.runs.map((run, index) => (
                <RunHead key={run.id} run={run} isBaseline={index === 0} onPromote={setPrompt} />
              ))}
            </tr>
          </thead>
          <tbody>
            {measures.map(([measure, unit, name]) => (
              <tr
                key={`${unit} ${name}`}
                className="border-t border-line align-top"
                data-measure={measure.name}
              >
                <th scope="row" className="px-4 py-1.5 font-medium">
                  {name}
                </th>
                <MeasureCells view={view} measure={measure} unit={unit} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.runs.length < 2 ? null : (
        <p className="max-w-180 px-4 py-2 text-xs text-pretty text-muted">
          {words.method(
            method.interval,
            `${method.confidence * 100} %`,
            method.seed,
            method.minPairs,
            method.minDiscordant,
          )}
        </p>
      )}
      {prompt === undefined ? null : (
        <PromoteDialog prompt={prompt} onClose={() => setPrompt(undefined)} />
      )}
    </section>
  );
}

function RunHead({
  run,
  isBaseline,
  onPromote,
}: {
  readonly run: ExperimentLine;
  readonly isBaseline: boolean;
  readonly onPromote: (prompt: PromptOfRun) => void;
}) {
  return (
    <th scope="col" className="px-3 py-1.5 align-top font-normal">
      <span className="flex items-center gap-2">
        <span className="max-w-60 truncate font-medium text-fg">{run.name}</span>
        {isBaseline ? <span>{words.isBaseline}</span> : null}
      </span>
      {run.prompts.map(({ name, version }) =>
        version === null ? null : (
          <Button
            key={`${name} ${version}`}
            tone="ghost"
            className="-ml-2 h-6 text-xs"
            onClick={() => onPromote({ name, version, run: run.name })}
          >
            {`${words.promote}: ${name} v${version}`}
          </Button>
        ),
      )}
    </th>
  );
}

function MeasureCells({
  view,
  measure,
  unit,
}: {
  readonly view: CompareView;
  readonly measure: ComparedMeasure;
  readonly unit: Unit;
}) {
  const isFact = unit === 'cost' || unit === 'latency';
  return measure.runs.map((summary, index) => (
    <td key={index} className="px-3 py-1.5">
      <span className="tnum">{toSummaryText(summary, unit)}</span>
      {index === 0 ? (
        <Range
          text={toIntervalText(summary.interval, (value) => toValueText(value, unit))}
          note={words.of(summary.n, summary.missing)}
        />
      ) : (
        <Delta
          measure={measure}
          unit={unit}
          delta={measure.deltas[index - 1]}
          lowerIsBetter={isFact || view.lower.includes(measure.name)}
        />
      )}
    </td>
  ));
}

function Range({ text, note }: { readonly text: string | undefined; readonly note: string }) {
  return (
    <span className="tnum block text-xs text-muted">
      {text === undefined ? note : `${text}, ${note}`}
    </span>
  );
}

function Delta({
  measure,
  unit,
  delta,
  lowerIsBetter,
}: {
  readonly measure: ComparedMeasure;
  readonly unit: Unit;
  readonly delta: MeasureDelta | undefined;
  readonly lowerIsBetter: boolean;
}) {
  if (delta === undefined) return null;
  if (measure.kind === 'label')
    return <Range text={undefined} note={words.delta(delta.pairs, delta.missingCount)} />;
  const better = isBetter(measure, delta.verdict, lowerIsBetter);
  const write = (value: number) => toDeltaText(value, unit);
  const range = toIntervalText(delta.interval, write);
  const verdict = words.verdicts[delta.verdict];
  return (
    <span className="block text-xs text-muted" data-verdict={delta.verdict}>
      <span
        className={toClass(
          'tnum',
          better === true && 'font-medium text-ok',
          better === false && 'font-medium text-error',
        )}
      >
        {toDeltaText(delta.meanDifference, unit)}
        {range === undefined ? '' : ` (${range})`}
        {`, ${verdict}`}
        {better === undefined ? '' : `: ${better ? words.better : words.worse}`}
      </span>
      <span className="tnum block">
        {delta.mcnemar === null ? '' : `${words.p(toPText(delta.mcnemar.p))}, `}
        {words.delta(delta.pairs, delta.missingCount)}
      </span>
    </span>
  );
}
