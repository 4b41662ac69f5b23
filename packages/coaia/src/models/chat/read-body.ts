/** Bodies of model servers: bounded, and with a sentence when they break off. */
import { isCoaiaError } from '#base';
import { modelFailures } from '../errors.ts';

const MOST_BYTES = 16 * 1024 * 1024;

/** The body's bytes. Ends with COAIA-4008 (broken off), 4010 (silent), 4012 (too large) or the signal's reason. */
export async function* readBytes(
  answer: Response,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let count = 0;
  try {
    const body: AsyncIterable<Uint8Array<ArrayBuffer>> | null = answer.body;
    for await (const bytes of body ?? []) {
      count += bytes.byteLength;
      if (count > MOST_BYTES)
        throw modelFailures.create('COAIA-4012', 'The answer of the model server is too large.');
      yield bytes;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw isCoaiaError(error) ? error : toBroken(error);
  }
}

/** The whole body as text. */
export async function readText(answer: Response, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const bytes of readBytes(answer, signal)) chunks.push(bytes);
  return Buffer.concat(chunks).toString('utf8');
}

/** COAIA-4008: what arrived is not the whole answer. */
export function toCut(cause?: unknown) {
  return modelFailures.create(
    'COAIA-4008',
    'The answer of the model server broke off before its end.',
    cause === undefined ? {} : { cause },
  );
}

function toBroken(error: unknown) {
  if ((error as { readonly code?: unknown }).code !== 'ETIMEDOUT') return toCut(error);
  return modelFailures.create(
    'COAIA-4010',
    'The model server fell silent in the middle of its answer.',
    { cause: error },
  );
}
