import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { addChangeListener } from '../../../lib/live.ts';
import { updateNow } from '../../../lib/time.ts';
import { predictionsQuery } from '../../queries.ts';
import type { OpenDeployment } from '../use-deployment.ts';

/** Least milliseconds between two reads. */
const PERIOD_MS = 1000;

/**
 * Follows the newest predictions. While somebody reads one of them or has scrolled on, nothing moves: it is only
 * said that there are newer ones.
 */
export function useNewPredictions(
  { project, model, search: { only, version, prediction } }: OpenDeployment['view'],
  hasScrolled: boolean,
) {
  const client = useQueryClient();
  const isRead = hasScrolled || prediction !== undefined;
  /** Name of the list of which newer predictions wait. */
  const [newsOf, setNewsOf] = useState<string | undefined>(undefined);
  const { queryKey } = predictionsQuery(project, model, { only, version });
  const name = JSON.stringify(queryKey);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const key = JSON.parse(name) as typeof queryKey;
    const stop = addChangeListener(({ models = [] }) => {
      if (!models.includes(model)) return;
      if (isRead) setNewsOf(name);
      else
        timer ??= setTimeout(() => {
          timer = undefined;
          setNewsOf(undefined);
          void client.invalidateQueries({ queryKey: key, exact: true });
        }, PERIOD_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client, model, name, isRead]);
  // Only the first page is kept, so that one request shows the newest.
  const showNew = async () => {
    setNewsOf(undefined);
    client.setQueryData(queryKey, (data) =>
      data === undefined
        ? data
        : { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    await client.invalidateQueries({ queryKey, exact: true });
    updateNow();
  };
  return { hasNew: newsOf === name, showNew };
}
