/** The stash of a project on a server: values under keys, with an end of their life or none. Only Coaia has it. */
import type { CoaiaClient } from './client.ts';

/** A value as it crosses the wire; `base64` when it is no text. */
export interface StashValue {
  readonly value: string;
  readonly encoding: 'utf8' | 'base64';
}

export interface StashItem extends StashValue {
  readonly key: string;
  /** Changes when the value does. */
  readonly version: string;
  /** ISO 8601; null: never. */
  readonly expiresAt: string | null;
}

export interface StashInput extends StashValue {
  /** Whole seconds; null: for ever. */
  readonly ttlSeconds: number | null;
  /** Only when nothing is kept there. */
  readonly onlyIfAbsent?: boolean;
  /** Only when this version is kept there. */
  readonly onlyIfVersion?: string;
}

export interface StashKeyItem {
  readonly key: string;
  readonly bytes: number;
  readonly expiresAt: string | null;
}

export interface StashList {
  readonly data: readonly StashKeyItem[];
  readonly meta: { readonly cursor: null };
}

/** The calls about the stash. */
export interface StashApi {
  putStashItem(
    key: string,
    input: StashInput,
  ): Promise<Pick<StashItem, 'key' | 'version' | 'expiresAt'>>;
  /** `item` is null when nothing is kept there. */
  getStashItem(key: string): Promise<{ readonly item: StashItem | null }>;
  listStash(query: { readonly pattern?: string; readonly limit?: number }): Promise<StashList>;
  deleteStashItem(key: string): Promise<{ readonly deleted: boolean }>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createStashApi(client: Pick<CoaiaClient, 'request'>): StashApi {
  const area = 'v1';
  return {
    putStashItem: (key, body) => client.request('PUT', ['stash', key], { body, area }),
    getStashItem: (key) => client.request('GET', ['stash', key], { area }),
    listStash: (query) => client.request('GET', ['stash'], { query, area }),
    deleteStashItem: (key) => client.request('DELETE', ['stash', key], { area }),
  };
}
