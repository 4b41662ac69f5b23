/** Requests and counters in the JSON form of OpenTelemetry's protocol. */
import { version } from '#base';
import type { Exchange } from './exchange.ts';
import { LATENCY_BOUNDS } from './metrics.ts';
import type { VersionMetrics } from './metrics.ts';

type Value = string | number;

const toNano = (ms: number) => String(BigInt(Math.round(ms * 1000)) * 1000n);

function toAttributes(values: Readonly<Record<string, Value>>) {
  return Object.entries(values).map(([key, value]) => ({ key, value: toValue(value) }));
}

function toValue(value: Value) {
  if (typeof value === 'string') return { stringValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

const toResource = (service: string) => ({
  attributes: toAttributes({ 'service.name': service, 'service.version': version }),
});

const SCOPE = { name: 'coaia.gateway', version };
const KIND_SERVER = 2;
const STATUS_ERROR = 2;
const CUMULATIVE = 2;

/** The span of a prediction; it goes on with the trace of the caller. */
export function toSpan(exchange: Exchange, status: number, durationMs: number): unknown {
  const { traceId, spanId, parentSpanId, startedAt, model, version: number, route } = exchange;
  const timings = exchange.work?.prediction?.timings;
  return {
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name: `${exchange.explanation?.isAlone === true ? 'explain' : 'predict'} ${model}`,
    kind: KIND_SERVER,
    startTimeUnixNano: toNano(startedAt),
    endTimeUnixNano: toNano(startedAt + durationMs),
    attributes: toAttributes({
      'http.request.method': exchange.method,
      'url.path': exchange.path,
      'http.response.status_code': status,
      'ao.request_id': exchange.requestId,
      'ao.model': model,
      'ao.version': number,
      'ao.route': route,
      'ao.rows': exchange.rows,
      ...(timings === undefined
        ? {}
        : {
            'ao.queue_ms': timings.queueMs,
            'ao.worker_ms': timings.workerMs,
            'ao.batch_rows': timings.batchRows,
          }),
    }),
    ...(status >= 500 ? { status: { code: STATUS_ERROR } } : {}),
  };
}

/** Body of `/v1/traces`. */
export function toSpansBody(service: string, spans: readonly unknown[]): unknown {
  return {
    resourceSpans: [{ resource: toResource(service), scopeSpans: [{ scope: SCOPE, spans }] }],
  };
}

/** Body of `/v1/metrics`: sums since `startedAt` (epoch milliseconds). */
export function toMetricsBody(
  service: string,
  all: readonly VersionMetrics[],
  startedAt: number,
): unknown {
  const times = { startTimeUnixNano: toNano(startedAt), timeUnixNano: toNano(Date.now()) };
  const toPoint = (one: VersionMetrics, more: Readonly<Record<string, Value>> = {}) => ({
    ...times,
    attributes: toAttributes({ 'ao.model': one.model, 'ao.version': one.version, ...more }),
  });
  const requests = all.flatMap((one) =>
    [...one.requests].map(([key, count]) => {
      const [route = '', status = ''] = key.split(' ');
      const point = toPoint(one, {
        'ao.route': route,
        'http.response.status_code': Number(status),
      });
      return { ...point, asInt: String(count) };
    }),
  );
  const durations = all.map((one) => ({
    ...toPoint(one),
    count: String(one.seconds.count),
    sum: one.seconds.sum,
    explicitBounds: LATENCY_BOUNDS,
    bucketCounts: Array.from(one.seconds.counts, String),
  }));
  const rows = all.map((one) => ({ ...toPoint(one), asInt: String(one.rows) }));
  const toSum = (dataPoints: readonly unknown[]) => ({
    aggregationTemporality: CUMULATIVE,
    isMonotonic: true,
    dataPoints,
  });
  const metrics = [
    { name: 'ao.requests', unit: '{request}', sum: toSum(requests) },
    { name: 'ao.prediction.rows', unit: '{row}', sum: toSum(rows) },
    {
      name: 'ao.request.duration',
      unit: 's',
      histogram: { aggregationTemporality: CUMULATIVE, dataPoints: durations },
    },
  ];
  return {
    resourceMetrics: [{ resource: toResource(service), scopeMetrics: [{ scope: SCOPE, metrics }] }],
  };
}
