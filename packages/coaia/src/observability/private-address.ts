/** Addresses that others must not make this program talk to. */
import { lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

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

/**
 * Names to addresses that refuses (EPRIVATE) when the host leads into a private network, or to what `isForbidden`
 * says. Other names, such as that of a proxy on the way, are not looked at.
 */
export function createPublicLookup(
  host: string,
  isForbidden: (address: string) => boolean = isPrivateAddress,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      const isRefused = hostname === host && addresses?.some((one) => isForbidden(one.address));
      if (error !== null || first === undefined) callback(error ?? toRefused(hostname), '');
      else if (isRefused) callback(toRefused(hostname), '');
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function toRefused(hostname: string): NodeJS.ErrnoException {
  const message = `${hostname} leads into a network that is not asked`;
  return Object.assign(new Error(message), { code: 'EPRIVATE' });
}
