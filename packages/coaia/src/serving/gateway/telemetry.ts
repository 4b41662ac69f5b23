/**
 * Export to an OpenTelemetry collector: a span for each request and the counters, as OTLP over HTTP in JSON
 * (https://opentelemetry.io/docs/specs/otlp/#otlphttp). Gathered and sent beside the requests, never before one.
 */
import type { Egress } from '#egress';
import type { Exchange } from './exchange.ts';
import { toMetricsBody, toSpan, toSpansBody } from './otlp.ts';
import type { RequestMetrics } from './metrics.ts';

export interface TelemetrySettings {
  /** Base address of the collector, `http://127.0.0.1:4318`. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `service.name` of everything that is sent. */
  readonly service: string;
  /** Milliseconds between two exports of the counters. */
  readonly metricsMs: number;
}

const FLUSH_MS = 5_000;
const METRICS_MS = 60_000;
const MAX_SPANS = 2_048;
/** A collector that is slow must not hold up the end of the gateway. */
const PATIENCE = { connectTimeoutMs: 2_000, readTimeoutMs: 5_000 };

/** What OTEL_EXPORTER_OTLP_ENDPOINT and its companions say; undefined: nothing is exported. */
export function readTelemetrySettings(
  env: Readonly<Record<string, string | undefined>>,
  service: string,
): TelemetrySettings | undefined {
  const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim().replace(/\/+$/, '');
  if (!endpoint || env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return undefined;
  const metricsMs = Number(env['OTEL_METRIC_EXPORT_INTERVAL']);
  return {
    endpoint,
    headers: parseHeaders(env['OTEL_EXPORTER_OTLP_HEADERS'] ?? ''),
    service: env['OTEL_SERVICE_NAME'] ?? service,
    metricsMs: metricsMs > 0 ? metricsMs : METRICS_MS,
  };
}

/** `name=value,name=value`, values percent-encoded. */
function parseHeaders(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const at = pair.indexOf('=');
      if (at <= 0) return [];
      const value = pair.slice(at + 1).trim();
      return [[pair.slice(0, at).trim().toLowerCase(), decode(value)] as const];
    }),
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export interface Telemetry {
  /** Remembers a finished request. */
  add(exchange: Exchange, status: number, durationMs: number): void;
  /** Sends what is left. */
  close(): Promise<void>;
}

export interface TelemetryPorts {
  readonly fetch: Egress['fetch'];
  readonly metrics: RequestMetrics;
  /** Told once when the collector does not take what is sent. */
  readonly warn: (message: string) => void;
}

/** Starts the timers. A collector that cannot be reached costs the spans, never a request. */
export function openTelemetry(settings: TelemetrySettings, ports: TelemetryPorts): Telemetry {
  const { service, metricsMs } = settings;
  const startedAt = Date.now();
  let spans: unknown[] = [];
  let hasWarned = false;
  let dropped = 0;
  const send = async (path: string, body: unknown) => {
    const reason = await post(settings, ports.fetch, path, body);
    if (reason !== undefined && !hasWarned)
      ports.warn(`The collector at ${settings.endpoint} takes no telemetry: ${reason}`);
    hasWarned = reason !== undefined;
  };
  const sendSpans = async () => {
    if (spans.length === 0) return;
    const batch = spans;
    spans = [];
    if (dropped > 0)
      ports.warn(
        `${dropped} spans were left out: ${MAX_SPANS} are sent in ${FLUSH_MS / 1000} seconds.`,
      );
    dropped = 0;
    await send('/v1/traces', toSpansBody(service, batch));
  };
  const sendMetrics = () =>
    send('/v1/metrics', toMetricsBody(service, ports.metrics.list(), startedAt));
  const timers = [
    setInterval(() => void sendSpans(), FLUSH_MS).unref(),
    setInterval(() => void sendMetrics(), metricsMs).unref(),
  ];
  return {
    add(exchange, status, durationMs) {
      if (exchange.model === '') return;
      if (spans.length < MAX_SPANS) spans.push(toSpan(exchange, status, durationMs));
      else dropped += 1;
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all([sendSpans(), sendMetrics()]);
    },
  };
}

/** Why it was not taken; undefined when it was. */
async function post(
  { endpoint, headers }: TelemetrySettings,
  fetch: Egress['fetch'],
  path: string,
  body: unknown,
): Promise<string | undefined> {
  try {
    const answer = await fetch('telemetry', `${endpoint}${path}`, {
      ...PATIENCE,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await answer.body?.cancel();
    return answer.ok ? undefined : `status ${answer.status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
