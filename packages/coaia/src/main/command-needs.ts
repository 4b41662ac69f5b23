/** What stands behind each need of a command: the room over the local store, or the client over a server. */
import { systemClock } from '#base';
import type { Scope } from '#base';
import type { Database } from '#store';
import type { CoaiaClient } from '@coaia/client';

export interface Implementation {
  readonly openLocal: (db: Database, scope: Scope) => Promise<unknown>;
  readonly openRemote: (client: CoaiaClient) => Promise<unknown>;
}

/** Rooms load when one of their commands runs. */
export const commandNeeds: ReadonlyMap<string, Implementation> = new Map([
  [
    'observability',
    {
      async openLocal(db, scope) {
        const { createLocalObservability } = await import('#observability');
        return createLocalObservability({ db, clock: systemClock }, scope);
      },
      async openRemote(client) {
        const { openRemoteObservability } = await import('#observability');
        return openRemoteObservability(client);
      },
    } satisfies Implementation,
  ],
  [
    'scores',
    {
      async openLocal(db, scope) {
        const { openLocalScores } = await import('#observability');
        return openLocalScores({ db, clock: systemClock }, scope);
      },
      async openRemote(client) {
        const [{ createScoresApi }, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        const { origin, ...calls } = createScoresApi(client);
        return { origin, ...(await openRemoteCalls(calls)) };
      },
    } satisfies Implementation,
  ],
  [
    'comments',
    {
      async openLocal(db, scope) {
        const { openLocalComments } = await import('#observability');
        return openLocalComments({ db, clock: systemClock }, scope);
      },
      async openRemote(client) {
        const [{ createCommentsApi }, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        return openRemoteCalls(createCommentsApi(client));
      },
    } satisfies Implementation,
  ],
  [
    'prompts',
    {
      async openLocal(db, scope) {
        const { openLocalPrompts } = await import('#curation');
        return openLocalPrompts({ db, clock: systemClock }, scope);
      },
      async openRemote(client) {
        const [{ createPromptsApi }, { openRemoteCalls }, { openRemotePrompts }] =
          await Promise.all([
            import('@coaia/client'),
            import('#observability'),
            import('#curation'),
          ]);
        return openRemotePrompts(await openRemoteCalls(createPromptsApi(client)));
      },
    } satisfies Implementation,
  ],
  [
    'datasets',
    {
      async openLocal(db, scope) {
        const { openLocalDatasets } = await import('#curation');
        return openLocalDatasets({ db, clock: systemClock }, scope);
      },
      async openRemote(client) {
        const [{ createDatasetsApi }, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        return openRemoteCalls(createDatasetsApi(client));
      },
    } satisfies Implementation,
  ],
]);
