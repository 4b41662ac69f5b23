import { Dialog as Base } from '@base-ui/react/dialog';
import type { ServerSession } from '../lib/server.ts';
import { words } from './messages.ts';
import { SideNav } from './side-nav.tsx';

/** The menu of a narrow window. */
export function Drawer({
  project,
  session,
  onClose,
}: {
  readonly project: string;
  readonly session: ServerSession | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed backdrop inset-0 z-40" />
        <Base.Popup
          aria-label={words.navigation}
          className="fixed inset-y-0 left-0 z-40 shadow-float outline-none"
        >
          <SideNav project={project} session={session} drawer />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
