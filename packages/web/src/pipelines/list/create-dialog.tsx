import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { sendRequest } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/form/fields.tsx';
import { words as uiWords } from '../../ui/messages.ts';
import { Failure } from '../../ui/panels.tsx';
import { setValue, type PipelineText } from '../document/edit-text.ts';
import { words } from '../messages.ts';
import type { PipelineDetail } from '../pipeline.ts';
import { pipelinesQuery, refreshPipelines, savePipeline, toPipelinePath } from '../queries.ts';

/** Makes a pipeline of the project, empty or from another, and opens it. */
export function CreateDialog({
  project,
  onClose,
}: {
  readonly project: string;
  readonly onClose: () => void;
}) {
  const known = useQuery(pipelinesQuery(project)).data ?? [];
  const client = useQueryClient();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [from, setFrom] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const fault = findFault(
    name,
    known.map((one) => one.name),
  );
  const create = async () => {
    setBusy(true);
    try {
      const { text, format } = await readStart(name, from);
      await savePipeline(name, { text, format });
      await refreshPipelines(client, project);
      void navigate({
        to: '/p/$project/pipelines/$pipelineName',
        params: { project, pipelineName: name },
      });
    } catch (error_) {
      setError(error_);
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={words.createTitle} initialFocus={field}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name !== '' && fault === undefined && !busy) void create();
        }}
      >
        <TextField
          label={words.createName}
          value={name}
          onChange={setName}
          error={fault}
          inputRef={field}
          mono
        />
        <SelectField
          label={words.createFrom}
          value={from}
          onChange={setFrom}
          options={[
            { value: '', label: words.createBlank },
            ...known.map((one) => ({ value: one.name, label: one.name })),
          ]}
        />
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={words.edit.saveFailed} error={error} />
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{uiWords.cancel}</Button>
          <Button
            type="submit"
            tone="primary"
            disabled={name === '' || fault !== undefined || busy}
          >
            {words.createAction}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function findFault(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return undefined;
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) return words.createBad;
  return taken.includes(name) ? words.createTaken : undefined;
}

async function readStart(name: string, from: string): Promise<PipelineText> {
  if (from === '') {
    const text = `name: ${name}\nversion: "1.0"\nvariables: []\nsteps:\n  - id: first\n    name: First step\n    observation_type: SPAN\n`;
    return { text, format: 'yaml' };
  }
  const { text, format } = await sendRequest<PipelineDetail>(toPipelinePath(from));
  return { text: setValue({ text, format }, ['name'], name), format };
}
