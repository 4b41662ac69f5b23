/** What can be done with models. */
import { createId, notFound, toPageMeta, toStored, type Scope } from '#base';
import type { ModelRow } from '#store';
import type { Model, Paged } from '@coaia/client';
import type { ObservabilityPorts } from '../ports.ts';
import { listPrices } from '../prices/price-table.ts';
import { toTiers } from './check-model.ts';
import { modelFailures } from './errors.ts';
import { BUILT_IN, toBuiltInModel, toModel } from './model.ts';
import { dropPrices } from './project-prices.ts';
import type { ModelBody } from './schema.ts';
import { readModel, readModels, removeModel, writeModel } from './storage.ts';

/** One page of the project's and the built-in models by name, the newest price of a name first. */
export async function listModels(
  ports: ObservabilityPorts,
  scope: Scope,
  query: { readonly page: number; readonly limit: number },
): Promise<Paged<Model>> {
  const own = await readModels(ports.db, scope.projectId);
  const all = [...own.map(toModel), ...listPrices().map(toBuiltInModel)].toSorted(compare);
  const offset = (query.page - 1) * query.limit;
  return {
    data: all.slice(offset, offset + query.limit),
    meta: toPageMeta(query.page, query.limit, all.length),
  };
}

/** The order in which models are looked up: own before built-in, newer prices before older ones. */
function compare(a: Model, b: Model): number {
  return (
    compareTexts(a.modelName, b.modelName) ||
    Number(a.isLangfuseManaged) - Number(b.isLangfuseManaged) ||
    compareTexts(b.startDate ?? '', a.startDate ?? '') ||
    compareTexts(a.id, b.id)
  );
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** One model of the project or a built-in one. Fails with COAIA-0003. */
export async function getModel(
  ports: ObservabilityPorts,
  scope: Scope,
  modelId: string,
): Promise<Model> {
  const entry = listPrices().find(({ id }) => id === modelId);
  if (entry !== undefined) return toBuiltInModel(entry);
  const row = await readModel(ports.db, scope.projectId, modelId);
  if (row === undefined) throw notFound('Model', modelId);
  return toModel(row);
}

/** Stores a new model; it prices what is ingested from now on. Fails with COAIA-1130, COAIA-1131. */
export function createModel(
  ports: ObservabilityPorts,
  scope: Scope,
  body: ModelBody,
): Promise<Model> {
  return storeModel(ports, scope, createId(), body);
}

/** Stores a model under a given id, whether or not it is there. Fails like `createModel` and with COAIA-1132. */
export function updateModel(
  ports: ObservabilityPorts,
  scope: Scope,
  modelId: string,
  body: ModelBody,
): Promise<Model> {
  if (modelId.startsWith(BUILT_IN)) throw refuseBuiltIn(modelId);
  return storeModel(ports, scope, modelId, body);
}

/** Removes a model of the project; costs that were computed stay. Fails with COAIA-0003. */
export async function deleteModel(
  ports: ObservabilityPorts,
  scope: Scope,
  modelId: string,
): Promise<void> {
  const { db } = ports;
  if (!(await db.write((tx) => removeModel(tx, scope.projectId, modelId)))) {
    throw notFound('Model', modelId, 'built-in models cannot be deleted, only overridden');
  }
  dropPrices(db, scope.projectId);
}

async function storeModel(
  { db, clock }: ObservabilityPorts,
  { projectId }: Scope,
  id: string,
  body: ModelBody,
): Promise<Model> {
  const now = clock();
  const row: ModelRow = {
    project_id: projectId,
    id,
    model_name: body.modelName,
    match_pattern: body.matchPattern,
    start_date: body.startDate,
    unit: body.unit ?? null,
    tokenizer_id: body.tokenizerId ?? null,
    tokenizer_config: toStored(body.tokenizerConfig),
    pricing_tiers: JSON.stringify(toTiers(body)),
    created_at: now,
    updated_at: now,
  };
  const stored = await db.write(async (tx) => {
    await tx.lock([`models|${projectId}`]);
    const before = await readModel(tx, projectId, id);
    return writeModel(tx, { ...row, created_at: before?.created_at ?? now });
  });
  dropPrices(db, projectId);
  return toModel(stored);
}

function refuseBuiltIn(modelId: string): Error {
  return modelFailures.create(
    'COAIA-1132',
    `Model ${modelId} is built in and cannot be changed; create a model of your own, it wins.`,
  );
}
