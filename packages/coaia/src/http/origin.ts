/** Which names the server answers to, and which pages may use its cookie. */
import type { Scope } from '#base';
import type { HeaderSource } from '#access';
import { httpErrors } from './errors.ts';

export interface HostRule {
  /** Only these names are answered; undefined: every name (a server that other machines reach). */
  readonly names: ReadonlySet<string> | undefined;
  /** True when people reach the server by an address of another machine (COAIA_PUBLIC_URL), so by a proxy. */
  readonly isProxied: boolean;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** True for an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replaceAll(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/**
 * The rule for a bound address. On loopback a foreign Host means DNS rebinding or a mistake;
 * `publicUrl` (COAIA_PUBLIC_URL) adds the name under which a proxy shows the server.
 */
export function toHostRule(host: string, publicUrl?: string): HostRule {
  const isProxied = publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname);
  if (!isLoopback(host)) return { names: undefined, isProxied };
  const names = new Set([...LOOPBACK, host.includes(':') ? `[${host}]` : host.toLowerCase()]);
  if (publicUrl !== undefined) names.add(new URL(publicUrl).hostname);
  return { names, isProxied };
}

/** Refuses requests for other hosts: COAIA-0400. A missing Host header is refused too. */
export function requireHost(rule: HostRule, host: string | null | undefined): void {
  if (rule.names === undefined) return;
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (rule.names.has(name)) return;
  throw httpErrors.create(
    'COAIA-0400',
    'This server does not answer for that host; it is reached as localhost or 127.0.0.1.',
    { hint: 'COAIA_PUBLIC_URL=https://... coaia up' },
  );
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that carry the page's cookie but were not sent by the page: COAIA-0401.
 * Browsers say where a request comes from in Origin (always on changes) and Sec-Fetch-Site; reads need
 * neither header but must not contradict, changes need proof.
 */
export function requireOwnPage(scope: Scope, method: string, headers: HeaderSource): void {
  if (scope.via !== 'page') return;
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  const isOwnOrigin = origin ? isSameOrigin(origin, headers) : undefined;
  const isOwnSite = site ? site === 'same-origin' || site === 'none' : undefined;
  const isProved = isOwnOrigin ?? isOwnSite ?? SAFE_METHODS.has(method);
  if (isProved && isOwnSite !== false) return;
  throw httpErrors.create(
    'COAIA-0401',
    'The request uses the cookie of the page but was not sent by the page.',
  );
}

function isSameOrigin(origin: string, headers: HeaderSource): boolean {
  if (!URL.canParse(origin)) return false;
  const own = headers.get('host')?.toLowerCase();
  return new URL(origin).host === own;
}
