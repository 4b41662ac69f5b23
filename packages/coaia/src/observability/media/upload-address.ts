/** Which addresses a file may be sent to, or fetched from. */
import { isLoopback } from '#egress';
import { mediaFailures } from './errors.ts';

export interface KnownHosts {
  /** Address of the server whose word this is; undefined for the store in this home. */
  readonly baseUrl: string | undefined;
  /** Hosts that plain HTTP is allowed to. */
  readonly httpHosts: readonly string[];
}

/**
 * Throws COAIA-1113 unless it is HTTPS, plain HTTP to this machine, to the server's own host or to one that was
 * allowed, or a file of the local store.
 */
export function checkAddress(address: string, { baseUrl, httpHosts }: KnownHosts): void {
  const url = URL.parse(address);
  if (url?.protocol === 'file:' && baseUrl === undefined) return;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '')
    throw mediaFailures.create('COAIA-1113', 'The server named an address that is no web address.');
  const own = baseUrl === undefined ? [] : [URL.parse(baseUrl)?.hostname];
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return;
  if ([...own, ...httpHosts].includes(url.hostname)) return;
  throw mediaFailures.create(
    'COAIA-1113',
    `The server wants the file sent to ${url.host} by plain HTTP, where anybody on the way could read it.`,
    { hint: `COAIA_MEDIA_HTTP_HOSTS=${url.hostname} coaia fuse media upload ...` },
  );
}

/** The hosts in COAIA_MEDIA_HTTP_HOSTS, with commas between. */
export function parseHosts(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').map((host) => host.trim());
}
