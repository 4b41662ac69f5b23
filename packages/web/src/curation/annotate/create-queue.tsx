import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField, TextField } from '../../ui/form/fields.tsx';
import { Failure } from '../../ui/panels.tsx';
import { words } from './messages.ts';
import { configsQuery, queueCalls, refreshQueues } from './queries.ts';

/** Name, description and wanted scores of a new queue; it is opened when it is there. */
export function CreateQueue({
  project,
  onClose,
}: {
  readonly project: string;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [error, setError] = useState<unknown>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const configs = useQuery(configsQuery(project)).data ?? [];
  const client = useQueryClient();
  const navigate = useNavigate();
  const isReady = name.trim() !== '' && chosen.length > 0;
  const create = async () => {
    setError(undefined);
    try {
      const body = { name: name.trim(), scoreConfigIds: chosen };
      const made = await queueCalls.create(description === '' ? body : { ...body, description });
      await refreshQueues(client, project);
      const params = { project, queueId: made.id };
      await navigate({ to: '/p/$project/annotate/$queueId', params });
    } catch (error_) {
      setError(error_);
    }
  };
  const toggle = (id: string, on: boolean) =>
    setChosen(on ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    <Dialog open onClose={onClose} title={words.createTitle} initialFocus={field}>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void create();
        }}
      >
        <TextField label={words.name} value={name} onChange={setName} inputRef={field} />
        <TextField label={words.description} value={description} onChange={setDescription} />
        <fieldset>
          <legend className="mb-1 text-xs text-muted">{words.configs}</legend>
          {configs.length === 0 ? <p className="text-muted">{words.needConfigs}</p> : null}
          {configs
            .filter(({ isArchived }) => !isArchived)
            .map(({ id, name: label, description: hint }) => (
              <CheckField
                key={id}
                label={label}
                {...(hint === null || hint === undefined ? {} : { hint })}
                checked={chosen.includes(id)}
                onChange={(on) => toggle(id, on)}
              />
            ))}
        </fieldset>
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={words.createFailed} error={error} />
          </div>
        )}
        <div className="flex justify-end pt-1">
          <Button type="submit" tone="primary" disabled={!isReady}>
            {words.createAction}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
