import type { Schedule } from '@coaia/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/form/fields.tsx';
import { words as uiWords } from '../../ui/messages.ts';
import { Failure, Snippet } from '../../ui/panels.tsx';
import { toFormValues } from '../form/values.ts';
import { VariableFields } from '../form/variable-fields.tsx';
import { words } from '../messages.ts';
import { pipelinesQuery } from '../queries.ts';
import { scheduleCalls, toSchedulesKey } from './queries.ts';
import { toWhen } from './when.ts';
import {
  readScheduleValues,
  toDraft,
  toEmptyDraft,
  toScheduleInput,
  type ScheduleDraft,
} from './schedule-draft.ts';

const part = words.schedules;

interface DialogProps {
  readonly project: string;
  readonly schedule?: Schedule;
  /** Pipeline it begins with. */
  readonly template?: string;
  readonly onClose: () => void;
}

/** Makes a schedule or changes one. */
export function ScheduleDialog({ project, schedule, template, onClose }: DialogProps) {
  const pipelines = useQuery(pipelinesQuery(project)).data;
  const [draft, setDraft] = useState(() => toStart(schedule, template));
  const [tried, setTried] = useState(false);
  const [secret, setSecret] = useState<string>();
  const save = useSaveSchedule(project, schedule);
  const chosen = pipelines?.find(({ name }) => name === draft.template);
  const variables = chosen?.variables ?? [];
  const values = { ...toFormValues(variables, schedule?.variables), ...draft.values };
  const read = readScheduleValues(variables, values, schedule, draft);
  const submit = async () => {
    setTried(true);
    if (Object.keys(read.faults).length > 0 || draft.template === '') return;
    const made = await save.run(toScheduleInput(draft, read.variables));
    if (made === undefined) return;
    if (typeof made === 'string') setSecret(made);
    else onClose();
  };
  if (secret !== undefined) return <SecretDialog secret={secret} onClose={onClose} />;
  return (
    <Dialog open wide onClose={onClose} title={schedule === undefined ? part.create : part.edit}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.busy) void submit();
        }}
      >
        <WhatFields
          draft={draft}
          names={(pipelines ?? []).map(({ name }) => name)}
          fault={tried && draft.template === '' ? words.form.needed : undefined}
          onChange={setDraft}
        />
        {variables.length === 0 ? null : (
          <VariableFields
            variables={variables}
            values={values}
            faults={tried ? read.faults : {}}
            onChange={(next) => setDraft({ ...draft, values: next })}
          />
        )}
        <WhenFields draft={draft} onChange={setDraft} />
        <HowFields draft={draft} onChange={setDraft} />
        <DialogFoot save={save} onClose={onClose} />
      </form>
    </Dialog>
  );
}

function toStart(schedule: Schedule | undefined, template = ''): ScheduleDraft {
  if (schedule !== undefined) return toDraft(schedule);
  return toEmptyDraft(template, new Intl.DateTimeFormat().resolvedOptions().timeZone);
}

function DialogFoot({
  save,
  onClose,
}: {
  readonly save: { readonly busy: boolean; readonly error?: unknown };
  readonly onClose: () => void;
}) {
  return (
    <>
      {save.error === undefined ? null : (
        <div className="-mx-4">
          <Failure title={part.saveFailed} error={save.error} />
        </div>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{uiWords.cancel}</Button>
        <Button type="submit" tone="primary" disabled={save.busy}>
          {part.save}
        </Button>
      </div>
    </>
  );
}

function SecretDialog({
  secret,
  onClose,
}: {
  readonly secret: string;
  readonly onClose: () => void;
}) {
  return (
    <Dialog open onClose={onClose} title={part.secretTitle}>
      <p className="mb-3">{part.secretLead}</p>
      <Snippet text={secret} label={part.secretTitle} />
    </Dialog>
  );
}

interface FieldsProps {
  readonly draft: ScheduleDraft;
  readonly onChange: (draft: ScheduleDraft) => void;
}

function WhatFields({
  draft,
  names,
  fault,
  onChange,
}: FieldsProps & { readonly names: readonly string[]; readonly fault: string | undefined }) {
  const known = ['', ...names.filter((name) => name !== draft.template)];
  const all = draft.template === '' ? known : [draft.template, ...known.slice(1)];
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label={part.pipeline}
        value={draft.template}
        options={all.map((name) => ({ value: name, label: name === '' ? '–' : name }))}
        error={fault}
        onChange={(template) => onChange({ ...draft, template, values: {} })}
      />
      <TextField
        label={part.name}
        value={draft.name}
        placeholder={draft.template}
        onChange={(name) => onChange({ ...draft, name })}
      />
    </div>
  );
}

function WhenFields({ draft, onChange }: FieldsProps) {
  const zones = Intl.supportedValuesOf('timeZone');
  return (
    <div className="grid items-start gap-3 sm:grid-cols-3">
      <SelectField
        label={part.kind}
        value={draft.kind}
        options={[
          { value: 'cron', label: part.cron },
          { value: 'every', label: part.every },
          { value: 'at', label: part.at },
        ]}
        onChange={(kind) => onChange({ ...draft, kind })}
      />
      {draft.kind === 'cron' ? (
        <TextField
          label={part.cron}
          hint={toHint(draft.cron)}
          mono
          value={draft.cron}
          onChange={(cron) => onChange({ ...draft, cron })}
        />
      ) : null}
      {draft.kind === 'every' ? (
        <TextField
          label={part.every}
          hint={part.everyHint}
          mono
          value={draft.every}
          onChange={(every) => onChange({ ...draft, every })}
        />
      ) : null}
      {draft.kind === 'at' ? (
        <TextField
          label={part.at}
          type="datetime-local"
          value={draft.at}
          onChange={(at) => onChange({ ...draft, at })}
        />
      ) : (
        <TextField
          label={part.zone}
          value={draft.timeZone}
          options={zones}
          onChange={(timeZone) => onChange({ ...draft, timeZone })}
        />
      )}
    </div>
  );
}

/** The expression in words where it has short ones. */
function toHint(cron: string): string {
  const when = toWhen({ cron, every: null, at: null });
  return when === cron ? part.cronHint : `${when}.`;
}

function HowFields({ draft, onChange }: FieldsProps) {
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <SelectField
        label={part.overlap}
        value={draft.overlap}
        options={toOptions(part.overlaps)}
        onChange={(overlap) => onChange({ ...draft, overlap })}
      />
      <SelectField
        label={part.missed}
        value={draft.missed}
        options={toOptions(part.missedPolicies)}
        onChange={(missed) => onChange({ ...draft, missed })}
      />
      <TextField
        label={part.retries}
        type="number"
        value={draft.retries}
        onChange={(retries) => onChange({ ...draft, retries })}
      />
      <TextField
        label={part.webhook}
        hint={part.webhookHint}
        value={draft.webhookUrl}
        onChange={(webhookUrl) => onChange({ ...draft, webhookUrl })}
      />
    </div>
  );
}

function toOptions<T extends string>(labels: Readonly<Record<T, string>>) {
  return (Object.entries(labels) as [T, string][]).map(([value, label]) => ({ value, label }));
}

/** Saves; answers the webhook's secret when there is one to show, `true` when all is done, nothing when it failed. */
function useSaveSchedule(project: string, schedule: Schedule | undefined) {
  const client = useQueryClient();
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({
    busy: false,
  });
  const run = async (input: ReturnType<typeof toScheduleInput>) => {
    setState({ busy: true });
    try {
      const made =
        schedule === undefined
          ? await scheduleCalls.create(input)
          : await scheduleCalls.update(schedule.id, {
              ...input,
              webhookUrl: input.webhookUrl ?? null,
            });
      await client.invalidateQueries({ queryKey: toSchedulesKey(project) });
      addToast({ text: part.saved });
      setState({ busy: false });
      return 'webhookSecret' in made && made.webhookSecret !== null ? made.webhookSecret : true;
    } catch (error) {
      setState({ busy: false, error });
      return undefined;
    }
  };
  return { ...state, run };
}
