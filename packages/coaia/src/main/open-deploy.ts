/** What stands behind `coaia pipeline plan` and `deploy`: four rooms over the store, or their calls over a server. */
import { systemClock } from '#base';
import type { Scope } from '#base';
import type { Database } from '#store';
import type { CoaiaClient, DatasetsApi, PipelinesApi, PromptsApi, ScoresApi } from '@coaia/client';

interface DeployNeed {
  readonly templates: PipelinesApi;
  readonly prompts: PromptsApi;
  readonly scores: ScoresApi;
  readonly datasets: DatasetsApi;
}

export async function openLocalDeploy(db: Database, scope: Scope): Promise<DeployNeed> {
  const [{ openLocalTemplates }, { openLocalDatasets, openLocalPrompts }, { openLocalScores }] =
    await Promise.all([import('#pipelines'), import('#curation'), import('#observability')]);
  const ports = { db, clock: systemClock };
  return {
    templates: await openLocalTemplates(ports, scope),
    prompts: await openLocalPrompts(ports, scope),
    scores: await openLocalScores(ports, scope),
    datasets: await openLocalDatasets(ports, scope),
  };
}

export async function openRemoteDeploy(client: CoaiaClient): Promise<DeployNeed> {
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
    datasets: await openRemoteCalls(createDatasetsApi(client)),
  };
}
