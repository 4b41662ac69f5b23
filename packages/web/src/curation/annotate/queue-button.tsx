import type { QueueObjectType } from '@coaia/client';
import { lazy, Suspense, useState } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { Button } from '../../ui/button.tsx';
import { IconAnnotate } from '../../ui/icons.ts';
import { words } from './messages.ts';

const Body = lazy(async () => ({ default: (await import('./add-to-queue.tsx')).AddToQueue }));

/** Opens the dialog that puts things on an annotation queue; its code comes when it is asked for. `a` does the same. */
export function AddToQueueButton({
  project,
  type,
  ids,
  square = false,
}: {
  readonly project: string;
  readonly type: QueueObjectType;
  readonly ids: readonly string[];
  /** Only the icon. */
  readonly square?: boolean;
}) {
  const [open, setOpen] = useState(false);
  useShortcuts(words.title, [{ keys: ['a'], label: words.addTo.action, run: () => setOpen(true) }]);
  return (
    <>
      <Button
        square={square}
        {...(square ? { label: words.addTo.action } : {})}
        onClick={() => setOpen(true)}
      >
        <IconAnnotate size={14} />
        {square ? null : words.title}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <Body project={project} type={type} ids={ids} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
