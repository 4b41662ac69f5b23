/** What `coaia pipeline plan` and `deploy` need: the embedded store or a server, behind one interface. */
import { needs } from '#surface';
import type { DatasetsApi, PipelinesApi, PromptsApi, ScoresApi } from '@coaia/client';

export interface DeployApi {
  readonly templates: PipelinesApi;
  readonly prompts: PromptsApi;
  readonly scores: ScoresApi;
  readonly datasets: DatasetsApi;
}

export const deployApi = needs<DeployApi>('pipeline-deploy');
