/** Where the files of an export go: a bucket, or a folder that whoever runs the server allowed. */
import { createHash } from 'node:crypto';
import { mkdir, realpath, rmdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isCoaiaError } from '#base';
import { checkFileName, openFolderBlobs, openS3Blobs } from '#blobs';
import type { BlobStore } from '#blobs';
import type { BlobExportRow } from '#store';
import { checkEndpoint, createLookup } from './endpoint.ts';
import { exportFailures } from './errors.ts';
import type { ExportPorts } from './ports.ts';

/** The part of a row that names the target. */
export type TargetFacts = Pick<
  BlobExportRow,
  | 'project_id'
  | 'type'
  | 'bucket_name'
  | 'endpoint'
  | 'region'
  | 'access_key_id'
  | 'sealed_secret'
  | 'prefix'
  | 'path_style'
>;

/** Opens the target. Fails with COAIA-0705, 1163, 1164 and 1166; nothing is sent. */
export async function openTarget(ports: ExportPorts, row: TargetFacts): Promise<BlobStore> {
  if (row.type === 'FOLDER') return openFolder(ports.exportFolder, row.bucket_name);
  if (row.endpoint !== null) await checkEndpoint(row.endpoint, ports.exportHosts);
  const location = {
    bucket: row.bucket_name,
    region: row.region,
    endpoint: row.endpoint ?? undefined,
    pathStyle: row.path_style === 1,
    accessKeyId: row.access_key_id ?? '',
    secretAccessKey: openSecret(ports, row),
  };
  const lookup = row.endpoint === null ? undefined : createLookup(row.endpoint, ports.exportHosts);
  const guard = lookup === undefined ? {} : { lookup };
  const send = (url: string, init: RequestInit) =>
    ports.egress.fetch('export', url, { ...init, ...guard });
  return openS3Blobs(location, { send, checkName: checkFileName });
}

/** What binds a sealed secret to its row. */
export const toSecretContext = (projectId: string) => `blob-export:${projectId}`;

function openSecret({ secrets }: ExportPorts, row: TargetFacts): string {
  if (row.sealed_secret === null) return '';
  try {
    const sealed = JSON.parse(row.sealed_secret) as ReturnType<typeof secrets.seal>;
    return secrets.open(sealed, toSecretContext(row.project_id));
  } catch (error) {
    throw exportFailures.create(
      'COAIA-1166',
      'The secret key of the export cannot be decrypted; save the export again with it.',
      { cause: error },
    );
  }
}

async function openFolder(root: string | undefined, name: string): Promise<BlobStore> {
  if (root === undefined)
    throw exportFailures.create(
      'COAIA-1163',
      'No folder is allowed for exports; whoever runs the server sets export_folder.',
      { hint: 'coaia config set export_folder /var/lib/coaia/exports' },
    );
  const folder = join(root, name);
  const [real, realRoot] = await createFolder(folder, root);
  if (real !== realRoot && !real.startsWith(realRoot + sep))
    throw exportFailures.create('COAIA-1163', `${name} leads out of the folder for exports.`);
  const blobs = openFolderBlobs(real, checkFileName);
  return {
    ...blobs,
    async write(...values) {
      await blobs.write(...values);
      // Half-written files lay there; who reads the folder need not see it.
      await rmdir(join(real, 'tmp')).catch(() => undefined);
    },
  };
}

async function createFolder(folder: string, root: string): Promise<readonly [string, string]> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await Promise.all([realpath(folder), realpath(root)]);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const message = `The folder for exports cannot be made or read (${code}).`;
    throw exportFailures.create('COAIA-1163', message, { cause: error });
  }
}

/** Writes and removes a small file. Fails with COAIA-1162, which has the reason of the storage. */
export async function checkTarget(ports: ExportPorts, row: TargetFacts): Promise<void> {
  const target = await openTarget(ports, row);
  const bytes = Buffer.from('A test of Coaia that it may write here.\n');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const name = `${row.prefix}coaia-test-upload.txt`;
  try {
    await target.write(name, toPieces(bytes), { sha256, length: bytes.length });
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    throw exportFailures.create('COAIA-1162', `The test upload failed: ${error.message}`, {
      cause: error,
    });
  }
  // Keys that may only write leave it there.
  await target.remove(name).catch(() => undefined);
}

async function* toPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
