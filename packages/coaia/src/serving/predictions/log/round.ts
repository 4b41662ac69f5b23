/** The predictions between two flushes: in columns already, except those that may become traces. */
import { createId } from '#base';
import type { Signature } from '../../signatures/signature.ts';
import type { PredictionRecord } from '../observer.ts';
import { toTraceEvents, type Sampling } from '../traces/to-events.ts';
import { toReason, type Choice, type LogRules } from './choose.ts';
import type { Flush } from './flush.ts';
import { hide, listHidden } from './hidden.ts';
import { toShare } from './prediction-id.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { compressSegment } from './segment.ts';

/** A flush without its counts. */
export type Encoded = Omit<Flush, 'sketches' | 'stats'>;

export interface EncodeOptions {
  readonly log: LogRules;
  readonly findSignature: (model: string, version: number) => Signature | undefined;
  readonly environment?: string;
}

/** Predictions in one segment: reading one of them reads all. */
const SEGMENT_PREDICTIONS = 4000;

/** A version's predictions. */
interface Group {
  readonly model: string;
  readonly version: number;
  readonly hidden: ReadonlySet<string>;
  readonly builders: SegmentBuilder[];
  builder: SegmentBuilder;
}

/** A prediction that may become a trace, or whose inputs may be kept. */
interface Held {
  readonly record: PredictionRecord;
  readonly reason: Sampling['reason'];
  readonly share: number;
  /** Absent for explanations, which are not in the log of predictions. */
  readonly builder?: SegmentBuilder;
  readonly place: number;
}

export class Round {
  readonly #options: EncodeOptions;
  readonly #choice: Choice;
  readonly #groups: Group[] = [];
  readonly #held: Held[] = [];
  #last: Group | undefined;
  #count = 0;

  constructor(options: EncodeOptions, choice: Choice) {
    this.#options = options;
    this.#choice = choice;
  }

  get count(): number {
    return this.#count;
  }

  /** Copies what is kept. Values that nobody may see are left out here, before anything else. */
  add(given: PredictionRecord): void {
    const { payload } = this.#options.log;
    const group = this.#find(given);
    const record = hide(given, group.hidden);
    this.#count++;
    if (record.explanation?.isAlone === true) {
      if (payload !== 'none') this.#hold({ record, place: 0 });
      return;
    }
    const { builder } = group;
    const place = builder.add(record, payload === 'none' ? undefined : record.outputs);
    if (payload === 'none') return;
    if (payload === 'all') keepInputs(builder, place, record);
    this.#hold({ record, builder, place });
  }

  #hold(one: Omit<Held, 'reason' | 'share'>): void {
    const reason = toReason(one.record);
    const share = toShare(one.record.requestId);
    if (this.#choice.consider(reason, share)) this.#held.push({ ...one, reason, share });
  }

  /** What is written of them. All is taken before the first wait; `at` is the time in epoch milliseconds. */
  async close(at: number): Promise<Encoded> {
    const events = this.#choose(at);
    const built = this.#groups.flatMap(({ model, version, builders }) =>
      builders
        .filter(isFilled)
        .map((builder) => ({ id: createId(), model, version, ...builder.close() })),
    );
    const segments = await Promise.all(
      built.map(async ({ id, model, version, counts, bytes }) => {
        return { id, model, version, ...counts, data: await compressSegment(bytes) };
      }),
    );
    const ids = built.flatMap(({ id, model, external }) =>
      external.map((request_id) => ({ request_id, segment_id: id, model })),
    );
    return { segments, ids, events };
  }

  #choose(at: number): Encoded['events'] {
    const { log, environment } = this.#options;
    if (log.payload === 'none') return [];
    const { share, notable } = this.#choice.close(at);
    const place = environment === undefined ? {} : { environment };
    let left = notable;
    return this.#held.flatMap((held) => {
      const isNotable = held.reason !== 'sampled';
      const isSampled = held.share < share;
      if (log.payload === 'sample' && (isNotable || isSampled) && held.builder !== undefined)
        keepInputs(held.builder, held.place, held.record);
      if (isNotable && left-- > 0)
        return toTraceEvents(held.record, { reason: held.reason, share: 1 }, place);
      const sampling = { reason: 'sampled', share: round(share) } as const;
      return isSampled ? toTraceEvents(held.record, sampling, place) : [];
    });
  }

  #find({ model, version }: PredictionRecord): Group {
    let group = this.#last;
    if (group?.model !== model || group.version !== version)
      group =
        this.#groups.find((one) => one.model === model && one.version === version) ??
        this.#open(model, version);
    if (group.builder.count >= SEGMENT_PREDICTIONS) {
      group.builder = new SegmentBuilder();
      group.builders.push(group.builder);
    }
    this.#last = group;
    return group;
  }

  #open(model: string, version: number): Group {
    const { findSignature, log } = this.#options;
    const hidden = listHidden(findSignature(model, version), log.redact);
    const builder = new SegmentBuilder();
    const group = { model, version, hidden, builders: [builder], builder };
    this.#groups.push(group);
    return group;
  }
}

/** Explanations alone leave none behind. */
const isFilled = ({ count }: SegmentBuilder) => count > 0;

/** A shadow sees what the champion saw, and that is kept with the champion. */
function keepInputs(
  builder: SegmentBuilder,
  place: number,
  { inputs, route }: PredictionRecord,
): void {
  if (inputs !== undefined && route !== 'shadow') builder.keepInputs(place, inputs.columns);
}

const round = (share: number) => Math.round(share * 10_000) / 10_000;
