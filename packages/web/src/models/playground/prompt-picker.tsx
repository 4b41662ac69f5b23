import { useQuery, useQueryClient } from '@tanstack/react-query';
import { promptsQuery, versionQuery } from '../../curation/prompts/queries.ts';
import { addToast } from '../../lib/toasts.ts';
import { SelectField } from '../../ui/form/fields.tsx';
import type { Column } from './draft.ts';
import { toPromptColumn } from './from-stored.ts';
import { words } from './messages.ts';

/** Which stored prompt and version a column starts from. Choosing one replaces the column's messages. */
export function PromptPicker({
  project,
  column,
  write,
}: {
  readonly project: string;
  readonly column: Column;
  readonly write: (change: (column: Column) => Partial<Column>) => void;
}) {
  const client = useQueryClient();
  const rows = useQuery(promptsQuery(project)).data ?? [];
  const { prompt, type } = column;
  const versions = rows.find(({ name }) => name === prompt?.name)?.versions ?? [];
  const open = async (name: string, version: number) => {
    try {
      const stored = await client.query(versionQuery(project, name, version, true));
      // The model that was chosen stays unless the prompt names one.
      write(() => toPromptColumn(stored));
    } catch {
      addToast({ text: words.startFailed, tone: 'error' });
    }
  };
  const choose = (name: string) => {
    if (name === '') write(() => ({ prompt: null }));
    else {
      const known = rows.find((row) => row.name === name)?.versions ?? [];
      void open(name, Math.max(1, ...known));
    }
  };
  const names = rows.map(({ name }) => name);
  const shown = prompt !== null && !names.includes(prompt.name) ? [prompt.name, ...names] : names;
  return (
    <div className="flex min-w-0 flex-1 gap-2">
      <SelectField
        className="min-w-0 flex-1"
        label={words.prompt}
        value={prompt?.name ?? ''}
        options={[
          { value: '', label: words.freeText },
          ...shown.map((name) => ({ value: name, label: name })),
        ]}
        onChange={choose}
      />
      {prompt === null ? (
        <SelectField
          className="w-20"
          label={words.form}
          value={type}
          options={[
            { value: 'chat', label: words.chat },
            { value: 'text', label: words.text },
          ]}
          onChange={(next) => write((now) => toForm(now, next))}
        />
      ) : (
        <SelectField
          className="w-20"
          label={words.version}
          value={String(prompt.version)}
          options={toVersions(versions, prompt.version).map((version) => ({
            value: String(version),
            label: words.versionOf(version),
          }))}
          onChange={(version) => void open(prompt.name, Number(version))}
        />
      )}
    </div>
  );
}

function toVersions(versions: readonly number[], shown: number): readonly number[] {
  return [...new Set([...versions, shown])].toSorted((a, b) => b - a);
}

// Turning a chat into a text keeps what can be kept: the texts, one after the other.
function toForm(column: Column, type: Column['type']): Partial<Column> {
  if (type === 'chat') return { type };
  const [first] = column.messages;
  const texts = column.messages
    .filter(({ role, text }) => role !== 'placeholder' && text !== '')
    .map(({ text }) => text);
  const id = first?.id ?? column.id;
  return { type, messages: [{ id, role: 'user', text: texts.join('\n\n') }] };
}
