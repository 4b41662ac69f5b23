import { absent, toCost, toCount, toDuration } from '../../lib/format.ts';
import { Amount, Time } from '../../ui/value.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { words } from '../messages.ts';
import { toScoreText } from '../traces/trace-row.ts';
import type { SessionRow } from './sessions-query.ts';

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

const names = words.sessionsPage.columns;

/** The columns of the list of sessions. */
export const sessionColumns: readonly GridColumn<SessionRow>[] = [
  {
    key: 'id',
    name: names.id,
    width: 170,
    grow: 1,
    rank: 0,
    render: (row) => <span className="truncate font-medium">{row.id}</span>,
  },
  {
    key: 'activity',
    name: names.activity,
    width: 110,
    sort: 'lastActivity',
    rank: 1,
    render: (row) => <Time iso={row.lastActivity} className="text-muted" />,
  },
  {
    key: 'turns',
    name: names.turns,
    width: 64,
    right: true,
    sort: 'traceCount',
    rank: 2,
    render: (row) => <Amount of={toCount(row.traceCount)} />,
  },
  { key: 'users', name: names.users, width: 180, rank: 6, render: renderUsers },
  {
    key: 'duration',
    name: names.duration,
    width: 110,
    right: true,
    sort: 'durationMs',
    rank: 5,
    render: (row) => <Amount of={toDuration(row.durationMs)} />,
  },
  {
    key: 'tokens',
    name: names.tokens,
    width: 80,
    right: true,
    sort: 'totalTokens',
    rank: 7,
    render: (row) => <Amount of={toCount(row.totalTokens)} />,
  },
  {
    key: 'cost',
    name: names.cost,
    width: 84,
    right: true,
    sort: 'totalCost',
    rank: 4,
    render: (row) => <Amount of={toCost(row.totalCost)} />,
  },
  {
    key: 'errors',
    name: names.errors,
    width: 64,
    right: true,
    rank: 3,
    render: (row) => (
      <Amount of={toCount(row.errorCount)} className={row.errorCount > 0 ? 'text-error' : ''} />
    ),
  },
  { key: 'scores', name: names.scores, width: 150, rank: 8, render: renderScores },
];
