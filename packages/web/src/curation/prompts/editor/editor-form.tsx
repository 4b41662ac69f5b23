import type { Prompt } from '@coaia/client';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useShortcuts } from '../../../lib/keyboard.ts';
import { addUndo } from '../../../lib/undo.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/panels.tsx';
import { createVersion, deletePrompt, refreshPrompts } from '../detail/prompt-actions.ts';
import { words } from '../messages.ts';
import { toBody, type Draft } from './draft.ts';
import { EditorAside } from './editor-aside.tsx';
import { EditorTexts } from './editor-texts.tsx';

const part = words.editor;

/** The form; Ctrl+S or Ctrl+Enter saves. What was typed stays when saving fails. */
export function EditorForm({
  project,
  first,
  base,
}: {
  readonly project: string;
  readonly first: Draft;
  readonly base: Prompt | undefined;
}) {
  const [draft, setDraft] = useState(first);
  const [tried, setTried] = useState(false);
  const save = useSave(project);
  const body = toBody(draft);
  const named = draft.name.trim() !== '';
  const submit = () => {
    setTried(true);
    if (body !== undefined && named && !save.isPending) save.mutate(body);
  };
  useLeaveWarning(draft !== first && !save.isSuccess);
  useShortcuts(part.save, [{ keys: ['Mod+s', 'Mod+Enter'], label: part.save, run: submit }]);
  const update = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const props = { draft, update, base };
  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto lg:flex-row">
        <EditorTexts {...props} nameError={tried && !named ? part.nameMissing : undefined} />
        <EditorAside {...props} />
      </div>
      {save.isError ? (
        <div className="shrink-0 border-t border-line">
          <Failure title={part.failed} error={save.error} />
        </div>
      ) : null}
      <div className="flex h-12 shrink-0 items-center justify-end gap-2 border-t border-line px-4">
        <Button type="submit" tone="primary" disabled={body === undefined || save.isPending}>
          {part.save}
        </Button>
      </div>
    </form>
  );
}

function useSave(project: string) {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: createVersion,
    onSuccess: async (made) => {
      const { name, version } = made;
      addUndo(
        part.saved(name, version),
        async () => {
          await deletePrompt(name, version);
          await navigate({ to: '/p/$project/prompts', params: { project } });
          await refreshPrompts(project);
        },
        part.undoFailed,
      );
      await refreshPrompts(project);
      await navigate({
        to: '/p/$project/prompts/$promptName',
        params: { project, promptName: name },
      });
    },
  });
}

// The browser itself asks before a page with unsaved text is closed.
function useLeaveWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsaved]);
}
