import type { Model, Paged } from '@coaia/client';
import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';

const base = '/api/public/models';

/** Key of a project's models. */
export function toModelsListKey(project: string) {
  return ['models-and-prices', project] as const;
}

/** All models, the project's own and those that are built in, by name. */
export function modelsQuery(project: string) {
  return queryOptions({
    queryKey: toModelsListKey(project),
    queryFn: async ({ signal }) => {
      const all: Model[] = [];
      for (let page = 1; ; page += 1) {
        const query = { page, limit: 100 };
        const { data, meta } = await sendRequest<Paged<Model>>(base, { query, signal });
        all.push(...data);
        if (page >= meta.totalPages) return all;
      }
    },
  });
}

/** What is sent to make or replace a model. */
export interface ModelInput {
  readonly modelName: string;
  readonly matchPattern: string;
  readonly unit: string;
  readonly startDate: string | null;
  readonly pricingTiers: unknown;
}

/** Makes a model of the project, or replaces the one of that id. */
export function writeModel(body: ModelInput, id?: string): Promise<Model> {
  return id === undefined
    ? sendRequest<Model>(base, { method: 'POST', body })
    : sendRequest<Model>(`${base}/${encodeURIComponent(id)}`, { method: 'PUT', body });
}

/** Deletes a model of the project. */
export async function deleteModel(id: string, keepalive: boolean): Promise<void> {
  await sendRequest(`${base}/${encodeURIComponent(id)}`, { method: 'DELETE', keepalive });
}
