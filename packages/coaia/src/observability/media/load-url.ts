/** A file from the web into a folder of this machine, within limits. */
import { createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isIP } from 'node:net';
import { toUnreachable } from '#egress';
import { isCoaiaError } from '#base';
import { createPublicLookup, isPrivateAddress } from '../private-address.ts';
import { mediaFailures } from './errors.ts';
import type { MediaCommandsApi } from './ports.ts';

const MAX_REDIRECTS = 5;

export interface LoadOptions {
  readonly folder: string;
  readonly maxBytes: number;
  /** Hosts that may lie in a private network. */
  readonly hosts: readonly string[];
}

export interface LoadedFile {
  readonly path: string;
  /** Without parameters; undefined when the server did not say. */
  readonly contentType: string | undefined;
}

/**
 * Loads the address into the folder. Redirects are followed a few times, each looked at as the first. Fails with
 * COAIA-1117 (not public, too large, refused) and the codes of unreachable servers.
 */
export async function loadUrl(
  api: Pick<MediaCommandsApi, 'readUrl'>,
  address: string,
  options: LoadOptions,
): Promise<LoadedFile> {
  let url = address;
  for (let step = 0; step <= MAX_REDIRECTS; step++) {
    const answer = await ask(api, url, options.hosts);
    const moved = answer.headers.get('location');
    if (answer.status >= 300 && answer.status < 400 && moved !== null) {
      await answer.body?.cancel();
      url = URL.parse(moved, url)?.href ?? '';
      continue;
    }
    if (!answer.ok) throw refuse(url, `answered ${answer.status}`);
    return store(answer, url, options);
  }
  throw refuse(address, 'redirects too often');
}

async function ask(
  api: Pick<MediaCommandsApi, 'readUrl'>,
  address: string,
  hosts: readonly string[],
): Promise<Response> {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) throw refuse(address, 'is no web address');
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  const isAllowed = hosts.includes(url.host) || hosts.includes(url.hostname);
  if (!isAllowed && isIP(host) !== 0 && isPrivateAddress(host))
    throw refuse(address, 'lies inside a private network');
  try {
    return await api.readUrl(address, isAllowed ? undefined : createPublicLookup(url.hostname));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPRIVATE')
      throw refuse(address, 'leads into a private network');
    throw isCoaiaError(error) ? error : toUnreachable(error, address);
  }
}

async function store(
  answer: Response,
  address: string,
  { folder, maxBytes }: LoadOptions,
): Promise<LoadedFile> {
  if (Number(answer.headers.get('content-length') ?? 0) > maxBytes)
    throw refuse(address, `has more than ${maxBytes} bytes`);
  let bytes = 0;
  const limit = new Transform({
    transform(piece: Buffer, _, done) {
      bytes += piece.length;
      if (bytes > maxBytes) done(refuse(address, `has more than ${maxBytes} bytes`));
      else done(undefined, piece);
    },
  });
  const name = basename(new URL(address).pathname).replaceAll(/[^\w.-]/g, '_') || 'file';
  const path = join(folder, name.slice(-100));
  try {
    const body = answer.body ?? new Blob([]).stream();
    await pipeline(Readable.fromWeb(body), limit, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    throw isCoaiaError(error) ? error : toUnreachable(error, address);
  }
  const type = answer.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  return { path, contentType: type === '' ? undefined : type };
}

function refuse(address: string, reason: string) {
  const host = URL.parse(address)?.host ?? 'The address';
  return mediaFailures.create('COAIA-1117', `${host} ${reason}; nothing was attached.`);
}
