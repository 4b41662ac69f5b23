/**
 * Which announced addresses the workbench asks. Whoever has a key of a project may announce gateways, and must not
 * send the server to anything else inside its network.
 */
import { BlockList, isIP } from 'node:net';
import { isLoopback } from '#egress';

export interface AnnouncedAddress {
  readonly url: string;
  /** Name of the machine on which the announcement was written to the store. */
  readonly machine: string;
  /** Where the announcement came from: an IP address; `''`: through a proxy; undefined: written to the store itself. */
  readonly from?: string | undefined;
}

export interface AddressRules {
  /** Hosts, with or without a port, that whoever runs the workbench allows. */
  readonly hosts: readonly string[];
  /** Name of this machine. */
  readonly machine: string;
}

/** What to ask, without a slash at its end; or why it is not asked, as the end of a sentence. Final: nobody can allow it. */
export type CallAddress =
  | { readonly base: string }
  | { readonly reason: string; readonly isFinal?: boolean };

/** Link-local addresses and those at which clouds hand out credentials of a machine; nobody can allow them. */
const never = new BlockList();
never.addSubnet('169.254.0.0', 16, 'ipv4');
never.addAddress('100.100.100.200', 'ipv4');
never.addSubnet('fe80::', 10, 'ipv6');
never.addAddress('fd00:ec2::254', 'ipv6');

/** True for an IP address that is never asked, also in its IPv6 form. */
export function isNever(address: string): boolean {
  const kind = isIP(address);
  return kind !== 0 && never.check(address, kind === 6 ? 'ipv6' : 'ipv4');
}

const EVERYWHERE = /^(?:0\.0\.0\.0|\[::\])$/;

/** A gateway that listens everywhere does not know its address: it is the one that the announcement came from. */
export function toReachedUrl(url: string, from: string | undefined): string {
  const parsed = new URL(url);
  if (!from || !EVERYWHERE.test(parsed.hostname)) return url;
  parsed.hostname = toHostname(from);
  return parsed.href.replace(/\/$/, '');
}

/**
 * Allowed hosts are asked. Otherwise an address of this machine only when it was announced on this machine, and any
 * other only when the announcement came from there.
 */
export function findCallAddress(gateway: AnnouncedAddress, rules: AddressRules): CallAddress {
  const url = new URL(toReachedUrl(gateway.url, gateway.from ?? '127.0.0.1'));
  if (isNever(url.hostname.replaceAll(/[[\]]/g, '')))
    return { reason: 'is link-local, or one at which clouds hand out credentials', isFinal: true };
  const isAllowed = rules.hosts.includes(url.host) || rules.hosts.includes(url.hostname);
  const reason = isAllowed ? undefined : findReason(url.hostname, gateway, rules.machine);
  if (reason !== undefined) return { reason };
  return { base: `${url.origin}${url.pathname.replace(/\/$/, '')}` };
}

function findReason(
  hostname: string,
  { machine, from }: AnnouncedAddress,
  here: string,
): string | undefined {
  const isFromHere = from === undefined || isLoopback(from);
  if (isLoopback(hostname))
    return isFromHere && machine === here
      ? undefined
      : `is one of the machine ${isFromHere ? machine : 'of the gateway'} itself`;
  if (from === undefined || hostname === toHostname(from)) return undefined;
  return `was announced ${from === '' ? 'through a proxy' : `from ${from}`}`;
}

/** An IP address as URLs write it. */
function toHostname(address: string): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(plain) === 6 ? new URL(`http://[${plain}]`).hostname : plain;
}
