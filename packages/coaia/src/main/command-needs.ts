/** What stands behind each need of a command: the room over the local store, or the client over a server. */
import { systemClock } from '#base';
import type { Implementation } from './implementation.ts';
import { pipelineNeeds } from './pipeline-needs.ts';
import { serviceNeeds } from './service-needs.ts';

export type { Implementation } from './implementation.ts';

/** Rooms load when one of their commands runs. */
export const commandNeeds: ReadonlyMap<string, Implementation> = new Map([
  ...pipelineNeeds,
  ...serviceNeeds,
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
    'dashboards',
    {
      async openLocal(db, scope) {
        const { openLocalDashboards } = await import('#observability');
        return openLocalDashboards({ db, clock: systemClock }, scope);
      },
      async openRemote(client) {
        const [{ createDashboardsApi }, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        return openRemoteCalls(createDashboardsApi(client));
      },
    } satisfies Implementation,
  ],
  [
    'trace-users',
    {
      async openLocal(db, scope, options) {
        const { openLocalUsersNeed } = await import('./open-users.ts');
        return openLocalUsersNeed(db, scope, options);
      },
      async openRemote(client) {
        const [{ createUsersApi }, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        return openRemoteCalls(createUsersApi(client));
      },
    } satisfies Implementation,
  ],
  [
    'media',
    {
      async openLocal(db, scope, options) {
        const { openLocalMediaNeed } = await import('./open-media.ts');
        return openLocalMediaNeed(db, scope, options);
      },
      async openRemote(client, options) {
        const { openRemoteMediaNeed } = await import('./open-media.ts');
        return openRemoteMediaNeed(client, options);
      },
    } satisfies Implementation,
  ],
  [
    'exports',
    {
      async openLocal(db, scope, options) {
        const { openExports } = await import('./open-exports.ts');
        return openExports(db, scope, options);
      },
      async openRemote(client) {
        const [{ createExportsApi }, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        return openRemoteCalls(createExportsApi(client));
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
      async openLocal(db, scope, options) {
        const [{ openLocalDatasets }, { openLocalMediaFinder }, { openBlobsHere }] =
          await Promise.all([
            import('#curation'),
            import('#observability'),
            import('./open-blobs.ts'),
          ]);
        const ports = { db, clock: systemClock };
        const files = { ...ports, blobs: openBlobsHere(options) };
        const findMedia = openLocalMediaFinder(files, options.settings.paths.blobs);
        return openLocalDatasets({ ...ports, findMedia }, scope);
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
  [
    'fine-tuning',
    {
      async openLocal(db, scope, options) {
        const [{ openFineTuningNeed }, { openLocalDatasets }] = await Promise.all([
          import('./open-fine-tuning.ts'),
          import('#curation'),
        ]);
        const datasets = openLocalDatasets({ db, clock: systemClock }, scope);
        return { ...(await datasets), ...(await openFineTuningNeed(db, scope, options)) };
      },
      async openRemote(client) {
        const [{ createDatasetsApi, createFineTuningApi }, { openRemoteCalls }] = await Promise.all(
          [import('@coaia/client'), import('#observability')],
        );
        return openRemoteCalls({ ...createDatasetsApi(client), ...createFineTuningApi(client) });
      },
    } satisfies Implementation,
  ],
  [
    'experiments',
    {
      async openLocal(db, scope) {
        const { openLocalExperiments } = await import('#curation');
        return openLocalExperiments({ db, clock: systemClock }, scope);
      },
      async openRemote(client) {
        const [{ createExperimentsApi }, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        return openRemoteCalls(createExperimentsApi(client));
      },
    } satisfies Implementation,
  ],
  [
    'pipeline-deploy',
    {
      async openLocal(db, scope) {
        const { openLocalDeploy } = await import('./open-deploy.ts');
        return openLocalDeploy(db, scope);
      },
      async openRemote(client) {
        const { openRemoteDeploy } = await import('./open-deploy.ts');
        return openRemoteDeploy(client);
      },
    } satisfies Implementation,
  ],
  [
    'pipeline-templates',
    {
      async openLocal(db, scope, options) {
        const { openLocalTemplatesNeed } = await import('./open-templates.ts');
        return openLocalTemplatesNeed(db, scope, options);
      },
      async openRemote(client) {
        const { openRemoteTemplatesNeed } = await import('./open-templates.ts');
        return openRemoteTemplatesNeed(client);
      },
    } satisfies Implementation,
  ],
  [
    'queues',
    {
      async openLocal(db, scope) {
        const { openLocalQueues } = await import('#curation');
        return openLocalQueues({ db, clock: systemClock }, scope);
      },
      async openRemote(client) {
        const [{ createQueuesApi }, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        return openRemoteCalls(createQueuesApi(client));
      },
    } satisfies Implementation,
  ],
  [
    'migration',
    {
      async openLocal(db, scope, options) {
        const { openMigration } = await import('./open-migration.ts');
        return openMigration(db, scope, options);
      },
      async openRemote(client) {
        const { refuseRemoteMigration } = await import('#migration');
        throw refuseRemoteMigration(client.baseUrl);
      },
    } satisfies Implementation,
  ],
  [
    'run-prompt',
    {
      async openLocal(db, scope, options) {
        const { openLocalRunPrompt } = await import('./open-run-prompt.ts');
        return openLocalRunPrompt(db, scope, options);
      },
      async openRemote(client) {
        const [calls, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        const { createConnectionsApi, createDatasetsApi, createPromptsApi } = calls;
        return openRemoteCalls({
          ...createPromptsApi(client),
          ...createConnectionsApi(client),
          ...createDatasetsApi(client),
        });
      },
    } satisfies Implementation,
  ],
  [
    'mcp',
    {
      async openLocal(db, scope, options) {
        const { openLocalMcp } = await import('./open-mcp.ts');
        return openLocalMcp(db, scope, options);
      },
      async openRemote(client, options) {
        const { openRemoteMcp } = await import('./open-mcp.ts');
        return openRemoteMcp(client, options);
      },
    } satisfies Implementation,
  ],
  [
    'administration',
    {
      async openLocal(db, scope, options) {
        const { openAdministrationNeed } = await import('./open-local-administration.ts');
        return openAdministrationNeed(db, scope, options);
      },
      async openRemote(client) {
        const [{ createAdministrationApi }, { openRemoteCalls }, { openRemoteAdministration }] =
          await Promise.all([import('@coaia/client'), import('#observability'), import('#access')]);
        return openRemoteAdministration(await openRemoteCalls(createAdministrationApi(client)));
      },
    } satisfies Implementation,
  ],
]);
