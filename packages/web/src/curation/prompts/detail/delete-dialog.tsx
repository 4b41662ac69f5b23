import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ConfirmDialog } from '../../../ui/page/confirm-dialog.tsx';
import { PromptLink } from '../graph/graph-table.tsx';
import { words } from '../messages.ts';
import type { PromptOverview } from '../prompt.ts';
import { usageQuery } from '../usage.ts';
import { deletePrompt, refreshPrompts } from './prompt-actions.ts';

/** Asks before a prompt goes with all its versions, and says who includes it and how often it was called. */
export function DeleteDialog({
  project,
  overview,
  onClose,
}: {
  readonly project: string;
  readonly overview: PromptOverview;
  readonly onClose: () => void;
}) {
  const { name, includedBy, versions } = overview;
  const navigate = useNavigate();
  const usage = useQuery(usageQuery(project, name)).data ?? [];
  const calls = usage.reduce((sum, line) => sum + line.calls, 0);
  const users = [...new Set(includedBy.map((edge) => edge.name).filter((user) => user !== name))];
  const remove = async () => {
    await deletePrompt(name);
    await navigate({ to: '/p/$project/prompts', params: { project } });
    await refreshPrompts(project);
  };
  return (
    <ConfirmDialog
      title={words.deleteTitle(name)}
      name={name}
      action={words.deletePrompt}
      failed={words.deleteFailed}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>{words.deleteLead(versions.length)}</p>
      {users.length === 0 ? (
        <p className="text-muted">{words.deleteFree}</p>
      ) : (
        <div>
          <p>{words.deleteUsed}</p>
          <ul className="mt-1 list-disc pl-5">
            {users.map((user) => (
              <li key={user}>
                <PromptLink project={project} name={user} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {calls === 0 ? null : <p className="text-muted">{words.deleteCalls(calls)}</p>}
    </ConfirmDialog>
  );
}
