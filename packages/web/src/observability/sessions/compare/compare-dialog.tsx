import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/form/fields.tsx';
import { words as uiWords } from '../../../ui/messages.ts';
import { words } from '../messages.ts';
import { sessionsQuery } from '../sessions-query.ts';

const nothing = {};

/** Asks for the conversation to stand beside this one; the latest ones are offered. */
export function CompareDialog({
  project,
  sessionId,
  onChoose,
  onClose,
}: {
  readonly project: string;
  readonly sessionId: string;
  readonly onChoose: (other: string) => void;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const known = useInfiniteQuery(sessionsQuery(project, nothing, 'lastActivity.desc')).data;
  const ids = (known?.pages ?? []).flatMap((page) => page.data.map(({ id }) => id));
  const other = text.trim();
  return (
    <Dialog open onClose={onClose} title={words.compareWith} initialFocus={field}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (other === '') return;
          onChoose(other);
          onClose();
        }}
      >
        <TextField
          label={words.compareField}
          hint={words.compareHint}
          value={text}
          options={ids.filter((id) => id !== sessionId)}
          onChange={setText}
          inputRef={field}
        />
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={onClose}>{uiWords.cancel}</Button>
          <Button type="submit" tone="primary" disabled={other === ''}>
            {words.compare}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
