/** `@coaia/client`: typed calls to Coaia and every Langfuse-compatible server. */
export type * from './wire.ts';
export type * from './administration-api.ts';
export { createAdministrationApi } from './administration-api.ts';
export type * from './settings-wire.ts';
export type * from './datasets-api.ts';
export { createDatasetsApi } from './datasets-api.ts';
export type * from './chat-wire.ts';
export type * from './connections-api.ts';
export { createConnectionsApi } from './connections-api.ts';
export type * from './evaluators-api.ts';
export { createEvaluatorsApi } from './evaluators-api.ts';
export type * from './evaluators-wire.ts';
export type * from './experiments-api.ts';
export { createExperimentsApi } from './experiments-api.ts';
export type * from './playground-wire.ts';
export type * from './model-wire.ts';
export type * from './feedback-wire.ts';
export type * from './prompts-api.ts';
export { createClient } from './client.ts';
export type { CallOptions, ClientOptions, CoaiaClient, OtlpOptions } from './client.ts';
export type * from './scores-api.ts';
export type * from './stash-api.ts';
export { createStashApi } from './stash-api.ts';
export { createScoresApi } from './scores-api.ts';
export { createPromptsApi } from './prompts-api.ts';
export type * from './comments-api.ts';
export { createCommentsApi } from './comments-api.ts';
export type * from './users-api.ts';
export { createUsersApi } from './users-api.ts';
export type * from './media-api.ts';
export { createMediaApi, createMediaFiles } from './media-api.ts';
export type * from './exports-api.ts';
export { createExportsApi } from './exports-api.ts';
export type * from './deployments-api.ts';
export { createDeploymentsApi, createModelCallsApi } from './deployments-api.ts';
export type * from './predictions-api.ts';
export { createPredictionsApi } from './predictions-api.ts';
export type * from './fine-tuning-api.ts';
export { createFineTuningApi } from './fine-tuning-api.ts';
export type * from './queues-api.ts';
export { createQueuesApi } from './queues-api.ts';
export type * from './judgements-api.ts';
export { createJudgementsApi } from './judgements-api.ts';
export type * from './pipeline-runs-api.ts';
export { createPipelineRunsApi } from './pipeline-runs-api.ts';
export type * from './schedules-api.ts';
export { createSchedulesApi } from './schedules-api.ts';
export type * from './tasks-api.ts';
export { createTasksApi } from './tasks-api.ts';
export type * from './pipelines-api.ts';
export { createPipelinesApi } from './pipelines-api.ts';
export type * from './dashboards-api.ts';
export { createDashboardsApi } from './dashboards-api.ts';
export { ClientError, isClientError } from './client-error.ts';
export type { ClientErrorFields, ClientErrorKind } from './client-error.ts';
export type { CachedScoreConfig, CachePlace, ProjectCache } from './config-cache.ts';
export {
  cacheScoreConfig,
  getConfigWithAutoRefresh,
  getCurrentProjectInfo,
  getProjectCachePath,
  isCacheStale,
  loadProjectCache,
} from './config-cache.ts';
export { createClientFromEnv } from './from-env.ts';
export type { Env } from './from-env.ts';
export type { Fetch, FetchInit } from './request.ts';
export { MAX_BATCH_BYTES } from './batches.ts';
export type * from './library.ts';
export { createLibrary } from './library.ts';
export { validateScoreValue } from './score-value.ts';
export { parseTlidToIso } from './tlid.ts';
export { formatDatasetForFinetuning } from './training-lines.ts';
