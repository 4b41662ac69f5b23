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
