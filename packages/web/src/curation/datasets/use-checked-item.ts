import type { DatasetItemInput } from '@coaia/client';
import { useEffect, useState } from 'react';
import { importItems } from './queries.ts';

/**
 * What the dataset's schema says of an item while it is typed: the server's own check, 300 ms after the last key.
 * Undefined while nothing is known, an empty text when the item fits.
 */
export function useCheckedItem(
  project: string,
  datasetName: string,
  item: Omit<DatasetItemInput, 'datasetName'> | undefined,
): string | undefined {
  const [found, setFound] = useState<{ readonly key: string; readonly message: string }>();
  const key = item === undefined ? '' : JSON.stringify(item);
  useEffect(() => {
    if (key === '') return;
    let current = true;
    const check = async () => {
      const items = [JSON.parse(key) as Omit<DatasetItemInput, 'datasetName'>];
      try {
        const report = await importItems(project, { datasetName, items, dryRun: true });
        if (current) setFound({ key, message: report.errors[0]?.message ?? '' });
      } catch {
        // Saving says what is wrong; a check that cannot be made says nothing.
      }
    };
    const timer = setTimeout(() => void check(), 300);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [project, datasetName, key]);
  return found?.key === key ? found.message : undefined;
}
