import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { parseJsonText, toJsonText } from '../../lib/json-text.ts';
import { sessionQuery } from '../../lib/server.ts';
import { addUndo } from '../../lib/undo.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/form/fields.tsx';
import { JsonField } from '../../ui/form/json-field.tsx';
import { Failure, SkeletonRows } from '../../ui/panels.tsx';
import { Id } from '../../ui/value.tsx';
import { words as settingsWords } from '../messages.ts';
import { Part, Section } from '../parts/section.tsx';
import { DeleteProject } from './delete-project.tsx';
import { words } from './messages.ts';
import { ProjectList } from './project-list.tsx';
import {
  settingsQuery,
  toSettingsKey,
  updateSettings,
  type ProjectSettings,
  type SettingsChange,
} from './queries.ts';

const rights = { read: 'project:read', write: 'project:write' };

/** Name, metadata, strictness and protected labels of this project; the others; the end of this one. */
export function GeneralSection({ project }: { readonly project: string }) {
  const query = useQuery(settingsQuery(project));
  return (
    <Section rights={rights}>
      {(mayWrite) => (
        <>
          <Part title={words.title}>
            {query.isError ? (
              <Failure
                title={words.failed}
                error={query.error}
                onRetry={() => void query.refetch()}
              />
            ) : null}
            {query.isPending ? <SkeletonRows rows={7} height="48px" /> : null}
            {query.data === undefined ? null : (
              <ProjectForm
                key={JSON.stringify(query.data)}
                saved={query.data}
                mayWrite={mayWrite}
              />
            )}
          </Part>
          <ProjectList project={project} />
          <DeleteProject project={project} name={query.data?.name} />
        </>
      )}
    </Section>
  );
}

type Strictness = keyof typeof words.stricts;

interface Draft {
  readonly name: string;
  readonly labels: string;
  readonly strict: Strictness;
  readonly metadata: string;
}

const strictValues: Readonly<Record<Strictness, boolean | null>> = {
  server: null,
  on: true,
  off: false,
};
const strictOptions = (['server', 'on', 'off'] as const).map((value) => ({
  value,
  label: words.stricts[value],
}));

function toDraft({ name, protectedLabels, strict, metadata }: ProjectSettings): Draft {
  return {
    name,
    labels: protectedLabels.join(', '),
    strict: strict === null ? 'server' : strict ? 'on' : 'off',
    metadata: toJsonText(metadata),
  };
}

// Undefined while the metadata is not an object.
function toChange(draft: Draft): SettingsChange | undefined {
  const reading = parseJsonText(draft.metadata);
  const value = reading.ok ? (reading.value ?? {}) : undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return {
    name: draft.name.trim(),
    protectedLabels: draft.labels
      .split(',')
      .flatMap((one) => (one.trim() === '' ? [] : [one.trim()])),
    strict: strictValues[draft.strict],
    metadata: value as Readonly<Record<string, unknown>>,
  };
}

function useSave(saved: ProjectSettings) {
  const client = useQueryClient();
  const [error, setError] = useState<unknown>(undefined);
  const write = async (change: SettingsChange) => {
    const next = await updateSettings(saved.id, change);
    client.setQueryData(toSettingsKey(saved.id), next);
    await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    await client.invalidateQueries({ queryKey: ['me'] });
  };
  const save = async (change: SettingsChange) => {
    setError(undefined);
    try {
      await write(change);
      const { name, metadata, strict, protectedLabels } = saved;
      const old = { name, metadata, strict, protectedLabels };
      addUndo(words.saved, () => write(old), words.saveFailed);
    } catch (error_) {
      setError(error_);
    }
  };
  return { error, save };
}

function ProjectForm({
  saved,
  mayWrite,
}: {
  readonly saved: ProjectSettings;
  readonly mayWrite: boolean;
}) {
  const [draft, setDraft] = useState(() => toDraft(saved));
  const { error, save } = useSave(saved);
  const change = toChange(draft);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(toDraft(saved));
  const isReady = change !== undefined && draft.name.trim() !== '' && isChanged;
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void save(change);
      }}
    >
      <dl className="grid grid-cols-[max-content_1fr] items-center gap-x-4 text-muted">
        <dt>{words.id}</dt>
        <dd>
          <Id id={saved.id} length={36} />
        </dd>
        <dt>{words.organization}</dt>
        <dd className="px-1">{saved.organization.name}</dd>
      </dl>
      <ProjectFields draft={draft} disabled={!mayWrite} onChange={setDraft} />
      {error === undefined ? null : (
        <div className="-mx-4">
          <Failure title={words.saveFailed} error={error} />
        </div>
      )}
      {mayWrite ? (
        <div className="flex gap-2">
          <Button type="submit" tone="primary" disabled={!isReady}>
            {settingsWords.save}
          </Button>
          {isChanged ? (
            <Button onClick={() => setDraft(toDraft(saved))}>{settingsWords.discard}</Button>
          ) : null}
        </div>
      ) : null}
    </form>
  );
}

function ProjectFields({
  draft,
  disabled,
  onChange,
}: {
  readonly draft: Draft;
  readonly disabled: boolean;
  readonly onChange: (draft: Draft) => void;
}) {
  const isWrong = parseJsonText(draft.metadata).ok && toChange(draft) === undefined;
  return (
    <>
      <TextField
        label={words.name}
        value={draft.name}
        disabled={disabled}
        onChange={(name) => onChange({ ...draft, name })}
      />
      <TextField
        label={words.labels}
        hint={words.labelsHint}
        value={draft.labels}
        disabled={disabled}
        mono
        onChange={(labels) => onChange({ ...draft, labels })}
      />
      <SelectField
        label={words.strict}
        hint={words.strictHint}
        value={draft.strict}
        options={strictOptions}
        disabled={disabled}
        onChange={(strict) => onChange({ ...draft, strict })}
      />
      <JsonField
        label={words.metadata}
        hint={words.metadataHint}
        error={isWrong ? words.metadataObject : undefined}
        value={draft.metadata}
        readOnly={disabled}
        onChange={(metadata) => onChange({ ...draft, metadata })}
      />
    </>
  );
}
