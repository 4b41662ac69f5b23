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
  const record: Draft = {
    requestId: exchange.requestId,
    traceId: exchange.traceId,
    model: exchange.model,
    version: exchange.version,
    route: exchange.route,
    startedAt: exchange.startedAt,
    durationMs: exchange.elapsedMs,
    flags,
    warnings: prediction?.warnings ?? NO_WARNINGS,
    status,
  };
  if (prediction !== undefined) {
    record.timings = prediction.timings;
    record.outputs = prediction.outputs;
  }
  if (input !== undefined) record.inputs = input;
  if (error !== undefined) record.error = error;
  if (exchange.explanation !== undefined) record.explanation = exchange.explanation;
  if (exchange.lines !== undefined) record.lines = exchange.lines;
  gateway.observer.record(addCaller(record, exchange));
  if (shadow === undefined) return;
  gateway.shadows.count += 1;
  setImmediate(async () => {
    await askShadow(gateway, exchange, shadow);
    gateway.shadows.count -= 1;
  });
}

/** On the path of every request: one object that is filled, not several that are merged. */
type Draft = { -readonly [Key in keyof PredictionRecord]: PredictionRecord[Key] };

const NO_WARNINGS: readonly string[] = [];

/** What the caller said with its request. */
function addCaller(record: Draft, exchange: Exchange): Draft {
  const { parentSpanId } = exchange;
  const userId = exchange.header('x-user-id');
  const sessionId = exchange.header('x-session-id');
  const tags = exchange.header('x-tags');
  if (parentSpanId !== undefined) record.parentSpanId = parentSpanId;
  if (userId !== undefined) record.userId = userId;
  if (sessionId !== undefined) record.sessionId = sessionId;
  if (tags !== undefined) record.tags = tags.split(',').map((tag) => tag.trim());
  return record;
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
  const record = (more: Partial<PredictionRecord>) => {
    const draft: Draft = {
      requestId: exchange.requestId,
      traceId: exchange.traceId,
      model: exchange.model,
      version: manifest.version,
      route: 'shadow',
      startedAt,
      durationMs: performance.timeOrigin + performance.now() - startedAt,
      flags,
      warnings: NO_WARNINGS,
      status: 200,
      ...(inputs === undefined ? {} : { inputs }),
      ...more,
    };
    gateway.observer.record(addCaller(draft, exchange));
  };
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
