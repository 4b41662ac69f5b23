/** The bytes of media: taken in and handed out under signed tokens. */
import { notFound } from '#base';
import type { MediaRow } from '#store';
import { mediaFailures } from './errors.ts';
import { toBlobName, toDisposition } from './media.ts';
import type { MediaPorts } from './ports.ts';
import { parseMediaToken } from './signed-token.ts';
import type { MediaClaims } from './signed-token.ts';
import { readMedia } from './storage.ts';

/** The record a token stands for. Fails with COAIA-1110 and COAIA-0003. */
async function findByToken(
  ports: MediaPorts,
  token: string,
  action: MediaClaims['action'],
): Promise<MediaRow> {
  const claims = await parseMediaToken(ports.db, token, action, ports.clock());
  if (claims === undefined)
    throw mediaFailures.create(
      'COAIA-1110',
      `This address does not allow to ${action} a file, or its time is over.`,
    );
  const row = await readMedia(ports.db, claims.projectId, claims.mediaId);
  if (row === undefined) throw notFound('Media', claims.mediaId);
  return row;
}

/** Takes the announced bytes. Fails with COAIA-1110, COAIA-0700 (other bytes than announced) and COAIA-0701. */
export async function writeMedia(
  ports: MediaPorts,
  token: string,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  const row = await findByToken(ports, token, 'put');
  await writeBytes(ports, row, source);
}

/** Stores the bytes of a record and notes that they are here. */
export async function writeBytes(
  ports: MediaPorts,
  row: MediaRow,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  const expected = { sha256: row.sha256, length: row.content_length };
  await ports.blobs.write(toBlobName(row.project_id, row.sha256), source, expected);
  await ports.db.write((tx) =>
    tx.run('UPDATE media SET stored_at = ? WHERE project_id = ? AND id = ?', [
      ports.clock(),
      row.project_id,
      row.id,
    ]),
  );
}

/** An answer with the bytes, or the part that a Range header asks for (RFC 9110, section 14). */
export async function readMediaAnswer(
  ports: MediaPorts,
  token: string,
  rangeHeader: string | null,
): Promise<Response> {
  const row = await findByToken(ports, token, 'get');
  const length = row.content_length;
  const range = parseRange(rangeHeader, length);
  if (range === 'beyond')
    throw mediaFailures.create('COAIA-1111', `The file has ${length} bytes.`, {
      headers: { 'content-range': `bytes */${length}` },
    });
  const body = await ports.blobs.read(toBlobName(row.project_id, row.sha256), range);
  const size = range === undefined ? length : range.last - range.first + 1;
  return new Response(body, {
    status: range === undefined ? 200 : 206,
    headers: {
      ...toFileHeaders(row),
      'content-length': String(size),
      ...(range === undefined
        ? {}
        : { 'content-range': `bytes ${range.first}-${range.last}/${length}` }),
    },
  });
}

/** Nothing in a file may run, whatever it claims to be. */
function toFileHeaders(row: MediaRow): Readonly<Record<string, string>> {
  return {
    'content-type': row.content_type,
    'content-disposition': toDisposition(row),
    'accept-ranges': 'bytes',
    etag: `"${row.sha256}"`,
    'cache-control': 'private, max-age=300',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  };
}

/** One range; several, or a header in another unit, count as none, as the standard allows. */
function parseRange(header: string | null, length: number) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  if (from === '') {
    const wanted = Math.min(Number(to), length);
    return wanted === 0 ? 'beyond' : { first: length - wanted, last: length - 1 };
  }
  const first = Number(from);
  if (first >= length) return 'beyond';
  const last = to === '' ? length - 1 : Math.min(Number(to), length - 1);
  return last < first ? undefined : { first, last };
}
