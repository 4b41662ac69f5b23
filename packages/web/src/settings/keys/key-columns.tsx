import { absent } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { IconTrash } from '../../ui/icons.ts';
import { Id, Time } from '../../ui/value.tsx';
import { words as memberWords } from '../members/messages.ts';
import type { TableColumn } from '../parts/table.tsx';
import { words } from './messages.ts';
import type { KeyLine } from './queries.ts';

const muted = 'text-muted';

function toScope({ role, requestsPerMinute, scopes }: KeyLine): string {
  const own =
    role === null ? words.anything : words.role(memberWords.roles.names[role].toLowerCase());
  const may = scopes === null ? own : words.only(scopes);
  return requestsPerMinute === null ? may : `${may}, ${words.limit(requestsPerMinute)}`;
}

/** The columns of the list of keys; with a way to delete where that is allowed. */
export function toKeyColumns(
  onDelete: ((row: KeyLine) => void) | undefined,
): readonly TableColumn<KeyLine>[] {
  return [
    {
      key: 'note',
      name: words.note,
      narrow: true,
      render: ({ note }) =>
        note === null || note === undefined || note === '' ? (
          <span className={muted}>{words.unnamed}</span>
        ) : (
          <span className="font-medium">{note}</span>
        ),
    },
    {
      key: 'public',
      name: words.publicKey,
      render: ({ publicKey }) => <Id id={publicKey} length={14} />,
    },
    {
      key: 'secret',
      name: words.secret,
      render: ({ displaySecretKey }) => (
        <span className="font-mono text-xs whitespace-nowrap text-muted">{displaySecretKey}</span>
      ),
    },
    {
      key: 'scope',
      name: words.scope,
      render: (row) => <span className={muted}>{toScope(row)}</span>,
    },
    {
      key: 'used',
      name: words.used,
      narrow: true,
      render: ({ lastUsedAt }) => <When iso={lastUsedAt} none={words.never} />,
    },
    {
      key: 'created',
      name: words.created,
      render: ({ createdAt }) => <Time iso={createdAt} className={muted} />,
    },
    {
      key: 'expires',
      name: words.expires,
      render: ({ expiresAt }) => <When iso={expiresAt} none={absent} />,
    },
    {
      key: 'actions',
      name: words.actions,
      quiet: true,
      right: true,
      narrow: true,
      render: (row) =>
        onDelete === undefined ? null : (
          <Button
            tone="ghost"
            square
            label={words.remove(row.note ?? row.publicKey)}
            onClick={() => onDelete(row)}
          >
            <IconTrash size={14} />
          </Button>
        ),
    },
  ];
}

function When({ iso, none }: { readonly iso: string | null | undefined; readonly none: string }) {
  if (iso === null || iso === undefined) return <span className="text-faint">{none}</span>;
  return <Time iso={iso} className={muted} />;
}
