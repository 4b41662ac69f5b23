/** Saving an export: what is given, what stays, and what does not fit together. */
import { isCoaiaError } from '#base';
import { checkS3Location } from '#blobs';
import type { BlobExportRow } from '#store';
import { exportFailures } from './errors.ts';
import type { ExportPorts } from './ports.ts';
import type { ExportBody } from './schema.ts';
import { toSecretContext } from './target.ts';
import type { TargetFacts } from './target.ts';
import { toDayStart } from './windows.ts';

/** Time zones are at most so far ahead. */
const TOLERANCE_MS = 27 * 3_600_000;

/**
 * The row of a body: keys, source and groups that are not given stay, everything else is as given. A new start
 * begins anew. Fails with COAIA-1160 and COAIA-1161.
 */
export function toRow(
  ports: ExportPorts,
  body: ExportBody,
  old: BlobExportRow | undefined,
): BlobExportRow {
  checkBody(body, ports.clock());
  const now = ports.clock();
  const startAt = toStart(body, old, now);
  const isSameStart = old !== undefined && old.mode === body.exportMode && old.start_at === startAt;
  const row: BlobExportRow = {
    ...toPlace(ports, body, old),
    frequency: body.exportFrequency,
    enabled: body.enabled ? 1 : 0,
    file_type: body.fileType,
    mode: body.exportMode,
    start_at: startAt,
    compressed: body.compressed === false ? 0 : 1,
    source: toSource(body, old),
    field_groups: toGroups(body, old),
    synced_until: isSameStart ? old.synced_until : null,
    next_at: body.enabled ? now : null,
    last_error: null,
    last_error_at: null,
    created_at: old?.created_at ?? now,
    // Later than what it replaces, so that a run of the old one is told from it.
    updated_at: Math.max(now, (old?.updated_at ?? 0) + 1),
  };
  checkTargetFacts(row);
  return row;
}

function toPlace(
  ports: ExportPorts,
  body: ExportBody,
  old: BlobExportRow | undefined,
): TargetFacts {
  return {
    project_id: body.projectId,
    type: body.type,
    bucket_name: body.bucketName,
    endpoint: body.endpoint ?? null,
    region: body.region ?? 'local',
    access_key_id: body.accessKeyId ?? old?.access_key_id ?? null,
    sealed_secret: sealSecret(ports, body) ?? old?.sealed_secret ?? null,
    prefix: body.prefix ?? '',
    path_style: body.forcePathStyle ? 1 : 0,
  };
}

function toSource(body: ExportBody, old: BlobExportRow | undefined): string {
  return body.exportSource ?? old?.source ?? 'LEGACY_TRACES_OBSERVATIONS';
}

function toGroups(body: ExportBody, old: BlobExportRow | undefined): string | null {
  const { exportFieldGroups: groups } = body;
  if (groups === undefined || groups === null) return old?.field_groups ?? null;
  return JSON.stringify([...new Set(groups)]);
}

/** The day on which it was first asked for counts, not that of later changes. */
function toStart(body: ExportBody, old: BlobExportRow | undefined, now: number): number | null {
  if (body.exportMode === 'FULL_HISTORY') return null;
  if (body.exportMode === 'FROM_CUSTOM_DATE') return body.exportStartDate ?? null;
  return old?.mode === 'FROM_TODAY' ? old.start_at : toDayStart(now);
}

function sealSecret({ secrets }: ExportPorts, body: ExportBody): string | undefined {
  const { secretAccessKey: secret, projectId } = body;
  if (secret === undefined || secret === null || secret === '') return undefined;
  return JSON.stringify(secrets.seal(secret, toSecretContext(projectId)));
}

function checkBody(body: ExportBody, now: number): void {
  if (body.type === 'AZURE_BLOB_STORAGE')
    throw exportFailures.create(
      'COAIA-1161',
      'Azure Blob Storage is not supported; use S3, S3_COMPATIBLE or FOLDER.',
    );
  const problem = PROBLEMS.find(([, applies]) => applies(body, now));
  if (problem !== undefined) throw exportFailures.create('COAIA-1160', problem[0]);
}

type Problem = (body: ExportBody, now: number) => boolean;

const PROBLEMS: readonly (readonly [message: string, applies: Problem])[] = [
  [
    'endpoint is required for S3_COMPATIBLE.',
    (body) => body.type === 'S3_COMPATIBLE' && !body.endpoint,
  ],
  ['region is required.', (body) => body.type !== 'FOLDER' && body.region === undefined],
  [
    'exportStartDate is required for FROM_CUSTOM_DATE.',
    (body) => body.exportMode === 'FROM_CUSTOM_DATE' && !hasValue(body.exportStartDate),
  ],
  [
    'exportStartDate lies in the future.',
    (body, now) => hasValue(body.exportStartDate) && body.exportStartDate > now + TOLERANCE_MS,
  ],
  [
    'exportFieldGroups needs exportSource in the same request.',
    (body) => hasValue(body.exportFieldGroups) && !body.exportSource,
  ],
  [
    'exportFieldGroups must include core.',
    (body) => hasValue(body.exportFieldGroups) && !body.exportFieldGroups.includes('core'),
  ],
];

function hasValue<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

const FOLDER = /^[\w-]{1,100}(?:\/[\w-]{1,100}){0,5}$/;

function checkTargetFacts(row: BlobExportRow): void {
  if (row.type === 'FOLDER') {
    if (FOLDER.test(row.bucket_name)) return;
    throw exportFailures.create(
      'COAIA-1160',
      'bucketName is the folder below the one for exports: words with slashes between.',
    );
  }
  if (row.access_key_id === null || row.sealed_secret === null)
    throw exportFailures.create('COAIA-1160', 'accessKeyId and secretAccessKey are required.');
  try {
    checkS3Location({
      bucket: row.bucket_name,
      region: row.region,
      endpoint: row.endpoint ?? undefined,
      accessKeyId: row.access_key_id,
      secretAccessKey: 'sealed',
    });
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    throw exportFailures.create('COAIA-1160', error.message, { cause: error });
  }
}
