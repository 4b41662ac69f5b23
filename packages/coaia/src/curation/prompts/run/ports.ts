/** What running a stored prompt needs: prompts, a model, and datasets to run over. */
import { needs } from '#surface';
import type { ConnectionsApi, DatasetsApi, PromptsApi } from '@coaia/client';

export type RunPromptApi = Pick<PromptsApi, 'getPrompt'> &
  Pick<ConnectionsApi, 'runPrompt' | 'followPrompt'> &
  Pick<DatasetsApi, 'getDataset' | 'listDatasetItems' | 'createDatasetRunItem'>;

export const runPromptApi = needs<RunPromptApi>('run-prompt');
