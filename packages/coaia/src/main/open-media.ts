/** Files on the command line: of the store in this home, or of a server. */
import { systemClock } from '#base';
import type { Scope } from '#base';
import type { BlobStore } from '#blobs';
import { createEgress } from '#egress';
import {
  createLocalObservability,
  openLocalMedia,
  openRemoteCalls,
  openRemoteObservability,
} from '#observability';
import type { MediaCommandsApi } from '#observability';
import type { Database } from '#store';
import { createMediaApi, createMediaFiles } from '@coaia/client';
import type { CoaiaClient, Fetch } from '@coaia/client';
import { openBlobsHere } from './open-blobs.ts';
import type { OpenNeedOptions } from './open-options.ts';

/** Bytes go to the folder or the bucket itself: no server stands between. */
export async function openLocalMediaNeed(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<MediaCommandsApi> {
  const { paths } = options.settings;
  const egress = openDoor(options);
  return openMediaHere({ db, blobs: openBlobsHere(options), egress, folder: paths.blobs }, scope);
}

export interface MediaPlace {
  readonly db: Database;
  readonly blobs: BlobStore;
  readonly egress: Pick<Door, 'fetch'>;
  /** Where blobs lie that have no address of their own. */
  readonly folder: string;
}

/** The same for whoever has the store open. */
export async function openMediaHere(
  { db, blobs, egress, folder }: MediaPlace,
  scope: Scope,
): Promise<MediaCommandsApi> {
  const ports = { db, clock: systemClock };
  const files = createMediaFiles(toFetch(egress));
  const media = await openLocalMedia({ ...ports, blobs }, scope, { files, folder });
  return {
    ...createLocalObservability(ports, scope),
    ...media,
    baseUrl: undefined,
    readUrl: toReader(egress),
  };
}

/** Records go to the server with its keys, bytes without to where the server says. */
export async function openRemoteMediaNeed(
  client: CoaiaClient,
  options: OpenNeedOptions,
): Promise<MediaCommandsApi> {
  const egress = openDoor(options);
  const media = createMediaApi(client, toFetch(egress));
  const [records, files] = await Promise.all([
    openRemoteObservability(client),
    openRemoteCalls(media),
  ]);
  return { ...records, ...files, baseUrl: client.baseUrl, readUrl: toReader(egress) };
}

type Door = ReturnType<typeof createEgress>;

function openDoor({ offline, ledgerPath, env }: OpenNeedOptions): Door {
  return createEgress({ offline, ledgerPath, env });
}

const toFetch =
  (egress: Pick<Door, 'fetch'>): Fetch =>
  (url, init) =>
    egress.fetch('media', url, init);

const toReader =
  (egress: Pick<Door, 'fetch'>): MediaCommandsApi['readUrl'] =>
  (url, lookup) =>
    egress.fetch('media', url, lookup === undefined ? {} : { lookup });
