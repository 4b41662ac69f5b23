/** The calls about media over the embedded store. Bytes go straight to where they lie. */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Scope } from '#base';
import type { DirectAddresses } from '#blobs';
import type { MediaApi, MediaFiles } from '@coaia/client';
import { parseRequest } from '../parse-request.ts';
import { createUpload, getMedia, listMedia, updateMedia } from './media-records.ts';
import type { MediaPorts } from './ports.ts';
import { mediaListQuery, patchBody, uploadBody } from './schema.ts';

export interface LocalMediaOptions {
  /** For a storage that has web addresses. */
  readonly files: MediaFiles;
  /** Folder of the bytes for one that has none. */
  readonly folder: string;
}

/** The same checks as over HTTP. */
export function createLocalMedia(
  given: MediaPorts,
  scope: Scope,
  { files, folder }: LocalMediaOptions,
): MediaApi {
  const ports = toLocalPorts(given, folder);
  const toAddress = () => {
    throw new TypeError('the storage has addresses of its own');
  };
  return {
    createUpload: async (input) =>
      createUpload(ports, scope, parseRequest(uploadBody, input), toAddress),
    updateMedia: async (mediaId, change) =>
      updateMedia(ports, scope, mediaId, parseRequest(patchBody, change)),
    getMedia: (mediaId) => getMedia(ports, scope, mediaId, toAddress),
    listMedia: async (query) =>
      listMedia(ports, scope, parseRequest(mediaListQuery, toTexts(query)), toAddress),
    async sendBytes(uploadUrl, file, facts) {
      if (!uploadUrl.startsWith('file:')) return files.sendBytes(uploadUrl, file, facts);
      const sha256 = Buffer.from(facts.sha256Hash, 'base64').toString('hex');
      const expected = { sha256, length: file.size };
      await given.blobs.write(toName(folder, uploadUrl), file.stream(), expected);
      return { status: 200 };
    },
    async readBytes(media) {
      if (!media.url.startsWith('file:')) return files.readBytes(media);
      return new Response(await given.blobs.read(toName(folder, media.url)));
    },
  };
}

/** The ports with addresses that this machine can reach without a server. */
export function toLocalPorts(ports: MediaPorts, folder: string): MediaPorts {
  const direct = ports.blobs.direct ?? toFileAddresses(folder);
  return { ...ports, blobs: { ...ports.blobs, direct } };
}

/** A folder's addresses are those of its files. */
function toFileAddresses(folder: string): DirectAddresses {
  const toAddress = async (name: string) => pathToFileURL(join(folder, name)).href;
  return { toUploadAddress: toAddress, toDownloadAddress: toAddress };
}

function toName(folder: string, address: string): string {
  return fileURLToPath(address)
    .slice(join(folder, 'x').length - 1)
    .replaceAll('\\', '/');
}

/** Queries are texts when they come over HTTP. */
function toTexts(query: object): Readonly<Record<string, string>> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
