import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { addToast } from '../../lib/toasts.ts';
import { readFiles, type NamedText } from '../../lib/write-file.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { words as uiWords } from '../../ui/messages.ts';
import { Failure } from '../../ui/panels.tsx';
import { Status } from '../../ui/value.tsx';
import { words } from './messages.ts';
import { sendFiles, type FileLine } from './prompt-files.ts';
import { toPromptsKey } from './queries.ts';

const part = words.importPart;

/** Asks for files, says what each would do, and does it when told to. */
export function ImportDialog({
  project,
  onClose,
}: {
  readonly project: string;
  readonly onClose: () => void;
}) {
  const [files, setFiles] = useState<readonly NamedText[]>([]);
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void readFiles('.yaml,.yml').then((chosen) =>
      chosen.length === 0 ? onClose() : setFiles(chosen),
    );
  }, [onClose]);
  if (files.length === 0) return null;
  return <Plan project={project} files={files} onClose={onClose} />;
}

function Plan({
  project,
  files,
  onClose,
}: {
  readonly project: string;
  readonly files: readonly NamedText[];
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const plan = useQuery({
    queryKey: ['prompt-import', project, files],
    queryFn: () => sendFiles(project, files, true),
    gcTime: 0,
    staleTime: 0,
  });
  const run = useMutation({
    mutationFn: () => sendFiles(project, files, false),
    onSuccess: async (lines) => {
      const made = lines.filter(({ result }) => result === 'created');
      addToast({ text: part.done(made.length) });
      await client.invalidateQueries({ queryKey: toPromptsKey(project) });
      if (lines.every(({ result }) => result !== 'failed')) onClose();
    },
  });
  const lines = run.data ?? plan.data ?? [];
  const useful = lines.filter(({ result }) => result === 'created' || result === 'labelled');
  const error = run.error ?? plan.error;
  return (
    <Dialog open onClose={onClose} title={part.title} wide>
      <p className="text-muted">{part.lead}</p>
      <ul className="mt-3" aria-busy={plan.isPending}>
        {lines.map((line) => (
          <PlanLine key={line.file} line={line} />
        ))}
      </ul>
      {error === null ? null : <Failure title={part.failed} error={error} />}
      <div className="mt-4 flex items-center justify-end gap-2">
        <span role="status" className="flex-1 text-muted">
          {plan.isSuccess && useful.length === 0 ? part.nothing : ''}
        </span>
        <Button onClick={onClose}>{uiWords.cancel}</Button>
        <Button
          tone="primary"
          disabled={useful.length === 0 || run.isPending || run.isSuccess}
          onClick={() => run.mutate()}
        >
          {part.action(useful.length)}
        </Button>
      </div>
    </Dialog>
  );
}

function PlanLine({ line }: { readonly line: FileLine }) {
  const failed = line.result === 'failed';
  return (
    <li className="row-line flex min-h-8 items-center gap-3 py-1" data-file={line.file}>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-mono text-xs">{line.file}</span>
        {line.reason === undefined ? null : (
          <span className="block text-xs text-muted">{line.reason}</span>
        )}
      </span>
      {line.version === undefined ? null : <span className="tnum text-muted">v{line.version}</span>}
      <Status state={failed ? 'error' : 'ok'} word={part.results[line.result]} />
    </li>
  );
}
