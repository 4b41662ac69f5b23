import { Dialog } from '../../ui/dialog.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { ConnectionList } from './connection-list.tsx';
import { words } from './messages.ts';

/** The connections of a project and the form that adds one. */
export function ConnectionsDialog({
  project,
  onClose,
}: {
  readonly project: string;
  readonly onClose: () => void;
}) {
  return (
    <Dialog open wide title={words.title} onClose={onClose}>
      <ConnectionList project={project} />
      <h3 className="mt-5 mb-2 font-medium">{words.add}</h3>
      <ConnectionForm project={project} />
    </Dialog>
  );
}
