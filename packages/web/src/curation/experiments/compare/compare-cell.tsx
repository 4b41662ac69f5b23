import type { ComparedCell, ComparedMeasure } from '@coaia/client';
import { Link } from '@tanstack/react-router';
import { toClass } from '../../../ui/class-names.ts';
import { IconTraces } from '../../../ui/icons.ts';
import { Status } from '../../../ui/value.tsx';
import { toBlockText } from '../../datasets/value-text.ts';
import { words as all } from '../messages.ts';
import { toDeltaText, toValueText, type Unit } from '../numbers.ts';

const words = all.page;

/** What one run did with one item: output, scores with their differences, cost and latency, the way to the trace. */
export function CompareCell({
  project,
  cell,
  scores,
  lower,
}: {
  readonly project: string;
  readonly cell: ComparedCell | undefined;
  readonly scores: readonly ComparedMeasure[];
  readonly lower: readonly string[];
}) {
  if (cell === undefined) return <span className="text-faint">{words.noAnswer}</span>;
  const output = toBlockText(cell.output, 800);
  return (
    <div className="space-y-1">
      {cell.isError ? (
        <p className="text-xs">
          <Status state="error" word={words.error} />
          {cell.statusMessage === null ? null : (
            <span className="pl-2 break-words text-muted">{cell.statusMessage}</span>
          )}
        </p>
      ) : null}
      <p
        className={toClass(
          'line-clamp-5 break-words whitespace-pre-wrap',
          /^[{[]/.test(output) && 'font-mono text-xs',
        )}
      >
        {output === '' ? <span className="text-faint">{words.noAnswer}</span> : output}
        {cell.outputCut ? '…' : ''}
      </p>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs">
        {scores.map((score) => (
          <Score key={score.name} score={score} cell={cell} lower={lower.includes(score.name)} />
        ))}
        <Fact cell={cell} name="cost" />
        <Fact cell={cell} name="latency" />
        {cell.repetitions > 0 ? (
          <span className="text-muted">{words.repeated(cell.repetitions + 1)}</span>
        ) : null}
        <Link
          to="/p/$project/traces/$traceId"
          params={{ project, traceId: cell.traceId }}
          search={cell.observationId === null ? {} : { span: cell.observationId }}
          aria-label={words.openTrace}
          data-hint={words.openTrace}
          className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-fg"
        >
          <IconTraces size={14} />
        </Link>
      </p>
    </div>
  );
}

function Score({
  score,
  cell,
  lower,
}: {
  readonly score: ComparedMeasure;
  readonly cell: ComparedCell;
  readonly lower: boolean;
}) {
  const value = cell.scores[score.name];
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : toItemValue(value, score.kind);
  return (
    <span className="tnum whitespace-nowrap">
      <span className="text-muted">{score.name} </span>
      {text}
      <Change value={cell.deltas?.[score.name]} unit={score.kind} lower={lower} />
    </span>
  );
}

/** A single answer passes or fails; a mean of several is a share. */
function toItemValue(value: number, kind: Unit): string {
  if (kind !== 'pass') return toValueText(value, kind);
  if (value === 1) return words.yes;
  return value === 0 ? words.no : toValueText(value, kind);
}

function Fact({ cell, name }: { readonly cell: ComparedCell; readonly name: 'cost' | 'latency' }) {
  if (cell[name] === null) return null;
  return (
    <span className="tnum whitespace-nowrap text-muted">
      {toValueText(cell[name], name)}
      <Change value={cell.deltas?.[name]} unit={name} lower />
    </span>
  );
}

// The sign says the direction; colour only repeats whether that is wanted.
function Change({
  value,
  unit,
  lower,
}: {
  readonly value: number | undefined;
  readonly unit: Unit;
  readonly lower: boolean;
}) {
  if (value === undefined || value === 0) return null;
  const isBetter = value > 0 !== lower;
  return (
    <span className={toClass('pl-1', isBetter ? 'text-ok' : 'text-error')}>
      {unit === 'pass' && Math.abs(value) === 1
        ? value > 0
          ? words.wasNo
          : words.wasYes
        : toDeltaText(value, unit)}
    </span>
  );
}
