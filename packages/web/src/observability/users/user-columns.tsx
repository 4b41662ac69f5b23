import { absent, toCost, toCount, type Quantity } from '../../lib/format.ts';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { Amount, Time } from '../../ui/value.tsx';
import { words } from './messages.ts';
import { UserMenu, type UserActions } from './user-menu.tsx';
import type { UserLine } from './users-query.ts';

const names = words.columns;
const nothing = <span className="text-faint">{absent}</span>;

/** A share as `2.1 %`; the exact counts on hover. */
export function toShare(errors: number, traces: number): Quantity {
  const share = traces === 0 ? 0 : (errors / traces) * 100;
  const value = share === 0 ? '0' : share < 0.1 ? '<0.1' : share.toFixed(share < 9.95 ? 1 : 0);
  return { value, unit: '%', exact: words.errorHint(errors, traces) };
}

/** The columns of the list of users; the last one holds what can be done with a user. */
export function toUserColumns(actions: UserActions): readonly GridColumn<UserLine>[] {
  return [...columns, toMenuColumn(actions)];
}

const columns: readonly GridColumn<UserLine>[] = [
  {
    key: 'user',
    name: names.user,
    width: 170,
    grow: 1,
    rank: 0,
    render: (row) => <span className="truncate font-medium">{row.id}</span>,
  },
  {
    key: 'lastSeen',
    name: names.lastSeen,
    width: 96,
    rank: 2,
    sort: 'lastSeen',
    render: (row) => <Time iso={row.lastSeen} className="text-muted" />,
  },
  {
    key: 'firstSeen',
    name: names.firstSeen,
    width: 96,
    rank: 8,
    sort: 'firstSeen',
    render: (row) => <Time iso={row.firstSeen} className="text-muted" />,
  },
  {
    key: 'traces',
    name: names.traces,
    width: 70,
    right: true,
    rank: 3,
    sort: 'traceCount',
    render: (row) => <Amount of={toCount(row.traceCount)} />,
  },
  {
    key: 'sessions',
    name: names.sessions,
    width: 72,
    right: true,
    rank: 7,
    render: (row) => <Amount of={toCount(row.sessionCount)} />,
  },
  {
    key: 'errors',
    name: names.errors,
    width: 84,
    right: true,
    rank: 4,
    sort: 'errorRate',
    render: (row) => (
      <Amount
        of={toShare(row.errorCount, row.traceCount)}
        className={row.errorCount > 0 ? 'text-error' : ''}
      />
    ),
  },
  {
    key: 'tokens',
    name: names.tokens,
    width: 80,
    right: true,
    rank: 6,
    sort: 'totalTokens',
    render: (row) => <Amount of={toCount(row.totalTokens)} />,
  },
  {
    key: 'cost',
    name: names.cost,
    width: 84,
    right: true,
    rank: 5,
    sort: 'totalCost',
    render: (row) => <Amount of={toCost(row.totalCost)} />,
  },
  { key: 'scores', name: names.scores, width: 200, rank: 9, render: renderScores },
];

function renderScores({ scores }: UserLine) {
  const known = scores.filter((score) => score.mean !== null);
  if (known.length === 0) return nothing;
  return (
    <span className="tnum flex min-w-0 gap-3 overflow-hidden">
      {known.slice(0, 3).map(({ name, mean, count }) => (
        <span key={name} className="truncate" data-hint={words.scoreHint(name, count)}>
          <span className="text-muted">{name}</span> {mean?.toFixed(2)}
        </span>
      ))}
    </span>
  );
}

function toMenuColumn(actions: UserActions): GridColumn<UserLine> {
  return {
    key: 'actions',
    name: names.actions,
    quiet: true,
    width: 28,
    rank: 1,
    render: (row) => <UserMenu user={row.id} actions={actions} />,
  };
}
