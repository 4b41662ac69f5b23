import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { toClass } from './class-names.ts';
import { Button } from './button.tsx';
import { IconClose } from './icons.ts';
import { words } from './messages.ts';

/** A modal dialog with a title, closed by Escape, the cross or a click beside it. */
export function Dialog({
  open,
  onClose,
  title,
  wide = false,
  initialFocus,
  children,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly wide?: boolean;
  /** What has the focus at first; the first control otherwise. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}) {
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed backdrop inset-0 z-40" />
        <Base.Popup
          {...(initialFocus === undefined ? {} : { initialFocus })}
          className={toClass(
            'fixed top-[10vh] left-1/2 z-40 flex max-h-[80vh] w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-lg bg-raised shadow-float outline-none',
            wide ? 'max-w-180' : 'max-w-120',
          )}
        >
          <div className="flex h-11 shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
            <Base.Title className="text-md font-semibold">{title}</Base.Title>
            <Base.Close
              render={
                <Button tone="ghost" square label={words.close}>
                  <IconClose size={16} />
                </Button>
              }
            />
          </div>
          <div className="min-h-0 overflow-y-auto p-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
