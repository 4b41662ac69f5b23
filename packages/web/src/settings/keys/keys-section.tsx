import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { toRelative, useNow } from '../../lib/time.ts';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { IconPlus } from '../../ui/icons.ts';
import { ConfirmDialog } from '../../ui/page/confirm-dialog.tsx';
import { NothingHere } from '../../ui/page/empty-state.tsx';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Part, Section } from '../parts/section.tsx';
import { Table } from '../parts/table.tsx';
import { CreateKey } from './create-key.tsx';
import { toKeyColumns } from './key-columns.tsx';
import { words } from './messages.ts';
import { deleteKey, keysQuery, toKeysKey, type KeyLine } from './queries.ts';

const rights = { read: 'keys:read', write: 'keys:write' };

/** The keys of this project: made once, shown once, deleted by name. */
export function KeysSection({ project }: { readonly project: string }) {
  const { edit } = useSearch({ from: '/p/$project/settings/$section' });
  const navigate = useNavigate();
  const [leaving, setLeaving] = useState<KeyLine>();
  const setOpen = (open: boolean) =>
    void navigate({
      to: '/p/$project/settings/$section',
      params: { project, section: 'keys' },
      search: open ? { edit: 'create' } : {},
      replace: true,
    });
  return (
    <Section rights={rights} wide>
      {(mayWrite) => (
        <>
          <Part
            title={words.title}
            lead={words.lead}
            actions={mayWrite ? <CreateButton onClick={() => setOpen(true)} /> : undefined}
          >
            <KeyList project={project} onDelete={mayWrite ? setLeaving : undefined} />
          </Part>
          {edit === 'create' && mayWrite ? (
            <CreateKey project={project} onClose={() => setOpen(false)} />
          ) : null}
          {leaving === undefined ? null : (
            <DeleteKey project={project} row={leaving} onClose={() => setLeaving(undefined)} />
          )}
        </>
      )}
    </Section>
  );
}

function CreateButton({ onClick }: { readonly onClick: () => void }) {
  useShortcuts(words.title, [{ keys: ['n'], label: words.keyboard, run: onClick }]);
  return (
    <Button tone="primary" onClick={onClick}>
      <IconPlus size={14} />
      {words.create}
    </Button>
  );
}

function KeyList({
  project,
  onDelete,
}: {
  readonly project: string;
  readonly onDelete: ((row: KeyLine) => void) | undefined;
}) {
  const query = useQuery(keysQuery(project));
  if (query.isError)
    return (
      <Failure title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  if (query.data === undefined) return <SkeletonRows rows={4} height="36px" />;
  if (query.data.length === 0) return <NothingHere name="keys">{words.empty}</NothingHere>;
  return (
    <Table
      label={words.list}
      rows={query.data}
      columns={toKeyColumns(onDelete)}
      toKey={({ id }) => id}
      toMarks={({ note }) => ({ 'data-key': note ?? '' })}
    />
  );
}

function DeleteKey({
  project,
  row,
  onClose,
}: {
  readonly project: string;
  readonly row: KeyLine;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const now = useNow();
  const { lastUsedAt } = row;
  const run = async () => {
    await deleteKey(project, row.id);
    addToast({ text: words.removed });
    await client.invalidateQueries({ queryKey: toKeysKey(project) });
  };
  const used =
    lastUsedAt === null || lastUsedAt === undefined
      ? words.usedNever
      : words.usedBefore(toRelative(lastUsedAt, now));
  return (
    <ConfirmDialog
      title={words.removeTitle}
      name={row.note ?? row.publicKey}
      action={words.removeAction}
      failed={words.removeFailed}
      onConfirm={run}
      onClose={onClose}
    >
      <p>{words.removeLead(used)}</p>
    </ConfirmDialog>
  );
}
