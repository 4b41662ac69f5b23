import type { NewApiKey } from '@coaia/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/form/fields.tsx';
import { Failure, Snippet } from '../../ui/panels.tsx';
import { words as uiWords } from '../../ui/messages.ts';
import { words as memberWords } from '../members/messages.ts';
import { roleNames, type RoleName } from '../members/queries.ts';
import { words } from './messages.ts';
import {
  firstScope,
  isScopeReady,
  toScopes,
  type ScopeFields as ScopeFieldsValue,
} from './key-scope.ts';
import { createKey, toKeysKey, type KeyDraft } from './queries.ts';
import { ScopeFields } from './scope-fields.tsx';

const dayMs = 86_400_000;
const endings = { never: 0, week: 7, month: 30, quarter: 90, year: 365 } as const;
type Ending = keyof typeof endings;
const endingOptions = (Object.keys(endings) as readonly Ending[]).map((value) => ({
  value,
  label: words.endings[value],
}));
const roleOptions = [
  { value: '' as const, label: words.noRole },
  ...roleNames
    .filter((role) => role !== 'NONE')
    .map((value) => ({ value, label: memberWords.roles.names[value] })),
];

interface Fields {
  readonly note: string;
  readonly role: RoleName | '';
  readonly limit: string;
  readonly ends: Ending;
  readonly scope: ScopeFieldsValue;
}

function toKeyDraft({ note, role, limit, ends, scope }: Fields): KeyDraft {
  const days = endings[ends];
  return {
    note: note.trim() === '' ? null : note.trim(),
    // A key with scopes opens nothing else, whatever its role.
    role: role === '' || scope.opens === 'models' ? null : role,
    scopes: toScopes(scope),
    requestsPerMinute: limit.trim() === '' ? null : Number(limit),
    expiresAt: days === 0 ? null : new Date(Date.now() + days * dayMs).toISOString(),
  };
}

const isLimit = (text: string) => text.trim() === '' || /^[1-9]\d{0,6}$/.test(text.trim());
const isReady = ({ limit, scope }: Fields) => isLimit(limit) && isScopeReady(scope);
const first: Fields = { note: '', role: '', limit: '', ends: 'never', scope: firstScope };

/** Makes a key, then shows it this once with lines that can be pasted. */
export function CreateKey({
  project,
  onClose,
}: {
  readonly project: string;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const [fields, setFields] = useState<Fields>(first);
  const create = useMutation({
    mutationFn: () => createKey(project, toKeyDraft(fields)),
    onSuccess: () => client.invalidateQueries({ queryKey: toKeysKey(project) }),
  });
  return (
    <Dialog open onClose={onClose} title={words.createTitle}>
      {create.data === undefined ? (
        <form
          className="space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady(fields) && !create.isPending) create.mutate();
          }}
        >
          <KeyFields project={project} fields={fields} onChange={setFields} />
          {create.isError ? (
            <div className="-mx-4">
              <Failure title={words.createFailed} error={create.error} />
            </div>
          ) : null}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{uiWords.cancel}</Button>
            <Button type="submit" tone="primary" disabled={!isReady(fields)}>
              {words.create}
            </Button>
          </div>
        </form>
      ) : (
        <NewKey made={create.data} scopes={toScopes(fields.scope)} onClose={onClose} />
      )}
    </Dialog>
  );
}

function KeyFields({
  project,
  fields,
  onChange,
}: {
  readonly project: string;
  readonly fields: Fields;
  readonly onChange: (fields: Fields) => void;
}) {
  return (
    <>
      <TextField
        label={words.note}
        hint={words.noteHint}
        value={fields.note}
        onChange={(note) => onChange({ ...fields, note })}
      />
      <ScopeFields
        project={project}
        fields={fields.scope}
        onChange={(scope) => onChange({ ...fields, scope })}
      />
      {fields.scope.opens === 'models' ? null : (
        <SelectField
          label={words.roleLabel}
          value={fields.role}
          options={roleOptions}
          onChange={(role) => onChange({ ...fields, role })}
        />
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={words.limitLabel}
          hint={words.limitHint}
          error={isLimit(fields.limit) ? undefined : words.limitWrong}
          value={fields.limit}
          onChange={(limit) => onChange({ ...fields, limit })}
        />
        <SelectField
          label={words.ends}
          value={fields.ends}
          options={endingOptions}
          onChange={(ends) => onChange({ ...fields, ends })}
        />
      </div>
    </>
  );
}

function NewKey({
  made,
  scopes,
  onClose,
}: {
  readonly made: NewApiKey;
  readonly scopes: readonly string[] | null;
  readonly onClose: () => void;
}) {
  const baseUrl = useServerUrl();
  const lines = [
    `LANGFUSE_PUBLIC_KEY=${made.publicKey}`,
    `LANGFUSE_SECRET_KEY=${made.secretKey}`,
    `LANGFUSE_HOST=${baseUrl}`,
    `LANGFUSE_BASE_URL=${baseUrl}`,
  ];
  return (
    <div data-new-key="">
      <p className="mb-3" role="status">
        {words.made}
      </p>
      <Snippet text={lines.join('\n')} label={words.env} />
      {scopes?.some((one) => one.startsWith('predict:')) === true ? (
        <div className="mt-3 space-y-1">
          <p className="text-muted">{words.header}</p>
          <Snippet text={`X-API-Key: ${made.secretKey}`} label={words.header} />
        </div>
      ) : null}
      <div className="mt-4 flex justify-end">
        <Button tone="primary" onClick={onClose}>
          {words.done}
        </Button>
      </div>
    </div>
  );
}
