import type { ScoreConfigInput } from '@coaia/client';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { configsQuery } from '../../curation/annotate/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/form/fields.tsx';
import { Failure } from '../../ui/panels.tsx';
import { words } from './messages.ts';
import { createConfig } from './queries.ts';

type ConfigType = ScoreConfigInput['dataType'];

interface Draft {
  readonly name: string;
  readonly dataType: ConfigType;
  readonly description: string;
  readonly categories: string;
  readonly min: string;
  readonly max: string;
}

const empty: Draft = {
  name: '',
  dataType: 'CATEGORICAL',
  description: '',
  categories: '1 = bad\n2 = good',
  min: '',
  max: '',
};

/** A new score config: its name, its type, and the values it allows. */
export function CreateConfig({
  project,
  onClose,
}: {
  readonly project: string;
  readonly onClose: () => void;
}) {
  const [draft, setDraft] = useState(empty);
  const [error, setError] = useState<unknown>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const create = async () => {
    setError(undefined);
    try {
      await createConfig(toInput(draft));
      await client.invalidateQueries({ queryKey: configsQuery(project).queryKey });
      onClose();
    } catch (error_) {
      setError(error_);
    }
  };
  return (
    <Dialog open onClose={onClose} title={words.form.title} initialFocus={field}>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (draft.name.trim() !== '') void create();
        }}
      >
        <TextField
          label={words.name}
          value={draft.name}
          onChange={(name) => change({ name })}
          inputRef={field}
        />
        <SelectField<ConfigType>
          label={words.type}
          value={draft.dataType}
          onChange={(dataType) => change({ dataType })}
          options={(Object.keys(words.types) as ConfigType[]).map((value) => ({
            value,
            label: words.types[value],
          }))}
        />
        <ValueFields draft={draft} change={change} />
        <TextField
          label={words.description}
          value={draft.description}
          onChange={(description) => change({ description })}
        />
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={words.form.failed} error={error} />
          </div>
        )}
        <div className="flex justify-end pt-1">
          <Button type="submit" tone="primary" disabled={draft.name.trim() === ''}>
            {words.form.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function ValueFields({
  draft,
  change,
}: {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
}) {
  if (draft.dataType === 'CATEGORICAL')
    return (
      <TextAreaField
        label={words.form.categories}
        value={draft.categories}
        placeholder={words.form.categoriesHint}
        onChange={(categories) => change({ categories })}
        rows={4}
      />
    );
  if (draft.dataType !== 'NUMERIC') return null;
  return (
    <div className="grid grid-cols-2 gap-3">
      <TextField
        label={words.form.min}
        type="number"
        value={draft.min}
        onChange={(min) => change({ min })}
      />
      <TextField
        label={words.form.max}
        type="number"
        value={draft.max}
        onChange={(max) => change({ max })}
      />
    </div>
  );
}

function toInput(draft: Draft): ScoreConfigInput {
  const { name, dataType, description, min, max } = draft;
  const head = {
    name: name.trim(),
    dataType,
    ...(description.trim() === '' ? {} : { description: description.trim() }),
  };
  if (dataType === 'CATEGORICAL') return { ...head, categories: toCategories(draft.categories) };
  if (dataType !== 'NUMERIC') return head;
  return {
    ...head,
    ...(min === '' ? {} : { minValue: Number(min) }),
    ...(max === '' ? {} : { maxValue: Number(max) }),
  };
}

// A line without a value takes its number in the list.
function toCategories(text: string) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, at) => {
      const match = /^(-?\d+(?:\.\d+)?)\s*=\s*(.+)$/.exec(line);
      return match === null
        ? { label: line, value: at + 1 }
        : { label: match[2] ?? line, value: Number(match[1]) };
    });
}
