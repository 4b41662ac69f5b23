/** What stays of a request: a record for the observer, and the shadow's answer beside it. */
import type { Flag, PredictionRecord } from '../predictions/observer.ts';
import type { VersionManifest } from '../versions/version.ts';
import type { Exchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import { findReader } from './predict.ts';
import { toRefusal } from './refusal.ts';

/** Tells the observer what came of a request, then asks the shadow. Called when the answer is on its way. */
export function remember(
  gateway: Gateway,
  exchange: Exchange,
  status: number,
  error: PredictionRecord['error'] | undefined,
): void {
  const { work, shadow } = exchange;
  if (work === undefined || exchange.route === '') return;
  const { prediction, input, flags } = work;
  gateway.observer.record({
    ...toCommon(exchange),
    version: exchange.version,
    route: exchange.route,
    startedAt: exchange.startedAt,
    durationMs: exchange.elapsedMs,
    flags,
    warnings: prediction?.warnings ?? [],
    status,
    ...(prediction === undefined
      ? {}
      : { timings: prediction.timings, outputs: prediction.outputs }),
    ...(input === undefined ? {} : { inputs: input }),
    ...(error === undefined ? {} : { error }),
    ...(exchange.lines === undefined ? {} : { lines: exchange.lines }),
  });
  if (shadow !== undefined) setImmediate(() => void askShadow(gateway, exchange, shadow));
}

function toCommon(exchange: Exchange) {
  const userId = exchange.header('x-user-id');
  const sessionId = exchange.header('x-session-id');
  const tags = exchange.header('x-tags');
  return {
    requestId: exchange.requestId,
    traceId: exchange.traceId,
    model: exchange.model,
    ...(exchange.parentSpanId === undefined ? {} : { parentSpanId: exchange.parentSpanId }),
    ...(userId === undefined ? {} : { userId }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(tags === undefined ? {} : { tags: tags.split(',').map((tag) => tag.trim()) }),
  };
}

/** The same rows for the shadow, read by its own rules; nobody waits for it and nobody sees it fail. */
async function askShadow(
  gateway: Gateway,
  exchange: Exchange,
  manifest: VersionManifest,
): Promise<void> {
  const { work } = exchange;
  if (work === undefined) return;
  const startedAt = performance.timeOrigin + performance.now();
  let flags: readonly Flag[] = [];
  let inputs = work.input;
  const record = (more: Partial<PredictionRecord>) =>
    gateway.observer.record({
      ...toCommon(exchange),
      version: manifest.version,
      route: 'shadow',
      startedAt,
      durationMs: performance.timeOrigin + performance.now() - startedAt,
      flags,
      warnings: [],
      status: 200,
      ...(inputs === undefined ? {} : { inputs }),
      ...more,
    });
  try {
    const read = work.read(findReader(gateway, manifest), manifest);
    ({ flags } = read);
    inputs = read.batch;
    const { requestId, traceparent } = exchange;
    const { outputs, warnings, timings } = await gateway.link.predict(
      { model: exchange.model, version: String(manifest.version) },
      read.batch,
      { requestId, traceparent, deadline: startedAt + manifest.timeoutMs },
    );
    record({ outputs, warnings, timings });
  } catch (error) {
    const { status, code, message } = toRefusal(error);
    record({ status, error: { code, message } });
  }
}
