/** What the predictions of one flush become: a segment for each version, ids, and traces of those that were chosen. */
import { createId } from '#base';
import type { Signature } from '../../signatures/signature.ts';
import type { Tensor } from '../../tensors/tensor.ts';
import type { PredictionRecord } from '../observer.ts';
import { toTraceEvents } from '../traces/to-events.ts';
import { toReason, type Chosen, type LogRules } from './choose.ts';
import type { Flush } from './flush.ts';
import { hide, listHidden } from './hidden.ts';
import { isFoundByTime, toIdTime, toShare } from './prediction-id.ts';
import { compressSegment, encodeSegment, toRowCount, type Kept } from './segment.ts';

/** A flush without its counts. */
export type Encoded = Omit<Flush, 'sketches' | 'stats'>;

export interface EncodeOptions {
  readonly log: LogRules;
  readonly findSignature: (model: string, version: number) => Signature | undefined;
  readonly environment?: string;
}

/** Values that nobody may see are left out here, before anything is written. */
export async function encode(
  records: readonly PredictionRecord[],
  chosen: Chosen,
  options: EncodeOptions,
): Promise<Encoded> {
  const groups = Map.groupBy(records, ({ model, version }) => `${model}\0${version}`);
  const segments = await Promise.all(
    [...groups.values()].map((group) => toSegment(group, chosen.share, options)),
  );
  const { findSignature, log, environment } = options;
  const place = environment === undefined ? {} : { environment };
  const events = chosen.traces.flatMap(({ record, sampling }) => {
    const hidden = listHidden(findSignature(record.model, record.version), log.redact);
    return toTraceEvents(hide(record, hidden), sampling, place);
  });
  return {
    segments: segments.map(({ row }) => row),
    ids: segments.flatMap(({ ids }) => ids),
    events,
  };
}

async function toSegment(
  records: readonly PredictionRecord[],
  share: number,
  options: EncodeOptions,
) {
  const [first] = records;
  const { model = '', version = 0 } = first ?? {};
  const hidden = listHidden(options.findSignature(model, version), options.log.redact);
  const keep = createKeeper(options.log, share);
  const shown = records.map((record) => hide(record, hidden));
  const id = createId();
  const times = records.flatMap((record) => toTimes(record));
  const external = records.filter(
    ({ requestId, startedAt }) => !isFoundByTime(requestId, startedAt),
  );
  const row = {
    id,
    model,
    version,
    first_at: Math.floor(times.reduce((least, time) => Math.min(least, time), Infinity)),
    last_at: Math.ceil(times.reduce((most, time) => Math.max(most, time), 0)),
    prediction_count: records.length,
    failed_count: records.filter(({ status }) => status >= 400).length,
    flagged_count: records.filter((record) => toReason(record) === 'flagged').length,
    shadow_count: records.filter(({ route }) => route === 'shadow').length,
    data: await compressSegment(encodeSegment(shown, keep)),
  };
  const ids = [...new Set(external.map(({ requestId }) => requestId))];
  return { row, ids: ids.map((request_id) => ({ request_id, segment_id: id, model })) };
}

function toTimes({ requestId, startedAt }: PredictionRecord): readonly number[] {
  const time = toIdTime(requestId);
  return time !== undefined && isFoundByTime(requestId, startedAt)
    ? [startedAt, time]
    : [startedAt];
}

/** Of each prediction what `[log]` keeps, as far as it has the rows that it says. */
function createKeeper({ payload }: LogRules, share: number) {
  const fit = (columns: readonly Tensor[], rows: number) =>
    columns.every(({ shape }) => shape[0] === rows)
      ? columns
      : columns.filter(({ shape }) => shape[0] === rows);
  return (record: PredictionRecord): Kept => {
    const { inputs, outputs, route } = record;
    if (payload === 'none') return { inputs: undefined, outputs: undefined };
    const rows = toRowCount(record);
    const isSampled =
      payload === 'all' || toReason(record) !== 'sampled' || toShare(record.requestId) < share;
    // A shadow sees what the champion saw, and that is kept with the champion.
    const isKept = isSampled && route !== 'shadow' && inputs !== undefined;
    return {
      inputs: isKept ? fit(inputs.columns, rows) : undefined,
      outputs: outputs === undefined ? undefined : fit(outputs, rows),
    };
  };
}
