import { useRef, useState } from 'react';
import { ApiError, sendRequest } from '../../../lib/api.ts';
import { addToast } from '../../../lib/toasts.ts';
import { addUndo } from '../../../lib/undo.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/form/fields.tsx';
import { Failure } from '../../../ui/panels.tsx';
import { words as all } from '../messages.ts';

const words = all.page;

/** The version of a prompt that a run used. */
export interface PromptOfRun {
  readonly name: string;
  readonly version: number;
  readonly run: string;
}

/** Puts a label on the version of the prompt that a run used; the label can be put back. */
export function PromoteDialog({
  prompt,
  onClose,
}: {
  readonly prompt: PromptOfRun;
  readonly onClose: () => void;
}) {
  const [label, setLabel] = useState('production');
  const [error, setError] = useState<unknown>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const promote = async () => {
    setError(undefined);
    try {
      const before = await findLabelled(prompt.name, label);
      await addLabel(prompt.name, prompt.version, label);
      const said = words.promoted(label, prompt.name, prompt.version);
      if (before === undefined) addToast({ text: said });
      else addUndo(said, () => addLabel(prompt.name, before, label), words.unpromoteFailed);
      onClose();
    } catch (error_) {
      setError(error_);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.promoteTitle(prompt.name, prompt.version)}
      initialFocus={field}
    >
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (label !== '') void promote();
        }}
      >
        <p className="text-muted">{words.promoteLead(prompt.run)}</p>
        <TextField
          label={words.label}
          hint={words.labelHint}
          value={label}
          onChange={setLabel}
          inputRef={field}
          mono
        />
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={words.promoteFailed} error={error} />
          </div>
        )}
        <div className="flex justify-end">
          <Button type="submit" tone="primary" disabled={label === ''}>
            {words.promote}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const base = '/api/public/v2/prompts';

interface LabelledPrompt {
  readonly version: number;
  readonly labels: readonly string[];
}

function read(name: string, query: { readonly label?: string; readonly version?: number }) {
  return sendRequest<LabelledPrompt>(`${base}/${encodeURIComponent(name)}`, {
    query: { ...query, resolve: 'false' },
  });
}

async function findLabelled(name: string, label: string): Promise<number | undefined> {
  try {
    return (await read(name, { label })).version;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/** The API sets all labels of a version; those it has stay. */
async function addLabel(name: string, version: number, label: string): Promise<void> {
  const { labels } = await read(name, { version });
  const newLabels = [...new Set([...labels.filter((one) => one !== 'latest'), label])];
  await sendRequest(`${base}/${encodeURIComponent(name)}/versions/${version}`, {
    method: 'PATCH',
    body: { newLabels },
  });
}
