/** `coaia export set`: makes or changes the export of the project. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import type { BlobExport, BlobExportInput } from '@coaia/client';
import { FILE_TYPES, FREQUENCIES, SOURCES } from '../export.ts';
import { exportsApi } from '../ports.ts';

export const command = defineCommand({
  words: 'export set',
  summary: 'Export the project to a bucket or a folder on a schedule',
  description:
    'What is not given stays as it is. The keys come from COAIA_EXPORT_ACCESS_KEY_ID and COAIA_EXPORT_SECRET_ACCESS_KEY, so that they appear in no list of processes. A small file is written as a test before anything is saved.',
  needs: exportsApi,
  positionals: [
    { name: 'name', summary: 'Bucket, or folder below the setting export_folder', required: true },
  ],
  options: {
    folder: { type: 'boolean', summary: 'NAME is a folder of the server' },
    endpoint: { type: 'string', placeholder: 'URL', summary: 'Storage that is not AWS' },
    region: { type: 'string', placeholder: 'REGION', summary: 'Region of the bucket' },
    'path-style': { type: 'boolean', summary: 'Bucket in the path; the default with --endpoint' },
    prefix: { type: 'string', placeholder: 'PATH/', summary: 'Beginning of every name' },
    format: { type: 'string', choices: FILE_TYPES, summary: 'Kind of files (default JSONL)' },
    every: { type: 'string', choices: FREQUENCIES, summary: 'Size of a window (default daily)' },
    from: {
      type: 'string',
      placeholder: 'WHEN',
      summary: 'start, today, or a time (default start: everything)',
    },
    source: { type: 'string', choices: SOURCES, summary: 'Which tables' },
    plain: { type: 'boolean', summary: 'No gzip' },
    off: { type: 'boolean', summary: 'Save it, but export nothing for now' },
  },
  examples: [
    'coaia export set nightly --folder --format PARQUET',
    'coaia export set traces --endpoint https://minio.example --region eu-1 --every hourly',
  ],
  async run(context, { args, options }) {
    const api = await context.open();
    const projectId = await api.getProjectId();
    const [old] = (await api.listExports()).data;
    const saved = await api.saveExport({
      ...toInput(options, old),
      projectId,
      bucketName: args.name,
      ...toKeys(context.env),
    });
    if (context.flags.json) context.out.json(saved);
    else
      context.out.confirm(
        `Exports to ${saved.type} ${saved.bucketName}, ${saved.exportFrequency}.`,
      );
  },
});

interface Options {
  readonly folder: boolean | undefined;
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
  readonly 'path-style': boolean | undefined;
  readonly prefix: string | undefined;
  readonly format: string | undefined;
  readonly every: string | undefined;
  readonly from: string | undefined;
  readonly source: string | undefined;
  readonly plain: boolean | undefined;
  readonly off: boolean | undefined;
}

type Settings = Omit<BlobExportInput, 'projectId' | 'bucketName'>;

const USUAL = {
  endpoint: null,
  region: 'us-east-1',
  prefix: '',
  exportFrequency: 'daily',
  fileType: 'JSONL',
  exportSource: 'LEGACY_TRACES_OBSERVATIONS',
} as const;

function toInput(options: Options, old: BlobExport | undefined): Settings {
  const known = { ...USUAL, ...old };
  const endpoint = options.endpoint ?? (options.folder === true ? null : known.endpoint);
  return {
    type: toType(options, endpoint),
    endpoint,
    region: options.region ?? known.region,
    prefix: options.prefix ?? known.prefix,
    exportFrequency:
      (options.every as Settings['exportFrequency'] | undefined) ?? known.exportFrequency,
    enabled: options.off !== true,
    forcePathStyle: options['path-style'] ?? endpoint !== null,
    fileType: (options.format as Settings['fileType'] | undefined) ?? known.fileType,
    ...toStart(options.from, old),
    compressed: options.plain !== true,
    exportSource: (options.source as Settings['exportSource']) ?? known.exportSource,
  };
}

function toType(options: Options, endpoint: string | null): BlobExport['type'] {
  if (options.folder !== true) return endpoint === null ? 'S3' : 'S3_COMPATIBLE';
  if (options.endpoint === undefined) return 'FOLDER';
  throw invalidRequest('--folder and --endpoint exclude each other.');
}

function toStart(
  from: string | undefined,
  old: BlobExport | undefined,
): Pick<Settings, 'exportMode' | 'exportStartDate'> {
  if (from === undefined && old !== undefined)
    return { exportMode: old.exportMode, exportStartDate: old.exportStartDate };
  if (from === undefined || from === 'start') return { exportMode: 'FULL_HISTORY' };
  if (from === 'today') return { exportMode: 'FROM_TODAY' };
  return { exportMode: 'FROM_CUSTOM_DATE', exportStartDate: from };
}

function toKeys(env: Readonly<Record<string, string | undefined>>) {
  const id = env['COAIA_EXPORT_ACCESS_KEY_ID'];
  const secret = env['COAIA_EXPORT_SECRET_ACCESS_KEY'];
  return {
    ...(id ? { accessKeyId: id } : {}),
    ...(secret ? { secretAccessKey: secret } : {}),
  };
}
