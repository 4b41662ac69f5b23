import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Button, toButtonClass } from '../../ui/button.tsx';
import { IconClose, IconExternal } from '../../ui/icons.ts';
import { words } from '../messages.ts';

const TraceView = lazy(async () => ({
  default: (await import('../trace/trace-view.tsx')).TraceView,
}));

/** A trace beside the list; the list keeps its place. On a narrow window it covers the list. */
export function PeekPane({
  project,
  traceId,
  share,
  onClose,
}: {
  readonly project: string;
  readonly traceId: string;
  readonly share: number;
  readonly onClose: () => void;
}) {
  return (
    <aside
      aria-label={words.trace}
      data-peek={traceId}
      className="flex min-w-0 shrink-0 flex-col bg-bg max-lg:absolute max-lg:inset-0 max-lg:z-30 max-lg:!w-full"
      style={{ width: `${share * 100}%` }}
    >
      <Suspense fallback={null}>
        <TraceView
          key={traceId}
          project={project}
          traceId={traceId}
          compact
          actions={
            <>
              <Link
                to="/p/$project/traces/$traceId"
                params={{ project, traceId }}
                aria-label={words.peekOpen}
                data-hint={words.peekOpen}
                className={toButtonClass('ghost', true)}
              >
                <IconExternal size={14} />
              </Link>
              <Button tone="ghost" square label={words.keys.closePeek} onClick={onClose}>
                <IconClose size={16} />
              </Button>
            </>
          }
        />
      </Suspense>
    </aside>
  );
}
