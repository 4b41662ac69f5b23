/** Which version a question is about. */
import type { Scope } from '#base';
import type { Signature } from '../signatures/signature.ts';
import { predictionFailures } from './errors.ts';
import { readMainVersion, readSignature } from './log/storage.ts';
import type { PredictionPorts } from './ports.ts';

export interface Subject {
  readonly model: string;
  readonly version: number;
  readonly shadow: number | undefined;
  readonly signature: Signature | undefined;
}

/** The version that was asked for, or the champion. AO681 when nothing is known of the model. */
export async function findSubject(
  { db }: Pick<PredictionPorts, 'db'>,
  { projectId }: Scope,
  model: string,
  version?: number,
): Promise<Subject> {
  const main = await readMainVersion(db, projectId, model);
  const found = version ?? main?.champion;
  if (found === undefined)
    throw predictionFailures.create('AO681', `Nothing is known of a model ${model} here.`, {
      hint: 'ao versions',
    });
  const signature = await readSignature(db, projectId, model, found);
  return { model, version: found, shadow: main?.shadow, signature };
}
