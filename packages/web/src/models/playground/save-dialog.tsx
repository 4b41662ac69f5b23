import type { CreatePromptBody, Prompt } from '@coaia/client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toPromptsKey } from '../../curation/prompts/queries.ts';
import { sendRequest } from '../../lib/api.ts';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField, TextField } from '../../ui/form/fields.tsx';
import { words as uiWords } from '../../ui/messages.ts';
import { Failure } from '../../ui/panels.tsx';
import type { Column } from './draft.ts';
import { words } from './messages.ts';
import { toPromptBody } from './to-prompt.ts';

/** Saves what a column says as a new version of a prompt. */
export function SaveDialog({
  project,
  column,
  onClose,
  onSaved,
}: {
  readonly project: string;
  readonly column: Column;
  readonly onClose: () => void;
  readonly onSaved: (prompt: NonNullable<Column['prompt']>) => void;
}) {
  const client = useQueryClient();
  const [name, setName] = useState(column.prompt?.name ?? '');
  const [labels, setLabels] = useState('');
  const [commitMessage, setMessage] = useState('');
  const [hasSettings, setSettings] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const body: CreatePromptBody = toPromptBody(column, {
        name: name.trim(),
        labels: labels.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])),
        commitMessage: commitMessage.trim(),
        hasSettings,
      });
      const saved = await sendRequest<Prompt>('/api/public/v2/prompts', { method: 'POST', body });
      addToast({ text: words.save.saved(saved.name, saved.version) });
      await client.invalidateQueries({ queryKey: toPromptsKey(project) });
      onSaved({ name: saved.name, version: saved.version });
      onClose();
    } catch (error_) {
      setError(error_);
      setBusy(false);
    }
  };
  return (
    <Dialog open title={words.save.title} onClose={onClose}>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && !busy) void save();
        }}
      >
        <TextField
          label={words.save.name}
          hint={words.save.nameHint}
          value={name}
          onChange={setName}
        />
        <TextField
          label={words.save.labels}
          hint={words.save.labelsHint}
          value={labels}
          onChange={setLabels}
        />
        <TextField label={words.save.message} value={commitMessage} onChange={setMessage} />
        <CheckField label={words.save.withSettings} checked={hasSettings} onChange={setSettings} />
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={words.save.failed} error={error} />
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{uiWords.cancel}</Button>
          <Button type="submit" tone="primary" disabled={name.trim() === '' || busy}>
            {words.save.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
