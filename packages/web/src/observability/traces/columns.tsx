import type { ReactNode } from 'react';
import { absent, toCost, toCount, toDuration } from '../../lib/format.ts';
import { Amount, Status, Tag, Time } from '../../ui/value.tsx';
import { words as uiWords } from '../../ui/messages.ts';
import { words } from '../messages.ts';
import { toPreviewText } from './preview.ts';
import { toScoreText, toTraceState, type TraceRow } from './trace-row.ts';

/** Keys of the columns on offer. */
export type ColumnKey = keyof typeof words.columns.names;

/** A column: its width, how it prints, what it sorts by. */
export interface Column {
  readonly key: ColumnKey;
  /** Pixels; a column with `grow` takes a share of what is left. */
  readonly width: number;
  readonly grow?: number;
  readonly right?: boolean;
  readonly sort?: string;
  /** The lower, the later it is dropped when the window is narrow. */
  readonly rank: number;
  readonly render: (row: TraceRow) => ReactNode;
}

const faint = <span className="text-faint">{absent}</span>;

function renderText(text: string | null | undefined, className = 'truncate') {
  if (text === null || text === undefined || text === '') return faint;
  return <span className={className}>{text}</span>;
}

// A name below sample/ says already that it is one.
function renderName(row: TraceRow) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span className={`truncate ${row.name === null ? 'text-faint' : 'font-medium'}`}>
        {row.name ?? words.unnamed}
      </span>
      {row.sample && row.name?.startsWith('sample/') !== true ? <Tag>{uiWords.sample}</Tag> : null}
    </span>
  );
}

function renderTags(row: TraceRow) {
  if (row.tags.length === 0) return faint;
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden">
      {row.tags.slice(0, 4).map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
    </span>
  );
}

function renderScores(row: TraceRow) {
  const text = row.scores.map((score) => toScoreText(score)).join(', ');
  return text === '' ? (
    faint
  ) : (
    <span className="tnum truncate" data-hint={text}>
      {text}
    </span>
  );
}

/** Every column, in the order of a first visit. */
export const allColumns: readonly Column[] = [
  {
    key: 'time',
    width: 80,
    sort: 'timestamp',
    rank: 2,
    render: (row) => <Time iso={row.timestamp} className="text-muted" />,
  },
  { key: 'name', width: 150, grow: 1.1, sort: 'name', rank: 0, render: renderName },
  { key: 'status', width: 76, rank: 1, render: (row) => <Status state={toTraceState(row)} /> },
  {
    key: 'input',
    width: 120,
    grow: 1.5,
    rank: 8,
    render: (row) => renderText(toPreviewText(row.inputPreview), 'truncate text-muted'),
  },
  {
    key: 'output',
    width: 120,
    grow: 1.5,
    rank: 9,
    render: (row) => renderText(toPreviewText(row.outputPreview), 'truncate text-muted'),
  },
  {
    key: 'latency',
    width: 82,
    right: true,
    sort: 'latency',
    rank: 3,
    render: (row) => <Amount of={toDuration(row.latencyMs)} />,
  },
  {
    key: 'tokens',
    width: 74,
    right: true,
    sort: 'totalTokens',
    rank: 5,
    render: (row) => <Amount of={toCount(row.totalTokens)} />,
  },
  {
    key: 'cost',
    width: 82,
    right: true,
    sort: 'totalCost',
    rank: 4,
    render: (row) => <Amount of={toCost(row.totalCost)} />,
  },
  {
    key: 'observations',
    width: 66,
    right: true,
    sort: 'observationCount',
    rank: 10,
    render: (row) => <Amount of={toCount(row.observationCount)} />,
  },
  { key: 'scores', width: 128, rank: 11, render: renderScores },
  { key: 'user', width: 112, rank: 12, render: (row) => renderText(row.userId) },
  { key: 'session', width: 132, rank: 13, render: (row) => renderText(row.sessionId) },
  { key: 'tags', width: 140, rank: 14, render: renderTags },
  { key: 'environment', width: 96, rank: 15, render: (row) => renderText(row.environment) },
  {
    key: 'errors',
    width: 66,
    right: true,
    rank: 16,
    render: (row) => <Amount of={toCount(row.errorCount)} />,
  },
  { key: 'release', width: 96, rank: 17, render: (row) => renderText(row.release) },
  { key: 'version', width: 84, rank: 18, render: (row) => renderText(row.version) },
];

/** Columns of a first visit. */
export const defaultColumnKeys: readonly ColumnKey[] = [
  'time',
  'name',
  'status',
  'input',
  'output',
  'latency',
  'tokens',
  'cost',
  'scores',
  'user',
];

/** Columns named by the address (`cols=time,name`), or the default ones. */
export function toColumnKeys(text: string | undefined): readonly ColumnKey[] {
  const keys = (text ?? '')
    .split(',')
    .filter((key): key is ColumnKey => Object.hasOwn(words.columns.names, key));
  return keys.length > 0 ? [...new Set(keys)] : defaultColumnKeys;
}

/** The columns that fit: those of the lowest rank are kept, in their given order. */
export function findFittingColumns(keys: readonly ColumnKey[], width: number): readonly Column[] {
  const columns = keys.flatMap((key) => allColumns.filter((column) => column.key === key));
  const gap = 12;
  let left = width;
  const kept = new Set<ColumnKey>();
  for (const column of columns.toSorted((a, b) => a.rank - b.rank)) {
    if (kept.size > 1 && left < column.width + gap) break;
    left -= column.width + gap;
    kept.add(column.key);
  }
  return columns.filter((column) => kept.has(column.key));
}

/** The grid's column template: a box for selection, then the columns. */
export function toGridTemplate(columns: readonly Column[], lead = '32px'): string {
  const tracks = columns.map((column) =>
    column.grow === undefined ? `${column.width}px` : `minmax(${column.width}px, ${column.grow}fr)`,
  );
  return [lead, ...tracks].join(' ');
}
