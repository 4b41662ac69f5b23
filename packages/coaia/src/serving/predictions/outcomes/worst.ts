/** The predictions that were furthest from what happened, and a dataset of them. */
import { toIso } from '#base';
import type { Scope } from '#base';
import { importLocalItems } from '#curation';
import type { PredictionOutcomeRow } from '#store';
import type { WorstDataset, WorstPrediction, WorstQuery } from '@coaia/client';
import { toRows } from '../../signatures/tensor-rows.ts';
import { predictionFailures } from '../errors.ts';
import type { LoggedPrediction } from '../log/segment.ts';
import { openLogReader } from '../log/storage.ts';
import type { PredictionPorts } from '../ports.ts';
import { readSince } from '../since.ts';
import { toApiSpanId, toSpanId } from '../traces/to-events.ts';
import { isOutcomeOf, readWorst } from './storage.ts';

/** Largest loss first. */
export async function listWorst(
  ports: PredictionPorts,
  scope: Scope,
  model: string,
  query: WorstQuery,
): Promise<{ readonly data: readonly WorstPrediction[] }> {
  return { data: (await findWorst(ports, scope, model, query)).map(({ worst }) => worst) };
}

interface FoundWorst {
  readonly worst: WorstPrediction;
  /** Absent when the log does not have it any more. */
  readonly prediction: LoggedPrediction | undefined;
}

async function findWorst(
  { db, clock }: PredictionPorts,
  { projectId }: Scope,
  model: string,
  { last = 50, since, version }: WorstQuery,
): Promise<readonly FoundWorst[]> {
  const from = since === undefined ? undefined : readSince(since, clock());
  const rows = await readWorst(db, projectId, { model, version, since: from, limit: last });
  const reader = openLogReader(db, projectId);
  const all: FoundWorst[] = [];
  for (const row of rows) {
    const found = await reader.findById(model, row.request_id);
    const prediction = found.find((one) => isOutcomeOf(row, one.prediction))?.prediction;
    const inputs = prediction?.inputs;
    const input = inputs === undefined ? undefined : toRows(inputs.columns)[row.row_index];
    all.push({ worst: toWorst(row, input), prediction });
  }
  return all;
}

function toWorst(
  row: PredictionOutcomeRow,
  input: WorstPrediction['input'] | undefined,
): WorstPrediction {
  return {
    requestId: row.request_id,
    traceId: row.trace_id,
    row: row.row_index,
    version: row.version,
    at: toIso(row.predicted_at),
    loss: row.loss ?? 0,
    predicted: row.predicted === null ? null : (JSON.parse(row.predicted) as unknown),
    actual: JSON.parse(row.actual) as unknown,
    input: input ?? null,
  };
}

/**
 * Puts the worst predictions into a dataset, which is made when it is not there: input, what was expected, and where
 * it came from. The same prediction again changes nothing. AO683 when there is no outcome with inputs.
 */
export async function createWorstDataset(
  ports: PredictionPorts,
  scope: Scope,
  model: string,
  { dataset, last = 200, ...query }: WorstQuery & { readonly dataset: string },
): Promise<WorstDataset> {
  const data = await findWorst(ports, scope, model, { ...query, last });
  const usable = data.filter(({ worst }) => worst.input !== null);
  if (usable.length === 0)
    throw predictionFailures.create(
      'AO683',
      data.length === 0
        ? `No outcome of ${model} has arrived for the time that was asked for.`
        : `${data.length} outcomes of ${model} have arrived, but the inputs of none were kept.`,
      { hint: data.length === 0 ? 'ao outcomes FILE.csv' : 'ao config log.payload' },
    );
  const items = usable.map((one) => toDatasetItem(dataset, model, one));
  const report = await importLocalItems(ports, scope, {
    datasetName: dataset,
    items,
    create: true,
  });
  const { stored, unchanged } = report;
  return { dataset, stored, unchanged, withoutInput: data.length - usable.length };
}

function toDatasetItem(dataset: string, model: string, { worst, prediction }: FoundWorst) {
  const { requestId, traceId, row, version, loss, predicted, actual, input } = worst;
  return {
    id: toSpanId(dataset, model, requestId, String(row)),
    input,
    expectedOutput: actual,
    sourceTraceId: traceId,
    ...(prediction === undefined ? {} : { sourceObservationId: toApiSpanId(prediction) }),
    metadata: { model, version, request_id: requestId, row, loss, predicted },
  };
}
