import type { BlobExport, BlobExportInput, BlobExportRun, BlobExportStatus } from '@coaia/client';
import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';

const base = '/api/public/integrations/blob-storage';
const runsPath = '/api/v1/exports/runs';

/** Key of everything read about a project's export. */
export function toExportKey(project: string) {
  return ['export', project] as const;
}

/** The export of the project with its state; null when there is none. */
export function exportQuery(project: string) {
  return queryOptions({
    queryKey: [...toExportKey(project), 'one'],
    queryFn: async ({ signal }) => {
      const { data } = await sendRequest<{ readonly data: readonly BlobExport[] }>(base, {
        signal,
      });
      const [one] = data;
      if (one === undefined) return null;
      const path = `${base}/${encodeURIComponent(one.id)}`;
      const status = await sendRequest<BlobExportStatus>(path, { signal });
      return { ...one, syncStatus: status.syncStatus };
    },
  });
}

/** What `exportQuery` gives where there is an export. */
export type ExportLine = BlobExport & Pick<BlobExportStatus, 'syncStatus'>;

/** The last runs, newest first. */
export function runsQuery(project: string) {
  return queryOptions({
    queryKey: [...toExportKey(project), 'runs'],
    queryFn: async ({ signal }) =>
      (await sendRequest<{ readonly data: readonly BlobExportRun[] }>(runsPath, { signal })).data,
  });
}

/** Tests the target, then saves. */
export function saveExport(body: BlobExportInput): Promise<BlobExport> {
  return sendRequest<BlobExport>(base, { method: 'PUT', body });
}

/** Exports every window that is complete now. */
export async function runExport(): Promise<readonly BlobExportRun[]> {
  const { data } = await sendRequest<{ readonly data: readonly BlobExportRun[] }>(runsPath, {
    method: 'POST',
    body: {},
  });
  return data;
}

/** Forgets the export; its files stay. */
export async function deleteExport(id: string): Promise<void> {
  await sendRequest(`${base}/${encodeURIComponent(id)}`, { method: 'DELETE' });
}
