/** Undoes Content-Encoding and parses JSON, with a limit on everything a hostile body could blow up. */
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { jsonDepth } from '#base';
import type { Json } from '#base';
import { httpErrors } from './errors.ts';
import { tooLarge } from './request-body.ts';

type Inflate = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

const inflate = promisify(zlib.inflate);
const inflateRaw = promisify(zlib.inflateRaw);

const DECODERS: Readonly<Record<string, Inflate>> = {
  gzip: promisify(zlib.gunzip),
  'x-gzip': promisify(zlib.gunzip),
  br: promisify(zlib.brotliDecompress),
  zstd: promisify(zlib.zstdDecompress),
  // Some senders leave the zlib header away, although the name promises it.
  deflate: (bytes, options) =>
    inflate(bytes, options).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'Z_DATA_ERROR')
        return inflateRaw(bytes, options);
      throw error;
    }),
};

const MAX_LAYERS = 2;

/**
 * Undoes the encodings of a body, the last named first. Rejects with COAIA-0005 as soon as the output
 * passes `limit`, with COAIA-0403 on damaged data and COAIA-0402 on an unknown encoding.
 */
export async function decodeBody(
  bytes: Uint8Array,
  encoding: string | null | undefined,
  limit: number,
): Promise<Uint8Array> {
  if (!encoding) return bytes;
  const layers = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (layers.length > MAX_LAYERS) throw unsupported(encoding);
  let result = bytes;
  for (const name of layers.toReversed()) {
    const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
    if (decode === undefined) throw unsupported(name);
    result = await decode(result, { maxOutputLength: limit }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
      throw httpErrors.create('COAIA-0403', `The body is not valid ${name} data.`);
    });
  }
  return result;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Text of a body; a byte order mark is dropped. Fails with COAIA-0403 on malformed UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw httpErrors.create('COAIA-0403', 'The body is not valid UTF-8.');
  }
}

/**
 * JSON of a body; undefined when it is empty. Members called `__proto__` are dropped: merging them into other
 * objects later would change objects that nobody sent. Fails with COAIA-0403.
 */
export function decodeJson(bytes: Uint8Array, depthLimit: number): Json | undefined {
  if (bytes.length === 0) return undefined;
  if (bytes.length > depthLimit && jsonDepth(bytes, depthLimit) > depthLimit)
    throw httpErrors.create(
      'COAIA-0403',
      `The JSON of the body is nested deeper than ${depthLimit} levels.`,
    );
  const text = decodeText(bytes);
  if (text.trim() === '') return undefined;
  try {
    return (mayNamePrototype(text) ? JSON.parse(text, dropPrototype) : JSON.parse(text)) as Json;
  } catch {
    throw httpErrors.create('COAIA-0403', 'The body is not valid JSON.');
  }
}

/** The name may also be written with escapes, which start with a backslash and `u00`. */
function mayNamePrototype(text: string): boolean {
  return text.includes('__proto__') || /\\u00(?:5f|7[0-4]|6f)/i.test(text);
}

function dropPrototype(this: unknown, key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

function unsupported(encoding: string) {
  return httpErrors.create(
    'COAIA-0402',
    `Content-Encoding "${encoding.slice(0, 40)}" is not supported; use gzip, deflate, br, zstd or none.`,
    { headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } },
  );
}
