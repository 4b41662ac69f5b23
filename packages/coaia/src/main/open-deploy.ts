/** What stands behind `coaia pipeline plan` and `deploy`: four rooms over the store, or their calls over a server. */
import { systemClock } from '#base';
import type { Scope } from '#base';
import type { Database } from '#store';
import type { DeployApi } from '#pipelines';
import type { CoaiaClient, DatasetImport, DatasetImportReport } from '@coaia/client';

export async function openLocalDeploy(db: Database, scope: Scope): Promise<DeployApi> {
  const [{ openLocalTemplates }, curation, { openLocalScores }] = await Promise.all([
    import('#pipelines'),
    import('#curation'),
    import('#observability'),
  ]);
  const { importLocalItems, openLocalDatasets, openLocalPrompts } = curation;
  const ports = { db, clock: systemClock };
  return {
    templates: await openLocalTemplates(ports, scope),
    prompts: await openLocalPrompts(ports, scope),
    scores: await openLocalScores(ports, scope),
    datasets: {
      ...(await openLocalDatasets(ports, scope)),
      importItems: (input) => importLocalItems(ports, scope, input),
    },
  };
}

export async function openRemoteDeploy(client: CoaiaClient): Promise<DeployApi> {
  const [calls, { openRemoteCalls }, { openRemotePrompts }] = await Promise.all([
    import('@coaia/client'),
    import('#observability'),
    import('#curation'),
  ]);
  const { createDatasetsApi, createPipelinesApi, createPromptsApi, createScoresApi } = calls;
  const { origin, ...scores } = createScoresApi(client);
  return {
    templates: await openRemoteCalls(createPipelinesApi(client)),
    prompts: await openRemotePrompts(await openRemoteCalls(createPromptsApi(client))),
    scores: { origin, ...(await openRemoteCalls(scores)) },
    datasets: await openRemoteCalls({
      ...createDatasetsApi(client),
      importItems: (input: DatasetImport) => importItems(client, input),
    }),
  };
}

/** Into the project of the keys. */
async function importItems(
  client: CoaiaClient,
  input: DatasetImport,
): Promise<DatasetImportReport> {
  const { data } = await client.listProjects();
  const path = ['projects', data[0]?.id ?? '', 'dataset-imports'];
  return client.request('POST', path, { area: 'v1', body: input, isRepeatable: true });
}
