import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { Failure } from '../../ui/panels.tsx';
import { words } from './messages.ts';
import { toDatasetsKey, writeDataset } from './queries.ts';

/** Name and description of a new dataset; it is opened when it is there. */
export function CreateDialog({
  project,
  folder,
  onClose,
}: {
  readonly project: string;
  readonly folder: string;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(folder === '' ? '' : `${folder}/`);
  const [description, setDescription] = useState('');
  const [error, setError] = useState<unknown>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = async () => {
    setError(undefined);
    try {
      await writeDataset({ name, ...(description === '' ? {} : { description }) });
      await client.invalidateQueries({ queryKey: toDatasetsKey(project) });
      await navigate({
        to: '/p/$project/datasets/$datasetName',
        params: { project, datasetName: name },
      });
    } catch (error_) {
      setError(error_);
    }
  };
  return (
    <Dialog open onClose={onClose} title={words.createTitle} initialFocus={field}>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void create();
        }}
      >
        <TextField
          label={words.name}
          hint={words.nameHint}
          value={name}
          onChange={setName}
          inputRef={field}
        />
        <TextField label={words.description} value={description} onChange={setDescription} />
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={words.createFailed} error={error} />
          </div>
        )}
        <div className="flex justify-end gap-2 pt-1">
          <Button type="submit" tone="primary" disabled={name.trim() === ''}>
            {words.createAction}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
