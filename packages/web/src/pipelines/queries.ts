import type { PipelinePermissions } from '@coaia/client';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { sendRequest } from '../lib/api.ts';
import type {
  PipelineDetail,
  PipelineFormat,
  PipelineLine,
  PipelinePreview,
  PipelineProblem,
} from './pipeline.ts';

const base = '/api/v1/pipelines';

/** Address of one pipeline in the API. */
export function toPipelinePath(name: string): string {
  return `${base}/${encodeURIComponent(name)}`;
}

/** Key of everything that was read about a project's pipelines. */
export function toPipelinesKey(project: string) {
  return ['pipelines', project] as const;
}

/** Every pipeline that the project can run. */
export function pipelinesQuery(project: string) {
  return queryOptions({
    queryKey: [...toPipelinesKey(project), 'list'],
    queryFn: async ({ signal }) =>
      (await sendRequest<{ readonly data: readonly PipelineLine[] }>(base, { signal })).data,
  });
}

/** One pipeline with its text. */
export function pipelineQuery(project: string, name: string) {
  return queryOptions({
    queryKey: [...toPipelinesKey(project), 'one', name],
    queryFn: ({ signal }) => sendRequest<PipelineDetail>(toPipelinePath(name), { signal }),
  });
}

/** What is wrong with a text. */
export function problemsQuery(project: string, text: string, format: PipelineFormat) {
  return queryOptions({
    queryKey: [...toPipelinesKey(project), 'problems', format, text],
    queryFn: async ({ signal }) => {
      const body = { text, format };
      const answer = await sendRequest<{ readonly problems: readonly PipelineProblem[] }>(
        `${base}/validate`,
        { method: 'POST', body, signal },
      );
      return answer.problems;
    },
    gcTime: 30_000,
  });
}

/** What is previewed or run: a stored pipeline by its name, or a text. */
export type PipelineChoice =
  | { readonly name: string }
  | { readonly text: string; readonly format: PipelineFormat };

/** What a run with these values would do. */
export function previewQuery(
  project: string,
  choice: PipelineChoice,
  variables: Readonly<Record<string, unknown>>,
) {
  return queryOptions({
    queryKey: [...toPipelinesKey(project), 'preview', choice, variables],
    queryFn: ({ signal }) =>
      sendRequest<PipelinePreview>(`${base}/preview`, {
        method: 'POST',
        body: { ...choice, variables },
        signal,
      }),
    gcTime: 30_000,
    retry: false,
  });
}

/** Saves a text as the project's newest version; 409 when `baseDigest` is not the newest. */
export function savePipeline(
  name: string,
  body: { readonly text: string; readonly format: PipelineFormat; readonly baseDigest?: string },
): Promise<PipelineDetail> {
  return sendRequest<PipelineDetail>(toPipelinePath(name), { method: 'PUT', body });
}

/** Deletes the project's own versions of a pipeline. */
export function deletePipeline(name: string): Promise<void> {
  return sendRequest<void>(toPipelinePath(name), { method: 'DELETE' });
}

/** What an action is called, and what the project has to allow for it. */
export interface ActionLine {
  readonly name: string;
  readonly summary: string;
  readonly permission: 'http' | 'shell' | 'files' | null;
}

/** The actions that steps may have. */
export function actionsQuery(project: string) {
  return queryOptions({
    queryKey: [...toPipelinesKey(project), 'actions'],
    queryFn: async ({ signal }) =>
      (
        await sendRequest<{ readonly data: readonly ActionLine[] }>('/api/v1/pipeline-actions', {
          signal,
        })
      ).data,
    staleTime: 300_000,
    retry: false,
  });
}

/** What the project's pipelines may do. */
export function permissionsQuery(project: string) {
  return queryOptions({
    queryKey: [...toPipelinesKey(project), 'permissions'],
    queryFn: ({ signal }) =>
      sendRequest<PipelinePermissions>('/api/v1/pipeline-permissions', { signal }),
    retry: false,
  });
}

/** Puts other permissions in place of those that stand. */
export function savePermissions(
  allowed: PipelinePermissions['allowed'],
): Promise<PipelinePermissions> {
  return sendRequest('/api/v1/pipeline-permissions', { method: 'PUT', body: { allowed } });
}

/** Reads everything about pipelines anew. */
export function refreshPipelines(client: QueryClient, project: string): Promise<void> {
  return client.invalidateQueries({ queryKey: toPipelinesKey(project) });
}
