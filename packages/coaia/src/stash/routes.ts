/** The stash of a project over HTTP. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { MAX_VALUE_BYTES } from './entries/entry.ts';
import { openEmbeddedStash } from './entries/embedded.ts';
import {
  deleteAnswer,
  getAnswer,
  listAnswer,
  listQuery,
  putAnswer,
  putBody,
} from './entries/schema.ts';
import { fromWireValue, toItem, toWireTime } from './entries/wire.ts';
import { stashPorts } from './ports.ts';
import type { StashPorts } from './ports.ts';

const openOf = ({ db, clock }: StashPorts, { projectId }: { readonly projectId: string }) =>
  openEmbeddedStash(db, projectId, clock);

/** The name of the parameter may hold slashes that a client did not encode. */
const ONE = '/api/v1/stash/:key{.+}';

const list = defineRoute({
  method: 'GET',
  path: '/api/v1/stash',
  operation: 'stash.list',
  summary: 'List the keys that something is kept under, without the values.',
  access: 'page',
  needs: stashPorts,
  query: listQuery,
  response: listAnswer,
  async handler({ api, scope, query }) {
    const keys = await openOf(api, scope).list(query.pattern, query.limit);
    const data = keys.map((one) => ({ ...one, expiresAt: toWireTime(one.expiresAt) }));
    return { json: { data, meta: { cursor: null } } };
  },
});

const get = defineRoute({
  method: 'GET',
  path: ONE,
  operation: 'stash.get',
  summary: 'Read what is kept under a key; null when there is nothing.',
  access: 'page',
  needs: stashPorts,
  response: getAnswer,
  async handler({ api, scope, params }) {
    const entry = await openOf(api, scope).get(params['key'] ?? '');
    return { json: { item: entry === undefined ? null : toItem(entry) } };
  },
});

const put = defineRoute({
  method: 'PUT',
  path: ONE,
  operation: 'stash.put',
  summary: 'Keep a value under a key.',
  access: 'page',
  needs: stashPorts,
  body: putBody,
  // Base64 makes a third more of it.
  bodyLimit: Math.ceil(MAX_VALUE_BYTES * 1.5),
  response: putAnswer,
  async handler({ api, scope, params, body }) {
    const { ttlSeconds: lifeSeconds, onlyIfAbsent, onlyIfVersion } = body;
    const key = params['key'] ?? '';
    const onlyIf =
      onlyIfAbsent === true
        ? ('absent' as const)
        : onlyIfVersion === undefined
          ? undefined
          : { version: onlyIfVersion };
    const write = { key, value: fromWireValue(body), lifeSeconds };
    const { version, expiresAt } = await openOf(api, scope).put(
      onlyIf === undefined ? write : { ...write, onlyIf },
    );
    return { json: { key, version, expiresAt: toWireTime(expiresAt) } };
  },
});

const remove = defineRoute({
  method: 'DELETE',
  path: ONE,
  operation: 'stash.delete',
  summary: 'Forget what is kept under a key.',
  access: 'page',
  needs: stashPorts,
  response: deleteAnswer,
  handler: async ({ api, scope, params }) => ({
    json: { deleted: await openOf(api, scope).delete(params['key'] ?? '') },
  }),
});

export const stashRoutes: readonly Route[] = [list, get, put, remove];
