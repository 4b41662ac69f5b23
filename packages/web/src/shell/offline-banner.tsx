import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useStore } from '../lib/external-store.ts';
import { liveState, retryLive } from '../lib/live.ts';
import { unreachable } from '../lib/query-client.ts';
import { Button } from '../ui/button.tsx';
import { IconAlert } from '../ui/icons.ts';
import { words } from './messages.ts';

/** Says that nobody answers, and reads everything anew once somebody does. */
export function OfflineBanner() {
  const state = useStore(liveState);
  const failed = useStore(unreachable);
  const client = useQueryClient();
  const lost = state === 'lost' || (failed && state !== 'open');
  const wasLost = useRef(false);
  useEffect(() => {
    if (wasLost.current && !lost) {
      unreachable.write(false);
      void client.invalidateQueries({
        predicate: (query) => query.queryKey[2] !== 'rows' || query.state.status === 'error',
      });
    }
    wasLost.current = lost;
  }, [lost, client]);
  if (!lost) return null;
  return (
    <div
      role="alert"
      data-banner="offline"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-l-2 border-line border-l-warn bg-surface px-3 py-1"
    >
      <IconAlert size={14} className="text-warn" />
      <span className="flex-1">{words.offline}</span>
      <Button onClick={retryLive}>{words.retry}</Button>
    </div>
  );
}
