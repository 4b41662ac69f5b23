/** Where large files are kept: a folder of the home, or the bucket that the settings name. */
import { checkS3Location, openFolderBlobs, openS3Blobs } from '#blobs';
import type { BlobStore, S3Location } from '#blobs';
import { withValues } from '#config';
import type { SettingValues } from '#config';
import { createEgress } from '#egress';
import type { Egress } from '#egress';
import type { OpenNeedOptions } from './open-options.ts';

export interface BlobPlace {
  /** The folder, for when no bucket is set. */
  readonly folder: string;
  readonly values: SettingValues;
  /** The way out, opened when something is to be sent. */
  readonly egress: () => Egress;
}

/** Opens it; nothing is made or sent. Throws COAIA-0705 when the settings do not fit together. */
export function openBlobs({ folder, values, egress }: BlobPlace): BlobStore {
  const location = toS3Location(values);
  if (location === undefined) return openFolderBlobs(folder);
  const blobs = openS3Blobs(location, { send: (url, init) => egress().fetch('blobs', url, init) });
  if (values.s3_direct) return blobs;
  const { direct: _, ...others } = blobs;
  return others;
}

function toS3Location(values: SettingValues): S3Location | undefined {
  const { s3_bucket: bucket, s3_endpoint: endpoint } = values;
  if (bucket === undefined) return undefined;
  const location = {
    bucket,
    endpoint,
    region: values.s3_region,
    prefix: values.s3_prefix,
    pathStyle: values.s3_path_style ?? endpoint !== undefined,
    accessKeyId: values.s3_access_key_id ?? '',
    secretAccessKey: values.s3_secret_access_key ?? '',
  };
  checkS3Location(location);
  return location;
}

/** The storage as commands use it: a bucket is reached directly, since no server stands between. */
export function openBlobsHere({ offline, ledgerPath, env, settings }: OpenNeedOptions): BlobStore {
  let egress: Egress | undefined;
  return openBlobs({
    folder: settings.paths.blobs,
    values: withValues(settings.values, { s3_direct: true }),
    egress: () => (egress ??= createEgress({ offline, ledgerPath, env })),
  });
}
