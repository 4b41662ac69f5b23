import { useRef, useState, type ReactNode } from 'react';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { TextField } from '../form/fields.tsx';
import { words } from '../messages.ts';
import { Failure } from '../panels.tsx';

/** Asks for the name of a thing before something is done to it that cannot be undone. */
export function ConfirmDialog({
  title,
  name,
  action,
  failed,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string;
  /** What has to be typed. */
  readonly name: string;
  /** The verb on the button: `Delete prompt`. */
  readonly action: string;
  /** `The prompt could not be deleted.` */
  readonly failed: string;
  /** Does it; the dialog closes when it resolves and shows why when it rejects. */
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
  /** What will be gone, and what depends on it. */
  readonly children: ReactNode;
}) {
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const run = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (error_) {
      setError(error_);
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={title} initialFocus={field}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === name && !busy) void run();
        }}
      >
        <div className="space-y-2 text-pretty">{children}</div>
        <TextField
          className="mt-4"
          label={words.confirmName(name)}
          value={typed}
          onChange={setTyped}
          inputRef={field}
          mono
        />
        {error === undefined ? null : (
          <div className="-mx-4">
            <Failure title={failed} error={error} />
          </div>
        )}
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button type="submit" tone="danger" disabled={typed !== name || busy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
