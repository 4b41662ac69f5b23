/** Entries of a project on a server. */
import { isCoaiaError } from '#base';
import type { StashApi, StashKeyItem } from '@coaia/client';
import { stashErrors } from '../errors.ts';
import { checkKey, conflict, toVersion } from './entry.ts';
import type { StashStore, StashWrite } from './entry.ts';
import { fromWireValue, toWireValue } from './wire.ts';

/** The stash behind the calls of the client, which fail with the program's own codes. */
export function openRemoteStash(api: StashApi, baseUrl: string): StashStore {
  const place = `the server ${baseUrl}`;
  const ask = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw toFailure(place, error);
    }
  };
  const toTime = (text: string | null) => (text === null ? null : Date.parse(text));
  return {
    place,
    async put(write) {
      const input = toInput(write);
      try {
        const done = await ask(api.putStashItem(checkKey(write.key), input));
        // Whoever does not answer with the version of what was sent has not kept it.
        if (done.version !== toVersion(write.value)) throw noStash(place);
        return { version: done.version, expiresAt: toTime(done.expiresAt) };
      } catch (error) {
        throw isConflict(error) ? conflict(write) : error;
      }
    },
    async get(key) {
      const { item } = await ask(api.getStashItem(checkKey(key)));
      if (item === null) return undefined;
      if (typeof item?.value !== 'string') throw noStash(place);
      const { version, expiresAt } = item;
      return { key, value: fromWireValue(item), version, expiresAt: toTime(expiresAt) };
    },
    async list(pattern, limit) {
      const { data } = await ask(api.listStash({ pattern, limit }));
      if (!Array.isArray(data)) throw noStash(place);
      return (data as readonly StashKeyItem[]).map((one) => ({
        ...one,
        expiresAt: toTime(one.expiresAt),
      }));
    },
    async delete(key) {
      const { deleted } = await ask(api.deleteStashItem(checkKey(key)));
      if (typeof deleted !== 'boolean') throw noStash(place);
      return deleted;
    },
  };
}

function toInput({ value, lifeSeconds, onlyIf }: StashWrite) {
  const condition =
    onlyIf === undefined
      ? {}
      : onlyIf === 'absent'
        ? { onlyIfAbsent: true }
        : { onlyIfVersion: onlyIf.version };
  return { ...toWireValue(value), ttlSeconds: lifeSeconds, ...condition };
}

/** What the server answered to a failed call. */
function toStatus(error: unknown): number | undefined {
  const { cause } = error as { readonly cause?: { readonly status?: unknown } };
  return typeof cause?.status === 'number' ? cause.status : undefined;
}

const isConflict = (error: unknown): boolean => toStatus(error) === 409;

function noStash(place: string) {
  return stashErrors.create('COAIA-6158', `${toCapital(place)} keeps no stash.`, {
    hint: 'COAIA_STASH=embedded coaia stash list',
  });
}

const toCapital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A store that is down ends with 2, also when it is behind a server. */
function toFailure(place: string, error: unknown): unknown {
  if (!isCoaiaError(error)) return error;
  if (error.code === 'COAIA-0003') return noStash(place);
  if (error.code === 'COAIA-1067')
    return stashErrors.create(
      'COAIA-6150',
      `${toCapital(place)} cannot be reached: ${error.message}`,
      {
        cause: error,
      },
    );
  return error;
}
