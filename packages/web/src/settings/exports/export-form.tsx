import type { BlobExport } from '@coaia/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/panels.tsx';
import { isReady, toDraft, toExportInput, type ExportDraft } from './export-draft.ts';
import { PlanFields } from './plan-fields.tsx';
import { TargetFields } from './target-fields.tsx';
import { words } from './messages.ts';
import { saveExport, toExportKey } from './queries.ts';

/** Where to, how often, in which form; saved only when a test file could be written. */
export function ExportForm({
  project,
  saved,
  disabled,
}: {
  readonly project: string;
  readonly saved: BlobExport | undefined;
  readonly disabled: boolean;
}) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => toDraft(saved));
  const save = useMutation({
    mutationFn: () => saveExport(toExportInput(draft, project)),
    onSuccess: async () => {
      addToast({ text: words.saved });
      await client.invalidateQueries({ queryKey: toExportKey(project) });
    },
  });
  const change = (part: Partial<ExportDraft>) => setDraft((now) => ({ ...now, ...part }));
  return (
    <form
      aria-label={words.title}
      className="max-w-180"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady(draft, saved) && !save.isPending) save.mutate();
      }}
    >
      <fieldset disabled={disabled} className="grid gap-3 sm:grid-cols-2">
        <TargetFields draft={draft} hasSecret={saved !== undefined} onChange={change} />
        <PlanFields draft={draft} onChange={change} />
      </fieldset>
      {save.isError ? (
        <div className="-mx-4">
          <Failure title={words.saveFailed} error={save.error} />
        </div>
      ) : null}
      {disabled ? null : (
        <Button
          className="mt-4"
          type="submit"
          tone="primary"
          disabled={!isReady(draft, saved) || save.isPending}
        >
          {words.save}
        </Button>
      )}
    </form>
  );
}
