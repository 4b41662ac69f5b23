/** What stands behind the commands about templates: the store or a server, and where their traces go. */
import { systemClock } from '#base';
import type { Scope } from '#base';
import type { TemplateCommandsApi } from '#pipelines';
import type { Database } from '#store';
import type { CoaiaClient } from '@coaia/client';
import { actionEntries } from './action-tables.ts';
import type { OpenNeedOptions } from './open-options.ts';

/** What steps can do here. */
export const actionNames: ReadonlySet<string> = new Set(actionEntries.map(({ name }) => name));

export async function openLocalTemplatesNeed(
  db: Database,
  scope: Scope,
  options?: OpenNeedOptions,
): Promise<TemplateCommandsApi> {
  const [{ openLocalTemplates }, { createLocalObservability }] = await Promise.all([
    import('#pipelines'),
    import('#observability'),
  ]);
  const ports = { db, clock: systemClock };
  return {
    actions: actionNames,
    templates: await openLocalTemplates({ ...ports, actions: actionNames }, scope),
    observability: createLocalObservability(ports, scope),
    ...(options === undefined
      ? {}
      : {
          openRuns: async () =>
            (await import('./open-pipeline-needs.ts')).openLocalRunsNeed(db, scope, options),
        }),
  };
}

export async function openRemoteTemplatesNeed(client: CoaiaClient): Promise<TemplateCommandsApi> {
  const [{ createPipelinesApi }, { openRemoteCalls, openRemoteObservability }] = await Promise.all([
    import('@coaia/client'),
    import('#observability'),
  ]);
  return {
    actions: actionNames,
    templates: await openRemoteCalls(createPipelinesApi(client)),
    observability: await openRemoteObservability(client),
    openRuns: async () => (await import('./open-pipeline-needs.ts')).openRemoteRunsNeed(client),
  };
}
