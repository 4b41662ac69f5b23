/** One trace of the sample, written as events. */
import { toIso } from '#base';
import type { IngestionEvent } from '#base';
import type { ObservationLevel, ObservationType } from '@coaia/client';
import type { Random } from './random.ts';

/** Tag of every trace of the sample; together with `metadata.sample` it marks what may be removed. */
export const SAMPLE_TAG = 'sample';

const NOTE =
  'Made-up sample data. No model ran: texts, token counts, costs and scores are invented.';

export interface SampleTraceInput {
  /** Without the prefix that marks every name. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly start: number;
  readonly input: unknown;
  readonly output?: unknown;
  readonly userId?: string;
  readonly sessionId?: string;
  readonly tags?: readonly string[];
  readonly environment?: string;
  readonly release?: string;
}

export interface SampleStep {
  readonly type: ObservationType;
  readonly name: string;
  /** Milliseconds after the start of the trace. */
  readonly from: number;
  /** Absent for events. */
  readonly to?: number;
  readonly parent?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly level?: ObservationLevel;
  readonly statusMessage?: string;
  readonly tokens?: { readonly input: number; readonly output: number };
  /** Milliseconds after the start of the trace. */
  readonly firstToken?: number;
}

export interface SampleScore {
  readonly name: string;
  readonly value: number | string;
  readonly dataType: 'NUMERIC' | 'BOOLEAN' | 'CATEGORICAL';
  readonly comment?: string;
}

export interface SampleTrace {
  readonly id: string;
  readonly events: readonly IngestionEvent[];
  /** Adds an observation and returns its id. */
  add(step: SampleStep): string;
  addScore(score: SampleScore): void;
}

/** USD per million tokens of the invented model. */
const SAMPLE_PRICE = { input: 0.5, output: 1.5 };

/** Begins a trace; what is added to it lands in its events. */
export function createSampleTrace(random: Random, input: SampleTraceInput): SampleTrace {
  const { start, name, tags = [], ...fields } = input;
  const id = random.hex(32);
  const events: IngestionEvent[] = [];
  const push = (type: string, offset: number, body: Record<string, unknown>): void => {
    events.push({ id: `sample-${random.hex(24)}`, type, timestamp: toIso(start + offset), body });
  };
  const environment = input.environment ?? 'sample';
  const metadata = { sample: true, note: NOTE };
  push('trace-create', 0, {
    id,
    timestamp: toIso(start),
    name: `sample/${name}`,
    ...fields,
    environment,
    tags: [SAMPLE_TAG, ...tags],
    metadata,
  });
  return {
    id,
    events,
    add(step) {
      const observationId = random.hex(16);
      push(`${step.type.toLowerCase()}-create`, step.from, {
        id: observationId,
        traceId: id,
        environment,
        ...toBody(step, start),
        metadata,
      });
      return observationId;
    },
    addScore(score) {
      push('score-create', 1, { id: random.hex(32), traceId: id, environment, ...score, metadata });
    },
  };
}

function toBody(step: SampleStep, start: number): Record<string, unknown> {
  const { type: _, from, to, parent, tokens, firstToken, ...fields } = step;
  return {
    ...fields,
    startTime: toIso(start + from),
    ...(to === undefined ? {} : { endTime: toIso(start + to) }),
    ...(parent === undefined ? {} : { parentObservationId: parent }),
    ...(firstToken === undefined ? {} : { completionStartTime: toIso(start + firstToken) }),
    ...(tokens === undefined ? {} : toUsage(tokens)),
  };
}

function toUsage({
  input,
  output,
}: {
  readonly input: number;
  readonly output: number;
}): Record<string, unknown> {
  const cost = {
    input: (input * SAMPLE_PRICE.input) / 1e6,
    output: (output * SAMPLE_PRICE.output) / 1e6,
  };
  return {
    model: 'sample-model',
    modelParameters: { temperature: 0.2 },
    usageDetails: { input, output, total: input + output },
    costDetails: { ...cost, total: cost.input + cost.output },
  };
}
