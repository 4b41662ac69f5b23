/** What `coaia pipeline stats` needs: the embedded store or a server, behind one interface. */
import { needs } from '#surface';
import type { ObservabilityApi, PipelineRunsApi } from '@coaia/client';

export interface StatsApi {
  readonly runs: Pick<PipelineRunsApi, 'listPipelineRuns' | 'getPipelineRun'>;
  readonly observability: Pick<ObservabilityApi, 'getTrace'>;
}

export const statsApi = needs<StatsApi>('pipeline-stats');
