import { useNavigate } from '@tanstack/react-router';
import { Button } from '../../ui/button.tsx';
import type { GridSelection } from '../../ui/grid/use-grid-selection.ts';
import { IconClose, IconColumns, IconDownload } from '../../ui/icons.ts';
import { writeSessions } from './export-sessions.ts';
import { words } from './messages.ts';

/** What can be done with the selected conversations; floats over the foot of the list. */
export function SelectedSessions({
  project,
  selection: { selected, clear },
}: {
  readonly project: string;
  readonly selection: GridSelection;
}) {
  const navigate = useNavigate();
  const ids = [...selected];
  const [sessionId, other] = ids;
  if (sessionId === undefined) return null;
  return (
    <div
      className="absolute bottom-4 left-1/2 z-20 flex h-10 -translate-x-1/2 items-center gap-2 rounded-lg bg-raised pr-1.5 pl-3 shadow-float"
      role="toolbar"
      aria-label={words.selected(ids.length)}
    >
      <span className="tnum pr-1 whitespace-nowrap" role="status">
        {words.selected(ids.length)}
      </span>
      {ids.length === 2 && other !== undefined ? (
        <Button
          onClick={() =>
            void navigate({
              to: '/p/$project/sessions/$sessionId',
              params: { project, sessionId },
              search: { with: other },
            })
          }
        >
          <IconColumns size={14} />
          {words.compare}
        </Button>
      ) : null}
      <Button onClick={() => void writeSessions(project, ids, 'json')}>
        <IconDownload size={14} />
        {words.export}
      </Button>
      <Button tone="ghost" square label={words.clear} onClick={clear}>
        <IconClose size={14} />
      </Button>
    </div>
  );
}
