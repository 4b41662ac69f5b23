import type { PredictionItem } from '@coaia/client';
import { toCount, toDuration } from '../../../lib/format.ts';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { Sentence } from '../../../ui/sentence.tsx';
import { Amount, Status, Time } from '../../../ui/value.tsx';
import { words } from '../../messages.ts';
import { toRowText } from '../show-value.ts';

const part = words.predictions;
const names = part.columns;
const nothing = <span className="text-faint">–</span>;

/** How a prediction ended: its status with a dot. */
export function PredictionMark({ status }: { readonly status: number }) {
  const state = status < 400 ? 'ok' : status < 500 ? 'warning' : 'error';
  return <Status state={state} word={String(status)} />;
}

function RowCell({ rows }: { readonly rows: PredictionItem['inputs'] }) {
  const [first] = rows ?? [];
  if (first === undefined) return <span className="text-faint">{part.notKept}</span>;
  const text = toRowText(first);
  return (
    <span className="truncate" data-hint={text}>
      {text}
    </span>
  );
}

/** The columns of the list of predictions. */
export const predictionColumns: readonly GridColumn<PredictionItem>[] = [
  {
    key: 'status',
    name: names.status,
    width: 56,
    rank: 1,
    render: ({ status }) => <PredictionMark status={status} />,
  },
  {
    key: 'answer',
    name: names.answer,
    width: 120,
    grow: 2,
    rank: 0,
    render: ({ outputs, error }) =>
      error === null ? (
        <RowCell rows={outputs} />
      ) : (
        <span className="truncate text-error" data-hint={error.message}>
          <Sentence text={error.message} />
        </span>
      ),
  },
  {
    key: 'input',
    name: names.input,
    width: 160,
    grow: 3,
    rank: 5,
    render: ({ inputs }) => (
      <span className="min-w-0 truncate text-muted">
        <RowCell rows={inputs} />
      </span>
    ),
  },
  {
    key: 'flags',
    name: names.flags,
    width: 120,
    rank: 6,
    render: ({ flags }) =>
      flags.length === 0 ? (
        nothing
      ) : (
        <span className="truncate text-warn">
          {[...new Set(flags.map(({ field }) => field))].join(', ')}
        </span>
      ),
  },
  {
    key: 'version',
    name: names.version,
    width: 56,
    right: true,
    rank: 4,
    render: ({ version }) => <span className="tnum">{version}</span>,
  },
  {
    key: 'rows',
    name: names.rows,
    width: 48,
    right: true,
    rank: 7,
    render: ({ rows }) => <Amount of={toCount(rows)} />,
  },
  {
    key: 'took',
    name: names.took,
    width: 64,
    right: true,
    rank: 3,
    render: ({ durationMs }) => <Amount of={toDuration(durationMs)} />,
  },
  {
    key: 'at',
    name: names.at,
    width: 80,
    rank: 2,
    render: ({ at }) => <Time iso={at} className="text-muted" />,
  },
];
