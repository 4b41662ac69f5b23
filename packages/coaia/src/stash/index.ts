/** The door of the stash room. */
import type { Clock } from '#base';
import type { Egress } from '#egress';
import type { Route } from '#surface';
import type { StashApi } from '@coaia/client';
import type { StashStore } from './entries/entry.ts';
import type { OpenStash } from './ports.ts';
import type { StashPlace } from './redis/stash-place.ts';

export { openEmbeddedStash } from './entries/embedded.ts';
export { stashApi, type StashStore } from './entries/entry.ts';
export { stashPorts, type OpenStash, type StashPorts } from './ports.ts';
export { findStashPlace, parseRedisUrl, type StashPlace } from './redis/stash-place.ts';

export interface OutsideOptions {
  readonly clock: Clock;
  readonly egress: Pick<Egress, 'fetch'>;
  /** Asked before a connection that is no HTTP; throws when it may not be made. */
  readonly onConnect: (host: string, port: number) => void;
  /** Longest wait for an answer; 10 seconds when absent. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 10_000;

/** The stash in Redis or over HTTP; connected by the first call. */
export async function openOutsideStash(
  place: Exclude<StashPlace, { readonly kind: 'embedded' }>,
  { clock, egress, onConnect, timeoutMs = TIMEOUT_MS, signal }: OutsideOptions,
): Promise<OpenStash> {
  const { openRedisStash } = await import('./redis/redis-stash.ts');
  if (place.kind === 'upstash') {
    const { openUpstashPort } = await import('./redis/upstash-port.ts');
    const options = { timeoutMs, ...(signal === undefined ? {} : { signal }) };
    const port = openUpstashPort(place.address, egress, options);
    return { store: openRedisStash(port, clock), close: () => undefined };
  }
  const { openIoredisPort } = await import('./redis/ioredis-port.ts');
  const port = openIoredisPort(place.address, { timeoutMs, onConnect });
  return { store: openRedisStash(port, clock), close: () => port.close() };
}

/** The stash of a project on a server; its calls fail with the program's codes. */
export async function openRemoteStash(api: StashApi, baseUrl: string): Promise<StashStore> {
  const remote = await import('./entries/remote.ts');
  return remote.openRemoteStash(api, baseUrl);
}

/** Every route of the room; they bring their schemas, which only the server needs. */
export async function loadStashRoutes(): Promise<readonly Route[]> {
  const { stashRoutes } = await import('./routes.ts');
  return stashRoutes;
}

export { checkStash, type StashCheck } from './check.ts';
