/** The newest predictions, page by page, and one by its id. */
import type { Scope } from '#base';
import { parseCursor, toCursor, toIso } from '#base';
import type { PredictionOutcomeRow } from '#store';
import type { PredictionDetail, PredictionItem, PredictionQuery } from '@coaia/client';
import { predictionFailures } from '../errors.ts';
import { isOutcomeOf, readOutcomes } from '../outcomes/storage.ts';
import type { PredictionPorts } from '../ports.ts';
import { toTraceEvents, type Sampling } from '../traces/to-events.ts';
import { writeTraces } from '../traces/write-traces.ts';
import { toReason } from './choose.ts';
import { toOccasion } from './prediction-id.ts';
import type { LoggedPrediction } from './segment.ts';
import { openLogReader, readSegments, type Found } from './storage.ts';
import { toItem } from './show.ts';

/** Segments that are read at a time while a page is filled. */
const SEGMENTS_AT_ONCE = 8;
/** Segments that are looked through for one page; the cursor goes on behind them. */
const MOST_SEGMENTS = 400;

interface Position {
  readonly at: number;
  readonly id: string;
  /** Predictions of that segment that were given out. */
  readonly taken: number;
}

/** Newest first. A page may be short although more follow; the cursor is null at the end. */
export async function listPredictions(
  { db }: PredictionPorts,
  { projectId }: Scope,
  model: string,
  { limit = 50, cursor, version, only }: PredictionQuery,
): Promise<{ data: readonly PredictionItem[]; meta: { cursor: string | null } }> {
  const reader = openLogReader(db, projectId);
  const data: PredictionItem[] = [];
  let position = cursor === undefined ? undefined : (parseCursor(cursor) as Position | undefined);
  for (let read = 0; read < MOST_SEGMENTS; read += SEGMENTS_AT_ONCE) {
    const from = position === undefined ? {} : { before: position.at, beforeId: position.id };
    const rows = await readSegments(db, projectId, {
      model,
      version,
      only,
      ...from,
      limit: SEGMENTS_AT_ONCE + 1,
    });
    for (const row of rows) {
      const skipped: number = position?.id === row.id ? position.taken : 0;
      const fitting = (await reader.decode(row)).filter((one) => isWanted(one, only)).toReversed();
      const taken = fitting.slice(skipped, skipped + limit - data.length);
      data.push(...taken.map(toItem));
      position = { at: row.last_at, id: row.id, taken: skipped + taken.length };
      if (data.length === limit) return { data, meta: { cursor: toCursor(position) } };
    }
    if (rows.length <= SEGMENTS_AT_ONCE) return { data, meta: { cursor: null } };
  }
  return { data, meta: { cursor: position === undefined ? null : toCursor(position) } };
}

function isWanted(prediction: LoggedPrediction, only: PredictionQuery['only']): boolean {
  if (only === 'shadow') return prediction.route === 'shadow';
  if (only !== undefined) return toReason(prediction) === only;
  return prediction.route !== 'shadow';
}

/** One prediction with its shadows and outcomes, the newest with this id; writes its trace. AO680. */
export async function getPrediction(
  ports: PredictionPorts,
  scope: Scope,
  model: string,
  requestId: string,
): Promise<PredictionDetail> {
  const found = await findPrediction(ports, scope, model, requestId);
  await materialise(ports, scope, found, { reason: 'queried' });
  const outcomes = await readOutcomes(ports.db, ports.db.dialect, scope.projectId, model, [
    requestId,
  ]);
  const all = found.map(({ prediction }) => prediction);
  const answers = all.filter(({ route }) => route !== 'shadow');
  // Where the answer itself is gone, its shadow is what is left.
  const [newest, ...others] = answers.length === 0 ? all : answers;
  if (newest === undefined) throw toUnknown(model, requestId);
  const detail = (one: LoggedPrediction) => toDetail(one, all, outcomes);
  return { ...detail(newest), others: others.map(detail) };
}

/** With what belongs to it, and not to another prediction with the same id. */
function toDetail(
  one: LoggedPrediction,
  all: readonly LoggedPrediction[],
  outcomes: readonly PredictionOutcomeRow[],
): Omit<PredictionDetail, 'others'> {
  const occasion = toOccasion(one);
  const shadows = all.filter(
    (other) => other !== one && other.route === 'shadow' && toOccasion(other) === occasion,
  );
  return {
    ...toItem(one),
    shadows: shadows.map(toItem),
    outcomes: outcomes
      .filter((row) => isOutcomeOf(row, one))
      .map((row) => ({
        row: row.row_index,
        actual: JSON.parse(row.actual) as unknown,
        loss: row.loss,
        recordedAt: toIso(row.recorded_at),
        revision: row.revision,
      })),
  };
}

async function findPrediction(
  ports: PredictionPorts,
  { projectId }: Scope,
  model: string,
  requestId: string,
): Promise<readonly Found[]> {
  const find = () => openLogReader(ports.db, projectId).findById(model, requestId);
  const found = await find();
  if (found.length > 0) return found;
  await ports.flush?.();
  const again = ports.flush === undefined ? [] : await find();
  if (again.length > 0) return again;
  throw toUnknown(model, requestId);
}

function toUnknown(model: string, requestId: string) {
  return predictionFailures.create(
    'AO680',
    `No prediction of ${model} has the request id ${requestId}.`,
    { hint: `ao predictions --model ${model}` },
  );
}

/** Writes the traces of these predictions, or writes them again, which changes nothing. */
export async function materialise(
  ports: PredictionPorts,
  scope: Scope,
  found: readonly Found[],
  sampling: Sampling,
): Promise<void> {
  const events = found.flatMap(({ prediction }) => toTraceEvents(prediction, sampling));
  await writeTraces(ports, scope, events);
}
