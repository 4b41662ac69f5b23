/** What stands behind `coaia pipeline stats`: runs and their traces. */
import { systemClock } from '#base';
import type { Scope } from '#base';
import { createLocalObservability, openRemoteCalls, openRemoteObservability } from '#observability';
import type { Database } from '#store';
import { createPipelineRunsApi } from '@coaia/client';
import type { CoaiaClient, ObservabilityApi, PipelineRunsApi } from '@coaia/client';
import type { OpenNeedOptions } from './open-options.ts';
import { openLocalRunsNeed } from './open-pipeline-needs.ts';

interface StatsNeed {
  readonly runs: PipelineRunsApi;
  readonly observability: ObservabilityApi;
}

export async function openLocalStats(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<StatsNeed> {
  return {
    runs: await openLocalRunsNeed(db, scope, options),
    observability: createLocalObservability({ db, clock: systemClock }, scope),
  };
}

export async function openRemoteStats(client: CoaiaClient): Promise<StatsNeed> {
  return {
    runs: await openRemoteCalls(createPipelineRunsApi(client)),
    observability: await openRemoteObservability(client),
  };
}
