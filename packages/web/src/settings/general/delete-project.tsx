import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/page/confirm-dialog.tsx';
import { meQuery, useMay } from '../me.ts';
import { Part } from '../parts/section.tsx';
import { words } from './messages.ts';
import { goToProject } from './project-list.tsx';
import { deleteProject, openProject } from './queries.ts';

/** The end of this project, behind its name; the page goes on in another one. */
export function DeleteProject({
  project,
  name,
}: {
  readonly project: string;
  readonly name: string | undefined;
}) {
  const may = useMay('projects:write');
  const [open, setOpen] = useState(false);
  const others = useQuery(meQuery).data?.projects.filter(({ id }) => id !== project) ?? [];
  const [next] = others;
  if (!may || name === undefined) return null;
  const run = async (other: string) => {
    // The session leaves first: it would end with the project.
    await openProject(other);
    await deleteProject(project);
    await goToProject(other);
  };
  return (
    <Part title={words.remove.title} lead={words.remove.lead}>
      <Button tone="danger" disabled={next === undefined} onClick={() => setOpen(true)}>
        {words.remove.action}
      </Button>
      {next === undefined ? <p className="mt-2 text-muted">{words.remove.last}</p> : null}
      {open && next !== undefined ? (
        <ConfirmDialog
          title={words.remove.title}
          name={name}
          action={words.remove.action}
          failed={words.remove.failed}
          onConfirm={() => run(next.id)}
          onClose={() => setOpen(false)}
        >
          <p>{words.remove.confirm(name)}</p>
        </ConfirmDialog>
      ) : null}
    </Part>
  );
}
