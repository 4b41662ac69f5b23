/** The bytes of a request: whole, bounded, decompressed. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gatewayFailures } from './errors.ts';

/**
 * Reads the whole body, at most `limit` bytes of it, before and after decompression. Fails with AO413 when there is
 * more, AO415 for an encoding that is not known and AO410 for damaged compression.
 */
export async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  const announced = incoming.headers['content-length'];
  if (announced !== undefined && Number(announced) > limit) throw tooLarge(limit);
  const bytes = await collect(incoming, limit);
  const encoding = incoming.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return bytes;
  return decompress(bytes, encoding, limit);
}

function collect(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let rest: Buffer[] | undefined;
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        reject(tooLarge(limit));
        return;
      }
      if (first === undefined) first = chunk;
      else (rest ??= [first]).push(chunk);
    });
    incoming.on('end', () =>
      resolve(rest === undefined ? (first ?? Buffer.alloc(0)) : Buffer.concat(rest, size)),
    );
    incoming.on('error', () =>
      reject(
        gatewayFailures.create('AO410', 'The connection ended before the whole body was here.'),
      ),
    );
  });
}

async function decompress(bytes: Buffer, encoding: string, limit: number): Promise<Buffer> {
  const { brotliDecompress, unzip } = process.getBuiltinModule('node:zlib');
  if (!/^(?:gzip|deflate|br)$/.test(encoding))
    throw gatewayFailures.create(
      'AO415',
      `Content-Encoding ${encoding} is not known here; gzip, deflate and br are.`,
    );
  const open = encoding === 'br' ? promisify(brotliDecompress) : promisify(unzip);
  try {
    return await open(bytes, { maxOutputLength: limit });
  } catch (error) {
    if ((error as { readonly code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(limit);
    throw gatewayFailures.create(
      'AO410',
      `The body is announced as ${encoding}, but cannot be decompressed.`,
    );
  }
}

function tooLarge(limit: number) {
  return gatewayFailures.create(
    'AO413',
    `The body is larger than ${Number((limit / 1_048_576).toFixed(2))} MB. Send fewer rows at once.`,
    { hint: 'ao config api.max_body_mb', headers: { connection: 'close' } },
  );
}

/** The text of a body. Fails with AO410 for bytes that are no UTF-8: read all the same, they would be other words. */
export function toText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw gatewayFailures.create(
    'AO410',
    'The body is not UTF-8. Programs that write another encoding, such as Latin-1, can save as UTF-8.',
  );
}

/** The value of a JSON body. Fails with AO410 that says where it stops being JSON. */
export function parseJson(bytes: Buffer): unknown {
  const text = toText(bytes);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isNumber = /\b(?:NaN|-?Infinity)\b/.test(text);
    throw gatewayFailures.create(
      'AO410',
      text.trim() === ''
        ? 'The request has no body. Send a row as JSON.'
        : `The body is not JSON: ${reason}.${isNumber ? ' JSON has no NaN and no Infinity; write null for a missing value.' : ''}`,
    );
  }
}
