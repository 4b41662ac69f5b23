/** What stands behind the needs of commands that run pipelines. See `command-needs.ts`. */
import type { Implementation } from './implementation.ts';

const load = () => import('./open-pipeline-needs.ts');

export const pipelineNeeds: readonly (readonly [string, Implementation])[] = [
  [
    'pipeline-runs',
    {
      openLocal: async (db, scope, options) => (await load()).openLocalRunsNeed(db, scope, options),
      openRemote: async (client) => (await load()).openRemoteRunsNeed(client),
    },
  ],
  [
    'schedules',
    {
      openLocal: async (db, scope, options) =>
        (await load()).openLocalSchedulesNeed(db, scope, options),
      openRemote: async (client) => (await load()).openRemoteSchedulesNeed(client),
    },
  ],
  [
    'pipeline-stats',
    {
      async openLocal(db, scope, options) {
        const { openLocalStats } = await import('./open-pipeline-stats.ts');
        return openLocalStats(db, scope, options);
      },
      async openRemote(client) {
        const { openRemoteStats } = await import('./open-pipeline-stats.ts');
        return openRemoteStats(client);
      },
    },
  ],
  [
    'pipeline-sharing',
    {
      async openAlone(options) {
        const { close, ...api } = (await import('./open-sharing.ts')).openSharing(options);
        return { api, close: async () => close() };
      },
      openLocal: async (_db, _scope, options) =>
        (await import('./open-sharing.ts')).openSharing(options),
      openRemote: async (_client, options) =>
        (await import('./open-sharing.ts')).openSharing(options),
    },
  ],
  [
    'pipeline-publish',
    {
      async openLocal(db, scope, options) {
        const [{ openLocalTemplatesNeed }, { openSharing }] = await Promise.all([
          import('./open-templates.ts'),
          import('./open-sharing.ts'),
        ]);
        return { ...(await openLocalTemplatesNeed(db, scope)), ...openSharing(options) };
      },
      async openRemote(client, options) {
        const [{ openRemoteTemplatesNeed }, { openSharing }] = await Promise.all([
          import('./open-templates.ts'),
          import('./open-sharing.ts'),
        ]);
        return { ...(await openRemoteTemplatesNeed(client)), ...openSharing(options) };
      },
    },
  ],
  [
    'judgements',
    {
      openLocal: async (db, scope, options) =>
        (await load()).openLocalJudgingNeed(db, scope, options),
      openRemote: async (client) => (await load()).openRemoteJudgingNeed(client),
    },
  ],
  [
    'tasks',
    {
      openLocal: async (db, scope, options) =>
        (await load()).openLocalTasksNeed(db, scope, options),
      openRemote: async (client) => (await load()).openRemoteTasksNeed(client),
    },
  ],
  [
    'pipeline-actions',
    {
      openAlone: async () => ({
        api: await (await load()).openActionsNeed(),
        close: async () => undefined,
      }),
      openLocal: async () => (await load()).openActionsNeed(),
      openRemote: async () => (await load()).openActionsNeed(),
    },
  ],
];
