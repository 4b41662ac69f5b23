/** Explanations of rows: asked of the version that would predict them, and written as people read them. */
import { isObject } from '#base';
import { isRequestId, toTraceId } from '../predictions/request-ids.ts';
import { toUnexplained } from '../runtimes/answers.ts';
import type { Explanation } from '../signatures/signature.ts';
import { toRows } from '../signatures/tensor-rows.ts';
import type { Tensor } from '../tensors/tensor.ts';
import type { VersionManifest } from '../versions/version.ts';
import type { Exchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import { readRows, toDeadline } from './predict.ts';
import type { Asked, Target } from './predict.ts';
import type { ReadInput } from './read-input.ts';

/** Milliseconds that an explanation may take where the version does not say. */
const EXPLAIN_MS = 30_000;

/** What an explanation is, in members beside it. */
export function describeExplanation(explanation: Explanation | undefined) {
  if (explanation === undefined) return {};
  const { kind, scale, baseline } = explanation;
  return { explained_by: kind, scale, baseline };
}

/** Explained rows, and what the code warned of. */
export interface Explained extends Asked {
  /** One for each row. */
  readonly values: readonly unknown[];
  readonly warnings: readonly string[];
}

/** AO456, AO422 and what the link fails with. It is no prediction, so nothing counts it as one. */
export async function explainRows(
  gateway: Gateway,
  exchange: Exchange,
  target: Target,
  read: ReadInput,
): Promise<Explained> {
  exchange.explanation = { isAlone: true, startedAt: exchange.startedAt, durationMs: 0 };
  // Who sends the id of a prediction finds why in its trace.
  if (exchange.parentSpanId === undefined && isRequestId(exchange.requestId))
    exchange.traceId = toTraceId(exchange.requestId);
  const asked = readRows(gateway, exchange, target, read, requireExplanation);
  return { ...asked, ...(await askExplanation(gateway, exchange, asked)) };
}

/** AO456 before a worker is asked. */
export function requireExplanation(manifest: VersionManifest): void {
  if (manifest.signature.explanation === undefined) throw toUnexplained(manifest);
}

/** Explains rows that were read, and remembers it. Fails with what the link fails with. */
export async function askExplanation(
  gateway: Gateway,
  exchange: Exchange,
  { manifest, input }: Asked,
): Promise<Pick<Explained, 'values' | 'warnings'>> {
  const { model, version, signature, explainTimeoutMs = EXPLAIN_MS } = manifest;
  const { requestId, traceparent, signal, startedAt, elapsedMs } = exchange;
  const about = signature.explanation;
  const began = {
    isAlone: exchange.explanation?.isAlone ?? false,
    startedAt: startedAt + elapsedMs,
    ...(about === undefined ? {} : { about }),
  };
  const remember = (values?: readonly unknown[]) => {
    const durationMs = exchange.elapsedMs - elapsedMs;
    exchange.explanation = { ...began, durationMs, ...(values === undefined ? {} : { values }) };
  };
  try {
    const { outputs, warnings } = await gateway.link.predict(
      { model, version: String(version) },
      input.batch,
      {
        requestId,
        traceparent,
        signal,
        operation: 'explain',
        deadline: toDeadline(exchange, explainTimeoutMs),
      },
    );
    const values = toExplanations(outputs, about);
    remember(values);
    return { values, warnings };
  } catch (error) {
    remember();
    throw error;
  }
}

/** Before the names of terms among the columns of an explanation. */
export const TERM = 'term:';

/** Terms go together under `terms`; what the user's code gave stays as it is. */
export function toExplanations(
  outputs: readonly Tensor[],
  explanation: Explanation | undefined,
): readonly unknown[] {
  const rows = toRows(outputs);
  return explanation?.kind === 'terms' ? rows.map(toTerms) : rows;
}

function toTerms(row: unknown): unknown {
  const members = Object.entries(isObject(row) ? row : {});
  const terms = members.filter(([name]) => name.startsWith(TERM));
  return {
    ...Object.fromEntries(members.filter(([name]) => !name.startsWith(TERM))),
    terms: Object.fromEntries(terms.map(([name, value]) => [name.slice(TERM.length), value])),
  };
}
