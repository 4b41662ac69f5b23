/** What `coaia pipeline plan` and `deploy` need: the embedded store or a server, behind one interface. */
import { needs } from '#surface';
import type {
  DatasetImport,
  DatasetImportReport,
  DatasetsApi,
  PipelinesApi,
  PromptsApi,
  ScoresApi,
} from '@coaia/client';

export interface DeployApi {
  readonly templates: PipelinesApi;
  readonly prompts: PromptsApi;
  readonly scores: ScoresApi;
  readonly datasets: DeployDatasets;
}

export interface DeployDatasets extends DatasetsApi {
  /** Stores items all together or not at all; fails with 404 where only single items can be stored. */
  importItems(input: DatasetImport): Promise<DatasetImportReport>;
}

export const deployApi = needs<DeployApi>('pipeline-deploy');
