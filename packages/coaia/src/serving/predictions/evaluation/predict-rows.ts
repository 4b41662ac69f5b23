/** Rows to a version and back, for comparisons. */
import { createId, isCoaiaError } from '#base';
import type { ModelLink } from '../../hosts/link.ts';
import { compileReader } from '../../signatures/reader.ts';
import type { Row } from '../../signatures/signature.ts';
import { toRows } from '../../signatures/tensor-rows.ts';
import type { VersionManifest } from '../../versions/version.ts';
import type { PredictRows } from './evaluate.ts';

/** Rows of one request. */
const MOST_ROWS = 256;
/** What a row or the model's code can be blamed for; anything else ends the evaluation. */
const OWN = new Set(['AO422', 'AO450', 'AO454']);

/** Asks a version. A row that it refuses or fails on has no answer; the others keep theirs. */
export function toPredictRows(
  link: Pick<ModelLink, 'predict'>,
  manifest: VersionManifest,
): PredictRows {
  const { signature, model, version, timeoutMs } = manifest;
  const reader = compileReader(signature, { onNa: manifest.rules.onNa, outOfRange: 'ignore' });
  const ask = async (rows: readonly Row[]): Promise<readonly (Row | undefined)[]> => {
    try {
      const { batch } = reader.readRows(rows, '', { from: 'text', extra: 'drop' });
      const target = { model, version: String(version) };
      const options = { requestId: createId(), deadline: Date.now() + Math.max(timeoutMs, 60_000) };
      return toRows((await link.predict(target, batch, options)).outputs, signature);
    } catch (error) {
      if (!isCoaiaError(error) || !OWN.has(error.code)) throw error;
      if (rows.length === 1) return [undefined];
      const half = Math.ceil(rows.length / 2);
      return [...(await ask(rows.slice(0, half))), ...(await ask(rows.slice(half)))];
    }
  };
  return async (rows) => {
    const answers: (Row | undefined)[] = [];
    for (let from = 0; from < rows.length; from += MOST_ROWS)
      answers.push(...(await ask(rows.slice(from, from + MOST_ROWS))));
    return answers;
  };
}
