/** Which permission an operation needs: derived from its name and method unless the route says another one. */
import type { Route } from '#surface';
import { PERMISSIONS } from './permissions.ts';
import type { PermissionName } from './permissions.ts';

/** First part of an operation's name, and the rows of the permission table that it belongs to. */
const SUBJECTS: Readonly<Record<string, string>> = {
  annotationQueues: 'queues',
  apiKeys: 'keys',
  blobStorageIntegrations: 'exports',
  comments: 'comments',
  dashboards: 'dashboards',
  dashboardWidgets: 'dashboards',
  datasetItems: 'datasets',
  datasetRunItems: 'datasets',
  datasets: 'datasets',
  deployments: 'deployments',
  evaluationRules: 'evaluators',
  evaluators: 'evaluators',
  events: 'records',
  experiments: 'datasets',
  exports: 'exports',
  feedback: 'records',
  fineTuning: 'fineTuning',
  generations: 'records',
  ingestion: 'records',
  judgements: 'evaluators',
  legacy_metricsV1: 'records',
  legacy_observationsV1: 'records',
  legacy_scoreV1: 'scores',
  llmConnections: 'connections',
  mcp: 'mcp',
  media: 'records',
  members: 'members',
  metrics: 'records',
  models: 'models',
  observations: 'records',
  opentelemetry: 'records',
  organizations: 'members',
  page: 'records',
  pipelines: 'pipelines',
  pipelineActions: 'pipelineRuns',
  pipelinePermissions: 'pipelinePermissions',
  pipelineRuns: 'pipelineRuns',
  playground: 'playground',
  projects: 'projects',
  projectSettings: 'project',
  promptVersion: 'prompts',
  prompts: 'prompts',
  protectedPromptLabels: 'protectedLabels',
  retention: 'project',
  sample: 'records',
  schedules: 'pipelineRuns',
  scim: 'members',
  scoreConfigs: 'scoreConfigs',
  scores: 'scores',
  scoresV3: 'scores',
  sessions: 'records',
  spans: 'records',
  stash: 'stash',
  tasks: 'pipelineRuns',
  trace: 'records',
  traces: 'records',
  unstableDashboards: 'dashboards',
  unstableDashboardWidgets: 'dashboards',
  unstable_evaluationRules: 'evaluators',
  unstable_evaluators: 'evaluators',
};

/** Answers about the caller itself, or about nothing that a project holds. */
const FREE: ReadonlySet<string> = new Set(['document', 'health', 'me', 'mediaContent', 'session']);

/** The permission, or undefined when the operation needs none. */
export function toPermission(
  route: Pick<Route, 'operation' | 'method' | 'access' | 'permission'>,
): PermissionName | undefined {
  if (route.access === 'open') return undefined;
  if (isPermission(route.permission)) return route.permission;
  const noun = route.operation.split('.')[0] ?? '';
  if (FREE.has(noun)) return undefined;
  const subject = SUBJECTS[noun] ?? 'other';
  const usual = `${subject}:${route.method === 'GET' ? 'read' : 'write'}`;
  const name = [
    `${subject}:use`,
    ...(route.method === 'DELETE' ? [`${subject}:delete`] : []),
    usual,
  ];
  return name.find(isPermission) ?? (route.method === 'GET' ? 'other:read' : 'other:write');
}

function isPermission(name: string | undefined): name is PermissionName {
  return name !== undefined && Object.hasOwn(PERMISSIONS, name);
}
