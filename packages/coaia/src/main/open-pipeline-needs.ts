/** What stands behind the commands about runs and tasks: the store of this home, or a server. */
import { join } from 'node:path';
import { systemClock } from '#base';
import type { Scope } from '#base';
import { createEgress } from '#egress';
import {
  openLocalJudging,
  openLocalPipelineRuns,
  openLocalSchedules,
  openLocalTasks,
} from '#pipelines';
import type { PipelineRunCommandsApi } from '#pipelines';
import type { Database } from '#store';
import type { CoaiaClient, JudgementsApi, SchedulesApi, TasksApi } from '@coaia/client';
import type { ActionEntry } from '#surface';
import { openBlobsHere } from './open-blobs.ts';
import { toGatewayHosts } from './open-calls.ts';
import type { OpenNeedOptions } from './open-options.ts';
import { openPipelines } from './open-pipelines.ts';
import type { Pipelines } from './open-pipelines.ts';
import { openSecrets } from './open-secrets.ts';
import { createProvider } from './provide.ts';

/** Pipelines on the store of this home; workers are opened by whoever runs one. */
export function openPipelinesHere(db: Database, options: OpenNeedOptions): Promise<Pipelines> {
  const { env, ledgerPath, offline, settings } = options;
  const { paths, values } = settings;
  const egress = createEgress({ offline, ledgerPath, env });
  const secrets = openSecrets(paths.keys, values);
  const blobs = openBlobsHere(options);
  const provide = createProvider({
    db,
    blobs,
    egress,
    secrets,
    gatewayHosts: toGatewayHosts(values),
    // A run of yours uses what your commands use.
    stash: { open: async () => (await import('./open-stash.ts')).openStepStash(options) },
    audio: { settings: values, env },
    text: settings,
  });
  return openPipelines({
    db,
    egress,
    secrets,
    blobs,
    home: { blobs: paths.blobs, work: join(paths.home, 'work') },
    env,
    provide,
  });
}

export async function openLocalRunsNeed(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<PipelineRunCommandsApi> {
  const pipelines = await openPipelinesHere(db, options);
  return openLocalPipelineRuns(pipelines.ports, scope, () => pipelines.openWorker());
}

export async function openRemoteRunsNeed(client: CoaiaClient): Promise<PipelineRunCommandsApi> {
  const [{ createPipelineRunsApi }, { openRemoteCalls }] = await Promise.all([
    import('@coaia/client'),
    import('#observability'),
  ]);
  return {
    ...(await openRemoteCalls(createPipelineRunsApi(client))),
    openWorker: async () => ({ close: async () => undefined }),
    warnings: [],
  };
}

export async function openLocalSchedulesNeed(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<SchedulesApi> {
  const { schedules } = await openPipelinesHere(db, options);
  return openLocalSchedules(schedules, scope);
}

export async function openRemoteSchedulesNeed(client: CoaiaClient): Promise<SchedulesApi> {
  const [{ createSchedulesApi }, { openRemoteCalls }] = await Promise.all([
    import('@coaia/client'),
    import('#observability'),
  ]);
  return openRemoteCalls(createSchedulesApi(client));
}

export async function openLocalJudgingNeed(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<JudgementsApi> {
  const { actions } = await openPipelinesHere(db, options);
  return openLocalJudging(actions, scope);
}

export async function openRemoteJudgingNeed(client: CoaiaClient): Promise<JudgementsApi> {
  const [{ createJudgementsApi }, { openRemoteCalls }] = await Promise.all([
    import('@coaia/client'),
    import('#observability'),
  ]);
  return openRemoteCalls(createJudgementsApi(client));
}

export async function openLocalTasksNeed(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<TasksApi> {
  const { runs } = await openPipelinesHere(db, options);
  return openLocalTasks({ clock: systemClock, runs }, scope);
}

export async function openRemoteTasksNeed(client: CoaiaClient): Promise<TasksApi> {
  const [{ createTasksApi }, { openRemoteCalls }] = await Promise.all([
    import('@coaia/client'),
    import('#observability'),
  ]);
  return openRemoteCalls(createTasksApi(client));
}

/** The same wherever the store is. */
export async function openActionsNeed(): Promise<readonly ActionEntry[]> {
  const { actionEntries } = await import('./action-tables.ts');
  return actionEntries;
}
