/**
 * Under which names a service without keys answers. A page of somebody else can give its own name the address of this
 * machine (DNS rebinding); its requests then carry that name in Host, and are refused by it.
 */
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { isLoopback } from '#egress';

/** True for a Host header that is the service's own. */
export type OwnNames = (host: string) => boolean;

/**
 * Names of this machine and those that the settings list; `*` lists every name. Where other machines reach it also
 * the address it listens on, the name of the machine, and every IP address: behind one there is no name to rebind.
 */
export function toOwnNames(listen: string, listed: readonly string[]): OwnNames {
  if (listed.includes('*')) return () => true;
  const isPublic = !isLoopback(listen);
  const names = new Set([...listed, ...(isPublic ? [listen, hostname()] : [])].map(toName));
  const isOwn = (name: string) =>
    isLoopback(name) || names.has(name) || (isPublic && isIP(name.replaceAll(/[[\]]/g, '')) !== 0);
  // The name of the request before is nearly always the same.
  let known = { host: '', isOwn: false };
  return (host) => {
    if (known.host !== host) known = { host, isOwn: isOwn(toName(host)) };
    return known.isOwn;
  };
}

/** Name or address without the port, in small letters. */
function toName(host: string): string {
  const end = host.lastIndexOf(':');
  return (end > host.lastIndexOf(']') ? host.slice(0, end) : host).toLowerCase();
}
