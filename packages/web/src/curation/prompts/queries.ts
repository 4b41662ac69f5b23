import type { Prompt, PromptMeta, PromptPage } from '@coaia/client';
import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';
import type { Inclusion, PromptOverview } from './prompt.ts';

const base = '/api/public/v2/prompts';

/** Address of one prompt in the Langfuse API. */
export function toPromptPath(name: string): string {
  return `${base}/${encodeURIComponent(name)}`;
}

/** Key of everything that has been read about a project's prompts. */
export function toPromptsKey(project: string) {
  return ['prompts', project] as const;
}

/** Every prompt of the project, page after page. */
export function promptsQuery(project: string) {
  return queryOptions({
    queryKey: [...toPromptsKey(project), 'list'],
    queryFn: async ({ signal }) => {
      const read = (page: number) =>
        sendRequest<PromptPage>(base, { query: { page, limit: 100 }, signal });
      const first = await read(1);
      const others = Array.from({ length: Math.max(0, first.meta.totalPages - 1) }, (_, index) =>
        read(index + 2),
      );
      const pages = [first, ...(await Promise.all(others))];
      return pages.flatMap((page): readonly PromptMeta[] => page.data);
    },
  });
}

/** Versions, labels and dependants of one prompt. */
export function overviewQuery(project: string, name: string) {
  return queryOptions({
    queryKey: [...toPromptsKey(project), 'overview', name],
    queryFn: ({ signal }) =>
      sendRequest<PromptOverview>(toProjectPath(project, 'prompt-overview'), {
        query: { name },
        signal,
      }),
  });
}

/** One version as it was written; `resolve` puts in what it includes. */
export function versionQuery(project: string, name: string, version: number, resolve = false) {
  return queryOptions({
    queryKey: [...toPromptsKey(project), 'version', name, version, resolve],
    queryFn: ({ signal }) =>
      sendRequest<Prompt>(toPromptPath(name), {
        query: { version, resolve: String(resolve) },
        signal,
      }),
  });
}

/** Mean scores by version, and dataset runs that used the prompt. */
export interface PromptResults {
  readonly scores: readonly {
    readonly version: number;
    readonly name: string;
    readonly mean: number;
    readonly count: number;
  }[];
  readonly experiments: readonly {
    readonly datasetId: string;
    readonly datasetName: string;
    readonly runId: string;
    readonly runName: string;
    readonly version: number;
    readonly itemCount: number;
    readonly createdAt: string;
  }[];
}

/** What came of the prompt's versions. */
export function resultsQuery(project: string, name: string) {
  return queryOptions({
    queryKey: [...toPromptsKey(project), 'results', name],
    queryFn: ({ signal }) =>
      sendRequest<PromptResults>(toProjectPath(project, 'prompt-results'), {
        query: { name },
        signal,
      }),
  });
}

/** Who includes whom. */
export interface PromptGraph {
  readonly nodes: readonly { readonly name: string; readonly version: number | null }[];
  readonly edges: readonly Inclusion[];
}

/** The graph of inclusions, by newest versions. */
export function graphQuery(project: string) {
  return queryOptions({
    queryKey: [...toPromptsKey(project), 'graph'],
    queryFn: ({ signal }) =>
      sendRequest<PromptGraph>(toProjectPath(project, 'prompt-graph'), { signal }),
  });
}

/** Labels that keys may not move. */
export function protectedLabelsQuery(project: string) {
  return queryOptions({
    queryKey: [...toPromptsKey(project), 'protected'],
    queryFn: ({ signal }) =>
      sendRequest<{ readonly labels: readonly string[] }>(
        toProjectPath(project, 'protected-prompt-labels'),
        { signal },
      ),
  });
}
