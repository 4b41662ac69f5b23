/** What really happened, joined with what was predicted: a row of its own and scores on the prediction's trace. */
import { toIso } from '#base';
import type { IngestionEvent, Scope } from '#base';
import type { PredictionOutcomeRow } from '#store';
import type { OutcomeInput, OutcomeReport } from '@coaia/client';
import { toRows } from '../../signatures/tensor-rows.ts';
import type { Signature } from '../../signatures/signature.ts';
import { predictionFailures } from '../errors.ts';
import { materialise } from '../log/list-predictions.ts';
import type { LoggedPrediction } from '../log/segment.ts';
import { openLogReader, readSignature, type Found } from '../log/storage.ts';
import type { PredictionPorts } from '../ports.ts';
import { toApiSpanId, toSpanId } from '../traces/to-events.ts';
import { judge } from './judge.ts';
import { readOutcomes } from './storage.ts';

/** Outcomes that are written in one transaction. */
const WRITTEN_AT_ONCE = 200;

interface Joined {
  readonly found: Found;
  readonly row: PredictionOutcomeRow;
  readonly scores: Readonly<Record<string, number>>;
}

/**
 * Records outcomes. Late is never too late while the log is kept. The same value again changes nothing; another value
 * replaces the one before, in the table and on the trace, and counts a revision. Ids that several different predictions
 * have are told as unknown, with all of them. AO680 when no outcome could be placed.
 */
export async function recordOutcomes(
  ports: PredictionPorts,
  scope: Scope,
  model: string,
  outcomes: readonly OutcomeInput[],
): Promise<OutcomeReport> {
  const { joined, unknown } = await join(ports, scope, model, outcomes);
  const [first] = unknown;
  if (first !== undefined && unknown.length === outcomes.length)
    throw predictionFailures.create('AO680', first.reason, {
      hint: `ao predictions --model ${model}`,
      details: unknown.slice(0, 100),
    });
  const counts = { recorded: 0, unchanged: 0, changed: 0 };
  for (let from = 0; from < joined.length; from += WRITTEN_AT_ONCE) {
    const part = joined.slice(from, from + WRITTEN_AT_ONCE);
    for (const kind of await writePart(ports, scope, model, part)) counts[kind]++;
  }
  return { ...counts, unknown };
}

type Unknown = OutcomeReport['unknown'][number];

/** Each outcome with its prediction; of two for one row in the same call the later counts. */
async function join(
  ports: PredictionPorts,
  { projectId }: Scope,
  model: string,
  outcomes: readonly OutcomeInput[],
) {
  let reader = openLogReader(ports.db, projectId);
  const signatures = new Map<number, Signature | undefined>();
  const joined = new Map<string, Joined>();
  const unknown: Unknown[] = [];
  let hasFlushed = ports.flush === undefined;
  for (const [index, outcome] of outcomes.entries()) {
    const { requestId } = outcome;
    let all = await reader.findById(model, requestId);
    if (all.length === 0 && !hasFlushed) {
      hasFlushed = true;
      await ports.flush?.();
      reader = openLogReader(ports.db, projectId);
      all = await reader.findById(model, requestId);
    }
    const found = choosePrediction(all);
    const refusal = toRefusal(model, outcome, all, found);
    if (found === undefined || refusal !== undefined) {
      unknown.push({ index, requestId, reason: refusal ?? '' });
      continue;
    }
    const { version } = found.prediction;
    if (!signatures.has(version))
      signatures.set(version, await readSignature(ports.db, projectId, model, version));
    for (const one of spread(outcome, found))
      joined.set(
        `${requestId}\0${one.row ?? 0}`,
        toJoined(projectId, found, one, signatures.get(version), ports.clock()),
      );
  }
  return { joined: [...joined.values()], unknown };
}

/**
 * The prediction that an outcome of this request id belongs to. A request that was sent again, with the same rows and
 * the same answer of the same version, counts as the first one. Undefined when there is none, or several are different.
 */
function choosePrediction(all: readonly Found[]): Found | undefined {
  const answers = all.filter(({ prediction }) => prediction.route !== 'shadow');
  const answered = answers.filter(({ prediction }) => prediction.status < 400);
  const first = answered.at(-1) ?? answers.at(-1);
  if (first === undefined) return all[0];
  return answered.every((one) => isSameAnswer(one.prediction, first.prediction))
    ? first
    : undefined;
}

function isSameAnswer(one: LoggedPrediction, other: LoggedPrediction): boolean {
  const print = ({ inputs, outputs, version }: LoggedPrediction) =>
    JSON.stringify([version, toRows(outputs ?? []), inputs && toRows(inputs.columns)]);
  return one === other || (one.outputs !== undefined && print(one) === print(other));
}

/** Predictions of one request id that a sentence names. */
const MOST_NAMED = 5;

function toSeveral(model: string, requestId: string, all: readonly Found[]): string {
  const answers = all.filter(({ prediction }) => prediction.route !== 'shadow');
  const named = answers
    .slice(0, MOST_NAMED)
    .map(({ prediction: { version, startedAt } }) => `version ${version} at ${toIso(startedAt)}`);
  const more = answers.length > MOST_NAMED ? ', and more' : '';
  return `${answers.length} different predictions of ${model} have the request id ${requestId}: ${named.join(', ')}${more}. Of which this is the outcome cannot be known; send each request with an id of its own.`;
}

function toRefusal(
  model: string,
  { requestId, row, actual }: OutcomeInput,
  all: readonly Found[],
  found: Found | undefined,
) {
  if (all.length === 0) return `No prediction of ${model} has the request id ${requestId}.`;
  if (found === undefined) return toSeveral(model, requestId, all);
  const { rows } = found.prediction;
  const isForAll = Array.isArray(actual) && actual.length === rows;
  if (row === undefined && rows > 1 && !isForAll)
    return `The request ${requestId} has ${rows} rows; say which one with row, from 0, or send a list of ${rows}.`;
  return (row ?? 0) < rows
    ? undefined
    : `The request ${requestId} has ${rows} rows; there is no row ${row}.`;
}

/** A list for a request of as many rows is one outcome for each. */
function spread(outcome: OutcomeInput, { prediction }: Found): readonly OutcomeInput[] {
  const { actual, row, requestId } = outcome;
  const isList =
    row === undefined &&
    Array.isArray(actual) &&
    prediction.rows > 1 &&
    actual.length === prediction.rows;
  return isList
    ? actual.map((one: unknown, index) => ({ requestId, row: index, actual: one }))
    : [outcome];
}

function toJoined(
  projectId: string,
  found: Found,
  { requestId, row = 0, actual }: OutcomeInput,
  signature: Signature | undefined,
  now: number,
): Joined {
  const { prediction, segmentId } = found;
  const predicted =
    prediction.outputs === undefined ? undefined : toRows(prediction.outputs, signature)[row];
  const judgement = predicted === undefined ? undefined : judge(predicted, actual, signature);
  return {
    found,
    scores: judgement?.scores ?? {},
    row: {
      project_id: projectId,
      request_id: requestId,
      row_index: row,
      model: prediction.model,
      version: prediction.version,
      segment_id: segmentId,
      trace_id: prediction.traceId,
      predicted_at: Math.floor(prediction.startedAt),
      recorded_at: now,
      revision: 1,
      actual: JSON.stringify(actual ?? null),
      predicted: predicted === undefined ? null : JSON.stringify(predicted),
      loss: judgement?.loss ?? null,
    },
  };
}

async function writePart(
  ports: PredictionPorts,
  scope: Scope,
  model: string,
  part: readonly Joined[],
): Promise<readonly ('recorded' | 'unchanged' | 'changed')[]> {
  const { db, recorder } = ports;
  await materialise(
    ports,
    scope,
    part.map(({ found }) => found),
    { reason: 'scored' },
  );
  return db.write(async (tx) => {
    const ids = part.map(({ row }) => row.request_id);
    await tx.lock(ids.map((id) => `outcome:${scope.projectId}:${model}:${id}`));
    const stored = await readOutcomes(tx, db.dialect, scope.projectId, model, ids);
    const known = new Map(stored.map((row) => [`${row.request_id}\0${row.row_index}`, row]));
    const kinds = part.map(({ row }) => {
      const before = known.get(`${row.request_id}\0${row.row_index}`);
      if (before === undefined) return 'recorded';
      return before.actual === row.actual ? 'unchanged' : 'changed';
    });
    const fresh = part.filter((_, index) => kinds[index] !== 'unchanged');
    const rows = fresh.map(({ row }) => {
      const before = known.get(`${row.request_id}\0${row.row_index}`);
      return { ...row, revision: (before?.revision ?? 0) + 1 };
    });
    await tx.upsert('prediction_outcomes', rows);
    if (rows.length > 0) await tx.addChanges(scope.projectId, [{ kind: 'model', id: model }]);
    if (fresh.length > 0) await recorder.record(tx, scope, fresh.flatMap(toScores));
    return kinds;
  });
}

/** The actual value and how far the prediction was from it, each a score of the request at the api-service. */
function toScores({ row, scores, found }: Joined): readonly IngestionEvent[] {
  const actual = JSON.parse(row.actual) as unknown;
  const value =
    typeof actual === 'number' ? actual : typeof actual === 'string' ? actual : row.actual;
  const all = [
    { name: 'actual', value, dataType: typeof value === 'number' ? 'NUMERIC' : 'CATEGORICAL' },
    ...Object.entries(scores).map(([name, number]) => ({
      name,
      value: number,
      dataType: 'NUMERIC',
    })),
  ];
  return all.map(({ name, ...score }) => ({
    id: `outcome-${toSpanId(row.request_id, row.model, String(row.row_index), name, row.actual)}`,
    type: 'score-create',
    timestamp: toIso(row.recorded_at),
    body: {
      id: `outcome-${toSpanId(row.request_id, row.model, String(row.row_index), name)}`,
      traceId: row.trace_id,
      observationId: toApiSpanId(found.prediction),
      name,
      ...score,
      source: 'API',
      metadata: { request_id: row.request_id, row: row.row_index },
    },
  }));
}
