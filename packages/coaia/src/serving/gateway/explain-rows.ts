/** Explanations of rows: asked of the version that would predict them, and written as people read them. */
import { isObject } from '#base';
import { toUnexplained } from '../runtimes/answers.ts';
import type { RowBatch } from '../signatures/reader.ts';
import type { Explanation } from '../signatures/signature.ts';
import { toRows } from '../signatures/tensor-rows.ts';
import type { Tensor } from '../tensors/tensor.ts';
import type { VersionManifest } from '../versions/version.ts';
import type { Exchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import { choose, findReader, toDeadline } from './predict.ts';
import type { Chosen, Target } from './predict.ts';
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
export interface Explained extends Chosen {
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
  const chosen = choose(gateway, exchange, target);
  const { model, manifest, choice } = chosen;
  exchange.model = model.name;
  exchange.version = choice.version;
  requireExplanation(manifest);
  const input = read(findReader(gateway, manifest), manifest);
  exchange.rows = input.batch.rows;
  return { ...chosen, ...(await askExplanation(gateway, exchange, manifest, input)) };
}

/** AO456 before a worker is asked. */
export function requireExplanation(manifest: VersionManifest): void {
  if (manifest.signature.explanation === undefined) throw toUnexplained(manifest);
}

/** Explains rows that were read. Fails with what the link fails with. */
export async function askExplanation(
  gateway: Gateway,
  exchange: Exchange,
  manifest: VersionManifest,
  { batch }: RowBatch,
): Promise<Pick<Explained, 'values' | 'warnings'>> {
  const { model, version, signature, explainTimeoutMs = EXPLAIN_MS } = manifest;
  const { requestId, traceparent, signal } = exchange;
  const { outputs, warnings } = await gateway.link.predict(
    { model, version: String(version) },
    batch,
    {
      requestId,
      traceparent,
      signal,
      operation: 'explain',
      deadline: toDeadline(exchange, explainTimeoutMs),
    },
  );
  return { values: toExplanations(outputs, signature.explanation), warnings };
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
