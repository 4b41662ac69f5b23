import { useNavigate } from '@tanstack/react-router';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import type { GridSelection } from '../../ui/grid/use-grid-selection.ts';
import { words } from '../messages.ts';
import { sessionColumns } from './session-columns.tsx';
import type { SessionRow } from './sessions-query.ts';

/** The conversations as a grid. */
export function SessionGrid({
  project,
  openTime,
  ...rest
}: {
  readonly project: string;
  readonly rows: readonly SessionRow[];
  readonly orderBy: string;
  readonly onSort: (field: string) => void;
  readonly hasMore: boolean;
  readonly needMore: () => void;
  readonly focusQuery: () => void;
  readonly openTime: () => void;
  readonly selection: GridSelection;
}) {
  const navigate = useNavigate();
  return (
    <DataGrid
      {...rest}
      label={words.sessionsPage.label}
      columns={sessionColumns}
      toKey={(row) => row.id}
      toMarks={(row) => ({ 'data-session': row.id })}
      onOpen={(row) =>
        void navigate({
          to: '/p/$project/sessions/$sessionId',
          params: { project, sessionId: row.id },
        })
      }
      keys={() => [{ keys: ['t'], label: words.keys.timeRange, run: openTime }]}
    />
  );
}
