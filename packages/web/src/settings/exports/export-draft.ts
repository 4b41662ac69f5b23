import type { BlobExport, BlobExportInput } from '@coaia/client';

/** What the form holds. */
export interface ExportDraft {
  readonly type: 'FOLDER' | 'S3' | 'S3_COMPATIBLE';
  readonly bucket: string;
  readonly endpoint: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secret: string;
  readonly prefix: string;
  readonly frequency: BlobExport['exportFrequency'];
  readonly format: BlobExport['fileType'];
  readonly mode: BlobExport['exportMode'];
  readonly day: string;
  readonly compressed: boolean;
  readonly enabled: boolean;
  readonly pathStyle: boolean;
}

const blank: ExportDraft = {
  type: 'FOLDER',
  bucket: '',
  endpoint: '',
  region: '',
  accessKey: '',
  secret: '',
  prefix: '',
  frequency: 'daily',
  format: 'JSONL',
  mode: 'FULL_HISTORY',
  day: '',
  compressed: true,
  enabled: true,
  pathStyle: false,
};

/** The form for what is saved; for nothing, a folder every day from the beginning. */
export function toDraft(saved: BlobExport | undefined): ExportDraft {
  if (saved === undefined) return blank;
  return {
    type: saved.type === 'AZURE_BLOB_STORAGE' ? 'S3_COMPATIBLE' : saved.type,
    bucket: saved.bucketName,
    endpoint: saved.endpoint ?? '',
    region: saved.region,
    accessKey: saved.accessKeyId ?? '',
    secret: '',
    prefix: saved.prefix,
    frequency: saved.exportFrequency,
    format: saved.fileType,
    mode: saved.exportMode,
    day: saved.exportStartDate?.slice(0, 10) ?? '',
    compressed: saved.compressed,
    enabled: saved.enabled,
    pathStyle: saved.forcePathStyle,
  };
}

/** True when everything that the kind of target needs is there. */
export function isReady(draft: ExportDraft, saved: BlobExport | undefined): boolean {
  const needed = [draft.bucket, ...(draft.mode === 'FROM_CUSTOM_DATE' ? [draft.day] : [])];
  if (draft.type === 'S3_COMPATIBLE') needed.push(draft.endpoint);
  if (draft.type !== 'FOLDER') needed.push(draft.accessKey);
  if (draft.type !== 'FOLDER' && saved === undefined) needed.push(draft.secret);
  return needed.every((text) => text.trim() !== '');
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** What is sent; a folder needs neither address nor keys. */
export function toExportInput(draft: ExportDraft, projectId: string): BlobExportInput {
  const isFolder = draft.type === 'FOLDER';
  const region = isFolder ? '' : draft.region.trim();
  return {
    projectId,
    type: draft.type,
    bucketName: draft.bucket.trim(),
    endpoint: draft.type === 'S3_COMPATIBLE' ? orNull(draft.endpoint) : null,
    ...(region === '' ? {} : { region }),
    accessKeyId: isFolder ? null : orNull(draft.accessKey),
    secretAccessKey: isFolder ? null : orNull(draft.secret),
    prefix: orNull(draft.prefix),
    exportFrequency: draft.frequency,
    enabled: draft.enabled,
    forcePathStyle: draft.pathStyle,
    fileType: draft.format,
    exportMode: draft.mode,
    exportStartDate: draft.mode === 'FROM_CUSTOM_DATE' ? orNull(draft.day) : null,
    compressed: draft.compressed,
  };
}
