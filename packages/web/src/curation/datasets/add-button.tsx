import { lazy, Suspense, useState } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { Button } from '../../ui/button.tsx';
import { IconDatasets } from '../../ui/icons.ts';
import { words } from './messages.ts';

const Body = lazy(async () => ({ default: (await import('./add-to-dataset.tsx')).AddToDataset }));

/** Opens the dialog that puts traces into a dataset; its code comes when it is asked for. `d` does the same. */
export function AddToDatasetButton({
  project,
  traceIds,
  withKey = false,
  square = false,
}: {
  readonly project: string;
  readonly traceIds: readonly string[];
  readonly withKey?: boolean;
  /** Only the icon. */
  readonly square?: boolean;
}) {
  const [open, setOpen] = useState(false);
  useShortcuts(
    words.addTo.action,
    [{ keys: ['d'], label: words.addTo.action, run: () => setOpen(true) }],
    withKey,
  );
  return (
    <>
      <Button
        square={square}
        {...(square ? { label: words.addTo.action } : {})}
        onClick={() => setOpen(true)}
      >
        <IconDatasets size={14} />
        {square ? null : words.addTo.action}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <Body project={project} traceIds={traceIds} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
