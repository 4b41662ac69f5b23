/** The stash of commands: Redis when the settings name one, else where commands work. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { localScope } from '#access';
import { systemClock } from '#base';
import type { Scope } from '#base';
import { allowConnection, createEgress } from '#egress';
import { findStashPlace, openEmbeddedStash, openOutsideStash, openRemoteStash } from '#stash';
import type { OpenStash, StashPlace, StashStore } from '#stash';
import { openDatabase } from '#store';
import type { Database } from '#store';
import type { CoaiaClient } from '@coaia/client';
import type { Opened, OpenNeedOptions } from './open-options.ts';

/**
 * The stash that the settings name, without store or server; undefined when they name none, or the embedded one
 * of a home that commands work on anyway.
 */
export async function openStashAlone(options: OpenNeedOptions): Promise<Opened | undefined> {
  const place = findStashPlace(options.settings.values);
  if (place === undefined) return undefined;
  if (place.kind === 'embedded')
    return options.target.kind === 'local' ? undefined : openHomeStash(options);
  const { store, close } = await openOutside(place, options);
  return { api: store, close: async () => close() };
}

/** The entries of a project in the store of this home. */
export function openLocalStash(db: Database, scope: Scope): StashStore {
  return openEmbeddedStash(db, scope.projectId, systemClock);
}

/** The entries of the project on a server. */
export async function openServerStash(client: CoaiaClient): Promise<StashStore> {
  const [{ openRemoteCalls }, { createStashApi }] = await Promise.all([
    import('#observability'),
    import('@coaia/client'),
  ]);
  return openRemoteStash(await openRemoteCalls(createStashApi(client)), client.baseUrl);
}

/** What a process of this home uses for steps of pipelines and tools of agents, over its open store. */
export async function openStashHere(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<OpenStash> {
  const place = findStashPlace(options.settings.values);
  if (place !== undefined && place.kind !== 'embedded') return openOutside(place, options);
  return { store: openLocalStash(db, scope), close: () => undefined };
}

/** For steps of pipelines: the Redis of the settings, else undefined. */
export async function openStepStash(options: OpenNeedOptions): Promise<OpenStash | undefined> {
  const place = findStashPlace(options.settings.values);
  return place === undefined || place.kind === 'embedded' ? undefined : openOutside(place, options);
}

function openOutside(
  place: Exclude<StashPlace, { readonly kind: 'embedded' }>,
  { env, ledgerPath, offline, signal, timeoutMs }: OpenNeedOptions,
) {
  return openOutsideStash(place, {
    clock: systemClock,
    egress: createEgress({ offline, ledgerPath, env }),
    onConnect: (host, port) => allowConnection({ offline, ledgerPath }, 'stash', host, port),
    // Before the command itself runs out of time: then the stash is what did not answer.
    timeoutMs: timeoutMs === undefined ? undefined : timeoutMs * 0.8,
    signal,
  });
}

/** COAIA_STASH=embedded while commands work on a server. */
export async function openHomeStash({ store, durability, env }: OpenNeedOptions): Promise<Opened> {
  if (store.kind === 'sqlite') mkdirSync(dirname(store.path), { recursive: true, mode: 0o700 });
  const db = await openDatabase(store, { mode: 'process', migrate: 'create', durability });
  try {
    const scope = await localScope(db, { env });
    return { api: openLocalStash(db, scope), close: () => db.close() };
  } catch (error) {
    await db.close();
    throw error;
  }
}
