import type { ApiKey, NewApiKey } from '@coaia/client';
import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';
import type { RoleName } from '../members/queries.ts';

/** A key as the page's own list has it. */
export type KeyLine = ApiKey & {
  readonly role: RoleName | null;
  readonly requestsPerMinute: number | null;
  /** `predict:MODEL`, `deploy:MODEL`; null for a key that opens the project. */
  readonly scopes: readonly string[] | null;
};

/** What a new key is to be. */
export interface KeyDraft {
  readonly note: string | null;
  readonly role: RoleName | null;
  readonly requestsPerMinute: number | null;
  readonly expiresAt: string | null;
  readonly scopes: readonly string[] | null;
}

const toBase = (project: string) => toProjectPath(project, 'api-keys');

/** Key of a project's API keys in the cache. */
export function toKeysKey(project: string) {
  return ['api-keys', project] as const;
}

/** The keys of a project, oldest first; never their secrets. */
export function keysQuery(project: string) {
  return queryOptions({
    queryKey: toKeysKey(project),
    queryFn: async ({ signal }) =>
      (await sendRequest<{ readonly apiKeys: readonly KeyLine[] }>(toBase(project), { signal }))
        .apiKeys,
  });
}

/** Makes a key pair; the answer is the only one with the secret. */
export function createKey(project: string, draft: KeyDraft): Promise<NewApiKey> {
  return sendRequest<NewApiKey>(toBase(project), { method: 'POST', body: draft });
}

/** Deletes a key pair; who uses it is refused from then on. */
export async function deleteKey(project: string, keyId: string): Promise<void> {
  await sendRequest(`${toBase(project)}/${encodeURIComponent(keyId)}`, { method: 'DELETE' });
}
