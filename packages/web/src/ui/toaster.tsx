import { useStore } from '../lib/external-store.ts';
import { removeToast, toastStore } from '../lib/toasts.ts';
import { Button } from './button.tsx';
import { IconClose } from './icons.ts';
import { words } from './messages.ts';
import { Sentence } from './sentence.tsx';

/** The place of the one toast, bottom left; also a polite live region. */
export function Toaster() {
  const toast = useStore(toastStore);
  return (
    <div
      role="status"
      aria-live="polite"
      className="fixed bottom-4 left-4 z-50 max-w-[calc(100vw-32px)]"
    >
      {toast === null ? null : (
        <div
          data-toast={toast.tone ?? 'plain'}
          className="flex min-h-9 items-center gap-3 rounded-lg bg-raised py-1 pr-1 pl-3 text-sm shadow-float"
        >
          {toast.tone === 'error' ? <span className="dot size-1.5 rounded-full bg-error" /> : null}
          <span>
            <Sentence text={toast.text} />
          </span>
          {toast.undo === undefined ? null : (
            <Button
              onClick={() => {
                toast.undo?.();
                removeToast(toast.id);
              }}
            >
              {words.undo}
            </Button>
          )}
          <Button tone="ghost" square label={words.dismiss} onClick={() => removeToast(toast.id)}>
            <IconClose size={14} />
          </Button>
        </div>
      )}
    </div>
  );
}
