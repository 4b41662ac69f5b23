import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { Failure } from '../../ui/panels.tsx';
import { meQuery, useMay, type Me } from '../me.ts';
import { Part } from '../parts/section.tsx';
import { Table, type TableColumn } from '../parts/table.tsx';
import { words } from './messages.ts';
import { createProject, openProject } from './queries.ts';

type Place = Me['projects'][number];

/** Goes to another project: its own pages and its own data. */
export async function goToProject(projectId: string): Promise<void> {
  await openProject(projectId);
  // Everything read so far belongs to the project that is left.
  location.assign(`/p/${encodeURIComponent(projectId)}`);
}

/** The projects a person may enter, with a way to each and a way to a new one. */
export function ProjectList({ project }: { readonly project: string }) {
  const me = useQuery(meQuery);
  const mayCreate = useMay('projects:write');
  const open = useMutation({ mutationFn: goToProject });
  const columns: readonly TableColumn<Place>[] = [
    {
      key: 'name',
      name: words.name,
      narrow: true,
      render: ({ name }) => <span className="font-medium">{name}</span>,
    },
    {
      key: 'role',
      name: words.projects.role,
      render: ({ role }) => <span className="text-muted">{role?.toLowerCase()}</span>,
    },
    {
      key: 'open',
      name: words.projects.actions,
      quiet: true,
      right: true,
      narrow: true,
      render: ({ id, name }) =>
        id === project ? (
          <span className="text-muted">{words.projects.here}</span>
        ) : (
          <Button aria-label={words.projects.opening(name)} onClick={() => open.mutate(id)}>
            {words.projects.open}
          </Button>
        ),
    },
  ];
  return (
    <Part title={words.projects.title} lead={words.projects.lead}>
      <Table
        label={words.projects.label}
        rows={me.data?.projects ?? []}
        columns={columns}
        toKey={({ id }) => id}
        toMarks={({ name }) => ({ 'data-project': name })}
      />
      {open.isError ? <Failure title={words.projects.openFailed} error={open.error} /> : null}
      {mayCreate ? <AddProject /> : null}
    </Part>
  );
}

function AddProject() {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: () => createProject(name.trim()),
    onSuccess: async () => {
      addToast({ text: words.projects.added(name.trim()) });
      setName('');
      await client.invalidateQueries({ queryKey: ['me'] });
    },
  });
  return (
    <form
      className="mt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '' && !add.isPending) add.mutate();
      }}
    >
      <div className="flex items-end gap-2">
        <TextField
          className="min-w-0 flex-1"
          label={words.projects.newName}
          value={name}
          onChange={setName}
        />
        <Button type="submit" disabled={name.trim() === '' || add.isPending}>
          {words.projects.add}
        </Button>
      </div>
      {add.isError ? (
        <div className="-mx-4">
          <Failure title={words.projects.addFailed} error={add.error} />
        </div>
      ) : null}
    </form>
  );
}
