/** Which endpoints a project may send the server to. */
import { lookup as lookupWithCallback } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { exportFailures } from './errors.ts';

/** Addresses that are not of the public internet (IANA special-purpose registries). */
const PRIVATE: readonly (readonly [address: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

const blocked = new BlockList();
for (const [address, prefix, family] of PRIVATE) blocked.addSubnet(address, prefix, family);

/** True for addresses of this machine, of private networks and of no network. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return blocked.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

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
 * private since. Undefined where whoever runs the server allowed the host. A proxy on the way is not looked at.
 */
export function createLookup(
  endpoint: string,
  allowed: readonly string[],
): LookupFunction | undefined {
  const url = URL.parse(endpoint);
  if (url === null || allowed.includes(url.host) || allowed.includes(url.hostname))
    return undefined;
  return (hostname, options, callback) => {
    lookupWithCallback(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      const isRefused =
        hostname === url.hostname && addresses?.some((one) => isPrivateAddress(one.address));
      if (error !== null || first === undefined) callback(error ?? toRefused(hostname), '');
      else if (isRefused) callback(toRefused(hostname), '');
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function toRefused(hostname: string): NodeJS.ErrnoException {
  const message = `${hostname} leads into a private network`;
  return Object.assign(new Error(message), { code: 'EPRIVATE' });
}
