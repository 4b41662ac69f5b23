/** SQL of segments and of what a model's versions look like. */
import type { Database, PredictionSegmentRow } from '#store';
import type { Signature } from '../../signatures/signature.ts';
import { toIdTime } from './prediction-id.ts';
import { decodeSegment, type LoggedPrediction } from './segment.ts';

/** A prediction and the segment that it lies in. */
export interface Found {
  readonly prediction: LoggedPrediction;
  readonly segmentId: string;
}

type Place = Pick<PredictionSegmentRow, 'id' | 'model' | 'version'>;

/** Segments kept open while one request is answered. */
const MOST_OPEN = 24;

/** Reads predictions; segments that were opened stay open, so many ids of one hour cost one reading. */
export function openLogReader(db: Database, projectId: string) {
  const open = new Map<string, Promise<readonly LoggedPrediction[]>>();
  const keep = (id: string, read: () => Promise<readonly LoggedPrediction[]>) => {
    const known = open.get(id);
    if (known !== undefined) return known;
    const fresh = read();
    if (open.size >= MOST_OPEN) open.delete(open.keys().next().value ?? '');
    open.set(id, fresh);
    return fresh;
  };
  const decode = (row: PredictionSegmentRow) => keep(row.id, () => decodeSegment(row.data, row));
  const load = (place: Place) =>
    keep(place.id, async () => {
      const [row] = await db.read<PredictionSegmentRow>(
        'SELECT data FROM prediction_segments WHERE project_id = ? AND id = ?',
        [projectId, place.id],
      );
      return row === undefined ? [] : decodeSegment(row.data, place);
    });
  return {
    decode,
    /** All predictions with this id: answers first, then shadows; of each the newest first. */
    async findById(model: string, requestId: string): Promise<readonly Found[]> {
      const rows = await readPlaces(db, projectId, model, requestId);
      const found: Found[] = [];
      for (const row of rows)
        for (const prediction of await load(row))
          if (prediction.requestId === requestId) found.push({ prediction, segmentId: row.id });
      return found.toSorted(
        (left, right) =>
          Number(isShadow(left)) - Number(isShadow(right)) ||
          right.prediction.startedAt - left.prediction.startedAt,
      );
    },
  };
}

const isShadow = ({ prediction }: Found) => prediction.route === 'shadow';

const PLACE = 'id, model, version';

/** By the time in the id, or by the index of ids. */
async function readPlaces(
  db: Database,
  projectId: string,
  model: string,
  requestId: string,
): Promise<readonly Place[]> {
  const time = toIdTime(requestId);
  const byTime =
    time === undefined
      ? []
      : await db.read<Place>(
          `SELECT ${PLACE} FROM prediction_segments
           WHERE project_id = ? AND model = ? AND last_at >= ? AND first_at <= ? ORDER BY last_at LIMIT 200`,
          [projectId, model, time, time],
        );
  const byIndex = await db.read<Place>(
    `SELECT ${PLACE} FROM prediction_segments WHERE project_id = ? AND model = ? AND id IN
       (SELECT segment_id FROM prediction_ids WHERE project_id = ? AND request_id = ?)`,
    [projectId, model, projectId, requestId],
  );
  return [...new Map([...byTime, ...byIndex].map((row) => [row.id, row])).values()];
}

export interface SegmentFilter {
  readonly model: string;
  readonly version?: number | undefined;
  readonly only?: 'flagged' | 'failed' | 'shadow' | undefined;
  /** Only segments that end at or before this time; with `beforeId`, and whose id is smaller where it is equal. */
  readonly before?: number;
  readonly beforeId?: string;
  readonly since?: number;
  readonly limit: number;
}

/** Segments with something in them, newest first. */
export function readSegments(
  db: Database,
  projectId: string,
  { model, version, only, before, beforeId, since, limit }: SegmentFilter,
): Promise<readonly PredictionSegmentRow[]> {
  const parts = ['project_id = ?', 'model = ?'];
  const values: (string | number)[] = [projectId, model];
  const add = (part: string, ...given: readonly (string | number)[]) => {
    parts.push(part);
    values.push(...given);
  };
  if (version !== undefined) add('version = ?', version);
  if (only !== undefined) add(`${only}_count > 0`);
  if (since !== undefined) add('last_at >= ?', since);
  if (before !== undefined)
    add('(last_at < ? OR (last_at = ? AND id <= ?))', before, before, beforeId ?? '~');
  return db.read(
    `SELECT * FROM prediction_segments WHERE ${parts.join(' AND ')} ORDER BY last_at DESC, id DESC LIMIT ?`,
    [...values, limit],
  );
}

/** What a version takes and gives, as it was registered; undefined when nobody registered it. */
export async function readSignature(
  db: Pick<Database, 'read'>,
  projectId: string,
  model: string,
  version: number,
): Promise<Signature | undefined> {
  const [row] = await db.read<{ manifest: string }>(
    'SELECT manifest FROM serving_versions WHERE project_id = ? AND model = ? AND version = ?',
    [projectId, model, version],
  );
  return row === undefined
    ? undefined
    : (JSON.parse(row.manifest) as { readonly signature: Signature }).signature;
}

/** The champion, or the version that answered last; undefined when nothing is known of the model. */
export async function readMainVersion(
  db: Pick<Database, 'read'>,
  projectId: string,
  model: string,
): Promise<{ readonly champion: number; readonly shadow?: number } | undefined> {
  const [traffic] = await db.read<{ traffic: string }>(
    'SELECT traffic FROM serving_traffic WHERE project_id = ? AND model = ? ORDER BY revision DESC LIMIT 1',
    [projectId, model],
  );
  if (traffic !== undefined) return JSON.parse(traffic.traffic) as { readonly champion: number };
  const [last] = await db.read<{ version: number }>(
    `SELECT version FROM prediction_stats WHERE project_id = ? AND model = ? AND route = 'live' ORDER BY at DESC LIMIT 1`,
    [projectId, model],
  );
  return last === undefined ? undefined : { champion: last.version };
}
