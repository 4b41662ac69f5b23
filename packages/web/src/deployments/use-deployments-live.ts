import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect } from 'react';
import { addChangeListener } from '../lib/live.ts';
import { toDeploymentsKey } from './queries.ts';

/** Least milliseconds between two reads of each kind while predictions arrive all the time. */
const PERIODS: Readonly<Record<string, number>> = {
  stats: 1000,
  prediction: 1000,
  list: 3000,
  one: 3000,
};
/** Of reports: what they say hardly moves from one prediction to the next. */
const REPORT_MS = 15_000;

/** Reads what the page shows of models anew when the server says that something is new of them. */
export function useDeploymentsLive(project: string, model?: string): void {
  const client = useQueryClient();
  useEffect(() => {
    const base = toDeploymentsKey(project);
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const readAt = new Map<string, number>();
    const plan = (queryKey: QueryKey) => {
      const name = JSON.stringify(queryKey);
      if (timers.has(name)) return;
      const period = PERIODS[String(queryKey[base.length])] ?? REPORT_MS;
      const wait = Math.max(0, (readAt.get(name) ?? 0) + period - Date.now());
      const read = () => {
        timers.delete(name);
        readAt.set(name, Date.now());
        void client.invalidateQueries({ queryKey, exact: true });
      };
      timers.set(name, setTimeout(read, wait));
    };
    const stop = addChangeListener(({ models = [] }) => {
      if (models.length === 0 || (model !== undefined && !models.includes(model))) return;
      for (const { queryKey } of client.getQueryCache().findAll({ queryKey: base })) {
        const about: unknown = queryKey[base.length + 1];
        // The list of predictions moves only where nobody reads it; it follows by itself.
        if (queryKey[base.length] === 'predictions') continue;
        if (about === undefined || models.some((one) => one === about)) plan(queryKey);
      }
    });
    return () => {
      stop();
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, [client, project, model]);
}
