/** The stash as tools of agents see it: texts under keys, in the same place as for `coaia tash`. */
import { isCoaiaError } from '#base';
import type { Scope } from '#base';
import { createFolder } from '#config';
import type { StashStore } from '#stash';
import type { Database } from '#store';
import type { CoaiaClient } from '@coaia/client';
import type { OpenNeedOptions } from './open-options.ts';
import { openHomeStash, openServerStash, openStashAlone, openStashHere } from './open-stash.ts';

export interface TextStash {
  /** Keeps the text until it is replaced. */
  write(key: string, value: string): Promise<void>;
  /** The text, or undefined when there is none or its time is over. */
  read(key: string): Promise<string | undefined>;
}

/** Over the store that is open here. A connection to Redis lasts for one call. */
export function openLocalTextStash(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): TextStash {
  return toTexts(async (work) => {
    const { store, close } = await openStashHere(db, scope, options);
    try {
      return await work(store);
    } finally {
      close();
    }
  });
}

/** Over a server; a server that keeps none leaves it to this home, which is opened for each call. */
export function openRemoteTextStash(client: CoaiaClient, options: OpenNeedOptions): TextStash {
  return toTexts(async (work) => {
    const alone = await openStashAlone(options);
    if (alone === undefined) {
      try {
        return await work(await openServerStash(client));
      } catch (error) {
        if (!isCoaiaError(error) || error.code !== 'COAIA-6158') throw error;
      }
      createFolder(options.settings.paths.home);
    }
    const { api, close } = alone ?? (await openHomeStash(options));
    try {
      return await work(api as StashStore);
    } finally {
      await close();
    }
  });
}

function toTexts(use: <T>(work: (store: StashStore) => Promise<T>) => Promise<T>): TextStash {
  return {
    async write(key, text) {
      const value = Buffer.from(text, 'utf8');
      await use((store) => store.put({ key, value, lifeSeconds: null }));
    },
    async read(key) {
      const entry = await use((store) => store.get(key));
      return entry === undefined ? undefined : Buffer.from(entry.value).toString('utf8');
    },
  };
}
