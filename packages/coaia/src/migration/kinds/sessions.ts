/** Sessions: when they began. Their traces name them, so they exist by then. */
import { readNumbered } from '../sources/pages.ts';
import { readId, readText, readTime, toFields } from '../sources/wire.ts';
import { findExisting } from './find-existing.ts';
import type { Kind } from './kind.ts';

export const sessions: Kind = {
  name: 'sessions',
  isReadable: ({ modes }) => modes.sessions,
  note: ({ modes }) =>
    modes.sessions
      ? undefined
      : 'the server has no list of sessions (404); they are made from the observations that name them',
  readPage: ({ api, since }, position) =>
    readNumbered(
      api,
      { segments: ['sessions'], query: { fromTimestamp: since }, limit: 100 },
      position,
    ),
  toId: readId,
  toContent: (item) => ({
    ...toFields(item, ['createdAt']),
    environment: readText(item, 'environment') ?? 'default',
  }),
  async write(target, items) {
    const { tx, scope, now } = target;
    const known = await findExisting(
      target,
      'sessions',
      items.map((item) => readId(item)),
    );
    for (const item of items) {
      const created = readTime(item, 'createdAt') ?? now;
      const environment = readText(item, 'environment') ?? 'default';
      if (known.has(readId(item)))
        await tx.run(
          'UPDATE sessions SET created_at = ?, environment = ? WHERE project_id = ? AND id = ?',
          [created, environment, scope.projectId, readId(item)],
        );
      else
        await tx.upsert('sessions', [
          {
            project_id: scope.projectId,
            id: readId(item),
            created_at: created,
            environment,
            public: item['public'] === true ? 1 : 0,
            bookmarked: item['bookmarked'] === true ? 1 : 0,
          },
        ]);
    }
    await tx.addToCounter(scope.projectId, 'sessions', items.length - known.size);
    return [];
  },
};
