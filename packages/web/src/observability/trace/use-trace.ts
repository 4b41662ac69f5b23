import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { addChangeListener } from '../../lib/live.ts';
import { treeQuery } from './tree-query.ts';
import { createTree } from './tree.ts';

/** The tree of a trace, kept fresh while it runs or changes. */
export function useTrace(project: string, traceId: string) {
  const client = useQueryClient();
  const query = useQuery(treeQuery(project, traceId));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = addChangeListener((event) => {
      if (event.traces?.includes(traceId) !== true) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: ['trace', project, traceId] });
      }, 250);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client, project, traceId]);
  const start = query.data?.trace.startTime ?? query.data?.trace.timestamp;
  const running =
    query.data?.trace.running === true ||
    query.data?.nodes.some((node) => isRunning(node.durationMs, node.type)) === true;
  const nowMs = useRunningClock(running, start);
  const tree = useMemo(() => createTree(query.data?.nodes ?? [], nowMs), [query.data, nowMs]);
  return { query, tree, running };
}

function isRunning(durationMs: number | null, type: string): boolean {
  return durationMs === null && type !== 'EVENT';
}

// Milliseconds since the start while the trace runs, told twice a second; 0 when it is done. A trace that
// never ended is not drawn as running for days: after an hour it stands still.
function useRunningClock(running: boolean, startIso: string | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  const age = startIso === undefined ? 0 : now - Date.parse(startIso);
  const ticking = running && age < 3_600_000;
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [ticking]);
  return ticking ? Math.max(0, age) : 0;
}
