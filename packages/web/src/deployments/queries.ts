import type {
  CalibrationReport,
  DeploymentGate,
  DeploymentModel,
  DeploymentModelDetail,
  DeploymentTraffic,
  DriftQuery,
  DriftReport,
  PredictionDetail,
  PredictionItem,
  PredictionStats,
  RollbackInput,
  ShadowReport,
  TrafficInput,
  VersionEvaluation,
} from '@coaia/client';
import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import { sendRequest } from '../lib/api.ts';
import type { PredictionFilter, StatSpan } from './search.ts';

const base = '/api/v1/deployments';

/** What moves by time alone, without an event: the span of the charts, and gateways that fell silent. */
const TIME_MS = 15_000;

/** Address of one model in the API, or of a part of it. */
export function toDeploymentPath(model: string, part?: string): string {
  const path = `${base}/${encodeURIComponent(model)}`;
  return part === undefined ? path : `${path}/${part}`;
}

/** Key of everything that was read about a project's models. */
export function toDeploymentsKey(project: string) {
  return ['deployments', project] as const;
}

/** Every model that is or was served. */
export function deploymentsQuery(project: string) {
  return queryOptions({
    queryKey: [...toDeploymentsKey(project), 'list'],
    queryFn: async ({ signal }) =>
      (await sendRequest<{ readonly data: readonly DeploymentModel[] }>(base, { signal })).data,
    refetchInterval: TIME_MS,
  });
}

/** One model with its versions and the history of its traffic. */
export function deploymentQuery(project: string, model: string) {
  return queryOptions({
    queryKey: [...toDeploymentsKey(project), 'one', model],
    queryFn: ({ signal }) =>
      sendRequest<DeploymentModelDetail>(toDeploymentPath(model), { signal }),
    refetchInterval: TIME_MS,
  });
}

/** Requests, failures and durations over a span that ends now. */
export function statsQuery(project: string, model: string, span: StatSpan) {
  return queryOptions({
    queryKey: [...toDeploymentsKey(project), 'stats', model, span],
    queryFn: ({ signal }) =>
      sendRequest<PredictionStats>(toDeploymentPath(model, 'stats'), {
        query: { from: span },
        signal,
      }),
    refetchInterval: TIME_MS,
  });
}

/** The newest predictions, page after page. */
export function predictionsQuery(
  project: string,
  model: string,
  filter: { readonly only?: PredictionFilter | undefined; readonly version?: number | undefined },
) {
  type Page = {
    readonly data: readonly PredictionItem[];
    readonly meta: { readonly cursor: string | null };
  };
  return infiniteQueryOptions({
    queryKey: [...toDeploymentsKey(project), 'predictions', model, filter],
    queryFn: ({ pageParam, signal }) =>
      sendRequest<Page>(toDeploymentPath(model, 'predictions'), {
        query: { ...filter, limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.meta.cursor ?? undefined,
  });
}

/** One prediction; the server writes its trace if there is none yet. */
export function readPrediction(model: string, id: string): Promise<PredictionDetail> {
  return sendRequest(toDeploymentPath(model, `predictions/${encodeURIComponent(id)}`));
}

/** One prediction with what shadows said and what happened. */
export function predictionQuery(project: string, model: string, id: string) {
  return queryOptions({
    queryKey: [...toDeploymentsKey(project), 'prediction', model, id],
    queryFn: () => readPrediction(model, id),
    retry: false,
  });
}

/** A report about a version: drift, calibration or the shadow's. */
function reportQuery<T>(part: string) {
  return (
    project: string,
    model: string,
    version: number | undefined,
    more: Pick<DriftQuery, 'windowHours' | 'alert' | 'metrics'> = {},
  ) =>
    queryOptions({
      queryKey: [...toDeploymentsKey(project), part, model, version, more],
      queryFn: ({ signal }) =>
        sendRequest<T>(toDeploymentPath(model, part), { query: { version, ...more }, signal }),
      retry: false,
    });
}

/** How inputs and outputs differ from the reference. */
export const driftQuery = reportQuery<DriftReport>('drift');
/** Whether probabilities keep what they promise. */
export const calibrationQuery = reportQuery<CalibrationReport>('calibration');
/** How a shadow differs from the champion. */
export const shadowQuery = reportQuery<ShadowReport>('shadow');

/** Whether a version may answer callers, by its newest evaluation. */
export function gateQuery(project: string, model: string, version: number) {
  return queryOptions({
    queryKey: [...toDeploymentsKey(project), 'gate', model, version],
    queryFn: ({ signal }) =>
      sendRequest<DeploymentGate>(toDeploymentPath(model, `versions/${version}/gate`), { signal }),
    retry: false,
  });
}

/** Comparisons of versions on examples, newest first. */
export function evaluationsQuery(project: string, model: string) {
  return queryOptions({
    queryKey: [...toDeploymentsKey(project), 'evaluations', model],
    queryFn: async ({ signal }) => {
      type Answer = { readonly data: readonly VersionEvaluation[] };
      return (await sendRequest<Answer>(toDeploymentPath(model, 'evaluations'), { signal })).data;
    },
  });
}

/** What can be done to a model. */
export const deploymentCalls = {
  changeTraffic: (model: string, body: TrafficInput) =>
    sendRequest<DeploymentTraffic>(toDeploymentPath(model, 'traffic'), { method: 'POST', body }),
  rollBack: (model: string, body: RollbackInput) =>
    sendRequest<DeploymentTraffic>(toDeploymentPath(model, 'rollback'), { method: 'POST', body }),
  setRunning: (gateway: string, running: boolean) =>
    sendRequest<unknown>(
      `/api/v1/deployment-gateways/${encodeURIComponent(gateway)}/${running ? 'start' : 'stop'}`,
      { method: 'POST', body: {} },
    ),
  predict: (model: string, body: { readonly data: unknown; readonly version?: string }) =>
    sendRequest<ModelAnswer>(toDeploymentPath(model, 'predict'), { method: 'POST', body }),
} as const;

/** What a gateway answers to rows. */
export interface ModelAnswer {
  /** A row each; of a model with one output its value alone. */
  readonly predictions: readonly unknown[];
  readonly model: string;
  readonly version: string;
  readonly classes?: readonly (string | number | boolean)[];
  readonly request_id: string;
  readonly trace_id: string;
  readonly flags?: readonly { readonly code: string; readonly message: string }[];
  readonly warnings?: readonly string[];
}

/** Reads everything about models anew. */
export function refreshDeployments(client: QueryClient, project: string): Promise<void> {
  return client.invalidateQueries({ queryKey: toDeploymentsKey(project) });
}
