import { useQuery } from '@tanstack/react-query';
import { absent } from '../../lib/format.ts';
import { IconCheck } from '../../ui/icons.ts';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Part } from '../parts/section.tsx';
import { Table, type TableColumn } from '../parts/table.tsx';
import { words } from './messages.ts';
import { rolesQuery, type RoleTable } from './queries.ts';

type Permission = RoleTable['permissions'][number];

/** What each role may do, in the words of the server's own table. */
export function RoleTableView() {
  const query = useQuery(rolesQuery);
  return (
    <Part title={words.roles.title} lead={words.roles.lead}>
      {query.isError ? (
        <Failure
          title={words.roles.failed}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {query.isPending ? <SkeletonRows rows={12} height="36px" /> : null}
      {query.data === undefined ? null : (
        <Table
          label={words.roles.list}
          rows={query.data.permissions}
          columns={toColumns(query.data)}
          toKey={({ name }) => name}
          toMarks={({ name }) => ({ 'data-permission': name })}
        />
      )}
    </Part>
  );
}

function toColumns({ roles, keyPermissions }: RoleTable): readonly TableColumn<Permission>[] {
  const holders = [
    ...roles
      .filter(({ role }) => role !== 'NONE')
      .map(({ role, permissions }) => ({ name: words.roles.names[role], permissions })),
    { name: words.roles.key, permissions: keyPermissions },
  ];
  return [
    {
      key: 'what',
      name: words.roles.what,
      narrow: true,
      render: ({ summary }) => summary,
    },
    ...holders.map(({ name, permissions }): TableColumn<Permission> => ({
      key: name,
      name,
      narrow: true,
      render: (permission) => <Mark yes={permissions.includes(permission.name)} />,
    })),
  ];
}

function Mark({ yes }: { readonly yes: boolean }) {
  return (
    <>
      <span aria-hidden="true" className={yes ? 'text-ok' : 'text-faint'}>
        {yes ? <IconCheck size={14} /> : absent}
      </span>
      <span className="sr-only">{yes ? words.roles.yes : words.roles.no}</span>
    </>
  );
}
