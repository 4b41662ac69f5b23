/** Which endpoints a project may send the server to. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { createPublicLookup, isPrivateAddress } from '../private-address.ts';
import { exportFailures } from './errors.ts';

/** Throws COAIA-1164 for an endpoint that is neither public HTTPS nor allowed by whoever runs the server. */
export async function checkEndpoint(endpoint: string, allowed: readonly string[]): Promise<void> {
  const url = URL.parse(endpoint);
  if (url === null || allowed.includes(url.host) || allowed.includes(url.hostname)) return;
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  const reason = await findReason(url.protocol, host);
  if (reason === undefined) return;
  throw exportFailures.create('COAIA-1164', `${url.host} ${reason}.`, {
    hint: `coaia config set export_hosts ${url.host}`,
  });
}

async function findReason(protocol: string, host: string): Promise<string | undefined> {
  if (protocol !== 'https:') return 'would be reached by plain HTTP';
  if (isIP(host) !== 0) return isPrivateAddress(host) ? 'lies inside a private network' : undefined;
  // A name that does not resolve fails by itself when it is used.
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.some(({ address }) => isPrivateAddress(address))
    ? 'resolves to an address inside a private network'
    : undefined;
}

/**
 * Names to addresses for connections to an endpoint: a name that was public when it was checked may have become
 * private since. Undefined where whoever runs the server allowed the host.
 */
export function createLookup(
  endpoint: string,
  allowed: readonly string[],
): LookupFunction | undefined {
  const url = URL.parse(endpoint);
  if (url === null || allowed.includes(url.host) || allowed.includes(url.hostname))
    return undefined;
  return createPublicLookup(url.hostname);
}
