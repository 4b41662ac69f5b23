import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { addToast } from '../../lib/toasts.ts';
import { addUndo } from '../../lib/undo.ts';
import { Button } from '../../ui/button.tsx';
import { IconTrash } from '../../ui/icons.ts';
import { NothingHere } from '../../ui/page/empty-state.tsx';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Part, Section } from '../parts/section.tsx';
import { Table, type TableColumn } from '../parts/table.tsx';
import { InviteForm } from './invite-form.tsx';
import { words } from './messages.ts';
import {
  membersQuery,
  removeMember,
  roleNames,
  toMembersKey,
  writeMember,
  type Person,
  type RoleName,
} from './queries.ts';
import { RoleTableView } from './role-table.tsx';

const rights = { read: 'members:read', write: 'members:write' };

/** Who may be in the project, as what, and what that means. */
export function MembersSection({ project }: { readonly project: string }) {
  return (
    <Section rights={rights} wide>
      {(mayWrite) => (
        <>
          <Part title={words.title} lead={words.lead}>
            <MemberList project={project} mayWrite={mayWrite} />
          </Part>
          {mayWrite ? (
            <Part title={words.invite} lead={words.inviteLead}>
              <InviteForm project={project} />
            </Part>
          ) : null}
          <RoleTableView />
        </>
      )}
    </Section>
  );
}

function MemberList({
  project,
  mayWrite,
}: {
  readonly project: string;
  readonly mayWrite: boolean;
}) {
  const query = useQuery(membersQuery(project));
  const client = useQueryClient();
  if (query.isError)
    return (
      <Failure title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
    );
  if (query.data === undefined) return <SkeletonRows rows={3} height="36px" />;
  if (query.data.length === 0) return <NothingHere name="members">{words.empty}</NothingHere>;
  const actions = toActions(client, project);
  return (
    <Table
      label={words.list}
      rows={query.data}
      columns={toColumns(mayWrite, actions)}
      toKey={({ userId }) => userId}
      toMarks={({ email }) => ({ 'data-member': email })}
    />
  );
}

function toActions(client: QueryClient, project: string) {
  const refresh = () => client.invalidateQueries({ queryKey: toMembersKey(project) });
  const give = async (userId: string, role: RoleName | null) => {
    await (role === null ? removeMember(project, userId) : writeMember(project, { userId, role }));
    await refresh();
  };
  const act = async (person: Person, role: RoleName | null) => {
    const name = person.name || person.email;
    const failed = role === null ? words.removeFailed : words.changeFailed;
    try {
      await give(person.userId, role);
      const said =
        role === null ? words.removed(name) : words.changed(name, words.roles.names[role]);
      addUndo(said, () => give(person.userId, person.projectRole), failed);
    } catch (error) {
      addToast({ text: error instanceof Error ? error.message : failed, tone: 'error' });
      await refresh();
    }
  };
  return { act };
}

function toColumns(
  mayWrite: boolean,
  { act }: ReturnType<typeof toActions>,
): readonly TableColumn<Person>[] {
  return [
    {
      key: 'name',
      name: words.name,
      narrow: true,
      render: ({ name, email, isActive }) => (
        <span className="flex flex-col leading-tight">
          <span className="font-medium">{name || email}</span>
          <span className="text-xs text-muted">
            {name === '' ? '' : email}
            {isActive ? '' : ` ${words.inactive}`}
          </span>
        </span>
      ),
    },
    {
      key: 'role',
      name: words.role,
      narrow: true,
      render: (person) =>
        mayWrite ? (
          <RoleSelect person={person} onChange={(role) => void act(person, role)} />
        ) : (
          words.roles.names[person.role]
        ),
    },
    {
      key: 'from',
      name: words.from,
      render: ({ projectRole }) => (
        <span className="text-muted">
          {projectRole === null ? words.fromOrganization : words.fromProject}
        </span>
      ),
    },
    {
      key: 'actions',
      name: words.actions,
      quiet: true,
      right: true,
      narrow: true,
      render: (person) =>
        mayWrite && person.projectRole !== null ? (
          <Button
            tone="ghost"
            square
            label={words.remove(person.name || person.email)}
            onClick={() => void act(person, null)}
          >
            <IconTrash size={14} />
          </Button>
        ) : null,
    },
  ];
}

function RoleSelect({
  person,
  onChange,
}: {
  readonly person: Person;
  readonly onChange: (role: RoleName) => void;
}) {
  return (
    <select
      aria-label={words.roleFor(person.name || person.email)}
      value={person.role}
      className="h-7 rounded-md border border-field bg-bg px-1.5"
      onChange={(event) => onChange(event.target.value as RoleName)}
    >
      {roleNames.map((role) => (
        <option key={role} value={role}>
          {words.roles.names[role]}
        </option>
      ))}
    </select>
  );
}
