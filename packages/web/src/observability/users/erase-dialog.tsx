import type { ErasedUser } from '@coaia/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { addToast } from '../../lib/toasts.ts';
import { Failure } from '../../ui/panels.tsx';
import { ConfirmDialog } from '../../ui/page/confirm-dialog.tsx';
import { words } from './messages.ts';
import { erasureQuery, eraseUser } from './users-query.ts';

const parts = ['traces', 'observations', 'scores', 'sessions', 'comments', 'media'] as const;

/** Says what erasing a user deletes, and does it once the user's id was typed. */
export function EraseDialog({
  project,
  user,
  onClose,
}: {
  readonly project: string;
  readonly user: string;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const plan = useQuery(erasureQuery(project, user));
  const run = async () => {
    const erased = await eraseUser(project, user);
    addToast({ text: words.erased(user, erased.traces) });
    await client.invalidateQueries();
  };
  return (
    <ConfirmDialog
      title={words.eraseTitle(user)}
      name={user}
      action={words.erase}
      failed={words.eraseFailed}
      onConfirm={run}
      onClose={onClose}
    >
      {plan.isError ? <Failure title={words.countFailed} error={plan.error} /> : null}
      {plan.isPending ? (
        <p className="text-muted" role="status">
          {words.eraseCounting}
        </p>
      ) : null}
      {plan.data === undefined ? null : <Counts plan={plan.data} />}
    </ConfirmDialog>
  );
}

function Counts({ plan }: { readonly plan: ErasedUser }) {
  const shown = parts.filter((part) => plan[part] > 0);
  if (shown.length === 0) return <p>{words.eraseNothing}</p>;
  return (
    <>
      <p>{words.eraseLead}</p>
      <ul className="tnum list-disc pl-5" data-erasure={plan.traces}>
        {shown.map((part) => (
          <li key={part}>{words.counts[part](plan[part])}</li>
        ))}
      </ul>
      <p className="text-muted">{words.eraseNote}</p>
    </>
  );
}
