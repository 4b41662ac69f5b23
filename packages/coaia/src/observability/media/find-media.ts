/** Files by id, for others who show references to them. */
import { toIso } from '#base';
import type { Media } from '@coaia/client';
import { isUploaded } from './media.ts';
import { createDownload, toServerAddress } from './media-addresses.ts';
import type { ToAddress } from './media-addresses.ts';
import type { MediaPorts } from './ports.ts';
import { readMediaRows } from './storage.ts';

/** Those of the ids that are uploaded files of the project, with addresses that the sender of `headers` can reach. */
export type MediaFinder = (
  projectId: string,
  ids: readonly string[],
  headers?: Headers,
) => Promise<ReadonlyMap<string, Omit<Media, 'uploadedAt'>>>;

/** Without headers addresses are made by `toAddress`, or name this machine. */
export function createMediaFinder(ports: MediaPorts, toAddress?: ToAddress): MediaFinder {
  return async (projectId, ids, headers = new Headers()) => {
    const rows = await readMediaRows(ports.db, projectId, ids);
    const found = await Promise.all(
      rows.filter(isUploaded).map(async (row) => {
        const address = toAddress ?? toServerAddress(ports, headers);
        const { url, expires } = await createDownload(ports, row, address);
        const { id: mediaId, content_type: contentType, content_length: contentLength } = row;
        const file = { mediaId, contentType, contentLength, url, urlExpiry: toIso(expires) };
        return [mediaId, file] as const;
      }),
    );
    return new Map(found);
  };
}
