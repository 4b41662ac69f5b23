import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addUndo } from '../../lib/undo.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { ConfirmDialog } from '../../ui/page/confirm-dialog.tsx';
import { Failure } from '../../ui/panels.tsx';
import { settingsQuery, toSettingsKey, updateSettings } from '../general/queries.ts';
import { words as settingsWords } from '../messages.ts';
import { words } from './messages.ts';
import { getPreview, toRetentionKey, type RetentionPreview } from './queries.ts';

/** Undefined while it is no number of days; null keeps everything. */
function parseDays(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === '0') return null;
  return /^\d{1,5}$/.test(trimmed) ? Number(trimmed) : undefined;
}

const isNothing = ({ traces, observations, scores }: RetentionPreview) =>
  traces + observations + scores === 0;

function toSentence({ retentionDays, ...preview }: RetentionPreview): string {
  const days = retentionDays === null ? words.keepAll : words.dayCount(retentionDays);
  return isNothing({ retentionDays, ...preview })
    ? words.wouldNone(days)
    : words.would(days, preview.traces, preview.observations, preview.scores);
}

function useWrite(project: string, old: number | null) {
  const client = useQueryClient();
  const write = async (retentionDays: number | null) => {
    const next = await updateSettings(project, { retentionDays });
    client.setQueryData(toSettingsKey(project), next);
    await client.invalidateQueries({ queryKey: toRetentionKey(project) });
  };
  return async (days: number | null) => {
    await write(days);
    addUndo(words.saved, () => write(old), words.saveFailed);
  };
}

/** Sets the days; counts first what would go, and asks for the name when that is something. */
export function RetentionForm({
  project,
  days: old,
}: {
  readonly project: string;
  readonly days: number | null;
}) {
  const [text, setText] = useState(old === null ? '' : String(old));
  const [confirmed, setConfirmed] = useState<RetentionPreview>();
  const days = parseDays(text);
  const name = useQuery(settingsQuery(project)).data?.name ?? project;
  const write = useWrite(project, old);
  const preview = useMutation({
    mutationFn: (wanted: number | null) => getPreview(project, wanted ?? 0),
  });
  const save = useMutation({
    mutationFn: async (wanted: number | null) => {
      const counts = await getPreview(project, wanted ?? 0);
      if (isNothing(counts)) await write(wanted);
      else setConfirmed(counts);
    },
  });
  const isReady = days !== undefined && days !== old;
  return (
    <form
      className="max-w-180"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !save.isPending) save.mutate(days);
      }}
    >
      <div className="flex flex-wrap items-start gap-2">
        <TextField
          className="w-72"
          label={words.days}
          hint={words.daysHint}
          error={days === undefined ? words.daysWrong : undefined}
          value={text}
          onChange={setText}
        />
        <div className="flex gap-2 pt-[22px]">
          <Button
            disabled={days === undefined || preview.isPending}
            onClick={() => preview.mutate(days ?? null)}
          >
            {words.preview}
          </Button>
          <Button type="submit" tone="primary" disabled={!isReady || save.isPending}>
            {settingsWords.save}
          </Button>
        </div>
      </div>
      <p role="status" className="mt-2 min-h-5" data-preview="">
        {preview.data === undefined ? null : toSentence(preview.data)}
      </p>
      {preview.isError ? <Failure title={words.previewFailed} error={preview.error} /> : null}
      {save.isError ? <Failure title={words.saveFailed} error={save.error} /> : null}
      {confirmed === undefined ? null : (
        <ConfirmDialog
          title={words.confirmTitle}
          name={name}
          action={words.confirmAction}
          failed={words.saveFailed}
          onConfirm={() => write(confirmed.retentionDays)}
          onClose={() => setConfirmed(undefined)}
        >
          <p>{toSentence(confirmed)}</p>
          <p className="text-muted">{words.confirmNote}</p>
        </ConfirmDialog>
      )}
    </form>
  );
}
