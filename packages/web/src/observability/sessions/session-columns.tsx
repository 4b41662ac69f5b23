import type { ReactNode } from 'react';
import { absent, toCost, toCount, toDuration } from '../../lib/format.ts';
import { Amount, Time } from '../../ui/value.tsx';
import type { words } from '../messages.ts';
import { toScoreText } from '../traces/trace-row.ts';
import type { SessionRow } from './sessions-query.ts';

/** A column of the list of sessions. */
export interface SessionColumn {
  readonly key: keyof typeof words.sessionsPage.columns;
  readonly width: number;
  readonly grow?: boolean;
  readonly right?: boolean;
  readonly sort?: string;
  /** The lower, the later it is dropped when the window is narrow. */
  readonly rank: number;
  readonly render: (row: SessionRow) => ReactNode;
}

const faint = <span className="text-faint">{absent}</span>;

function renderUsers(row: SessionRow) {
  if (row.userIds.length === 0) return faint;
  const rest = row.userIds.length - 2;
  return (
    <span className="truncate" data-hint={row.userIds.length > 2 ? row.userIds.join(', ') : ''}>
      {row.userIds.slice(0, 2).join(', ')}
      {rest > 0 ? <span className="text-muted"> +{rest}</span> : null}
    </span>
  );
}

function renderScores(row: SessionRow) {
  return row.scores.length === 0 ? (
    faint
  ) : (
    <span className="tnum truncate">
      {row.scores.map((score) => toScoreText(score)).join(', ')}
    </span>
  );
}

const columns: readonly SessionColumn[] = [
  {
    key: 'id',
    width: 170,
    grow: true,
    rank: 0,
    render: (row) => <span className="truncate font-medium">{row.id}</span>,
  },
  {
    key: 'activity',
    width: 110,
    sort: 'lastActivity',
    rank: 1,
    render: (row) => <Time iso={row.lastActivity} className="text-muted" />,
  },
  {
    key: 'turns',
    width: 64,
    right: true,
    sort: 'traceCount',
    rank: 2,
    render: (row) => <Amount of={toCount(row.traceCount)} />,
  },
  { key: 'users', width: 180, rank: 6, render: renderUsers },
  {
    key: 'duration',
    width: 110,
    right: true,
    sort: 'durationMs',
    rank: 5,
    render: (row) => <Amount of={toDuration(row.durationMs)} />,
  },
  {
    key: 'tokens',
    width: 80,
    right: true,
    sort: 'totalTokens',
    rank: 7,
    render: (row) => <Amount of={toCount(row.totalTokens)} />,
  },
  {
    key: 'cost',
    width: 84,
    right: true,
    sort: 'totalCost',
    rank: 4,
    render: (row) => <Amount of={toCost(row.totalCost)} />,
  },
  {
    key: 'errors',
    width: 64,
    right: true,
    rank: 3,
    render: (row) => (
      <Amount of={toCount(row.errorCount)} className={row.errorCount > 0 ? 'text-error' : ''} />
    ),
  },
  { key: 'scores', width: 150, rank: 8, render: renderScores },
];

/** The columns that fit into `width` pixels. */
export function findFittingSessionColumns(width: number): readonly SessionColumn[] {
  let left = width;
  const kept = new Set<string>();
  for (const column of columns.toSorted((a, b) => a.rank - b.rank)) {
    left -= column.width + 12;
    if (left < 0 && kept.size > 1) break;
    kept.add(column.key);
  }
  return columns.filter((column) => kept.has(column.key));
}
