/** Fetches the files that copied records refer to, one by one, and checks that they are what their ids say. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCoaiaError } from '#base';
import { MAX_MEDIA_BYTES, toBlobName, toMediaId } from '#observability';
import { isMissing } from '../sources/source.ts';
import { readText, readTime, toWire } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import type { Counts } from './copy-kind.ts';
import type { Copy } from './copy.ts';
import { readWaitingMedia, removeGap } from './storage.ts';

/** Fetches what waits. A file that cannot be had is reported; the others follow. */
export async function copyMedia(copy: Copy): Promise<Counts> {
  const { ports, input, key, step } = copy;
  const waiting = input.dryRun ? [] : await readWaitingMedia(ports.db, key);
  let written = 0;
  for (const [index, id] of waiting.entries()) {
    input.signal.throwIfAborted();
    const reason = await copyFile(copy, id);
    if (reason === undefined) written++;
    else await updateReason(copy, id, reason);
    input.onProgress({ kind: 'media', read: index + 1, written, isDone: false });
  }
  const counts = { read: waiting.length, written };
  if (step !== undefined) {
    const now = ports.clock();
    const ended = {
      read_count: counts.read,
      written_count: written,
      updated_at: now,
      done_at: now,
    };
    await ports.db.write((tx) => tx.upsert('transfer_steps', [{ ...step, ...ended }]));
  }
  input.onProgress({ kind: 'media', ...counts, isDone: true });
  return counts;
}

/** Undefined when the file is here now, otherwise why it is not. */
async function copyFile(copy: Copy, id: string): Promise<string | undefined> {
  const { ports, key, input } = copy;
  const { projectId } = key;
  const facts = await findFacts(copy, id);
  if (facts === undefined) return 'the other server does not have the file';
  const url = readText(facts, 'url');
  if (url === null) return 'the other server gives no address for the file';
  const folder = await mkdtemp(join(tmpdir(), 'coaia-media-'));
  try {
    const path = join(folder, 'file');
    const answer = await ports.fetch(new URL(url, input.source.baseUrl).href, input.signal);
    if (!answer.ok || answer.body === null) return `its address answered ${answer.status}`;
    const file = await writeFile(path, answer.body);
    if (typeof file === 'string') return file;
    if (toMediaId(file.sha256) !== id) return 'its bytes are not those that its id names';
    await ports.blobs.write(toBlobName(projectId, file.sha256), createReadStream(path), file);
    await writeRow(copy, id, facts, file);
    return undefined;
  } catch (error) {
    if (isCoaiaError(error)) throw error;
    input.signal.throwIfAborted();
    return `it could not be fetched: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function findFacts({ source }: Copy, id: string): Promise<Wire | undefined> {
  try {
    return toWire(await source.api.get(['media', id]));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

interface FileFacts {
  readonly sha256: string;
  readonly length: number;
}

/** Writes the stream into a file; a sentence when it is longer than a file may be. */
async function writeFile(
  path: string,
  body: ReadableStream<Uint8Array>,
): Promise<FileFacts | string> {
  const hash = createHash('sha256');
  let length = 0;
  await using file = await open(path, 'w', 0o600);
  for await (const piece of body) {
    length += piece.length;
    if (length > MAX_MEDIA_BYTES) return `it has more than ${MAX_MEDIA_BYTES} bytes`;
    hash.update(piece);
    await file.write(piece);
  }
  return { sha256: hash.digest('hex'), length };
}

async function writeRow(copy: Copy, id: string, facts: Wire, file: FileFacts): Promise<void> {
  const { ports, key } = copy;
  const now = ports.clock();
  const uploaded = readTime(facts, 'uploadedAt') ?? now;
  await ports.db.write(async (tx) => {
    await tx.upsert('media', [
      {
        project_id: key.projectId,
        id,
        sha256: file.sha256,
        content_type: readText(facts, 'contentType') ?? 'application/octet-stream',
        content_length: file.length,
        stored_at: now,
        uploaded_at: uploaded,
        upload_status: 200,
        upload_error: null,
        upload_ms: null,
        created_at: uploaded,
        updated_at: uploaded,
      },
    ]);
    await removeGap(tx, key, 'media', id);
  });
}

async function updateReason({ ports, key }: Copy, id: string, reason: string): Promise<void> {
  await ports.db.write((tx) =>
    tx.run(
      `UPDATE transfer_gaps SET reason = ? WHERE project_id = ? AND source = ? AND kind = 'media' AND subject_id = ?`,
      [reason, key.projectId, key.source, id],
    ),
  );
}
