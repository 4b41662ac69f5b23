/** Where a bucket answers and who asks. */
import { blobErrors } from './errors.ts';

export interface S3Location {
  readonly bucket: string;
  readonly region: string;
  /** `https://host[:port]`; the addresses of AWS when absent. */
  readonly endpoint?: string | undefined;
  /** Part of every key; empty, or ends with a slash. */
  readonly prefix?: string | undefined;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  readonly pathStyle?: boolean | undefined;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const PREFIX = /^(?:[\w=@-][\w.=@-]*\/)*$/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Throws COAIA-0705 for what can be seen to be wrong without asking. */
export function checkS3Location(location: S3Location): void {
  const problem = findProblem(location);
  if (problem === undefined) return;
  throw blobErrors.create('COAIA-0705', `The S3-compatible storage cannot be used: ${problem}.`, {
    hint: 'coaia config explain s3_bucket',
  });
}

function findProblem(location: S3Location): string | undefined {
  const { bucket, region, endpoint, prefix = '' } = location;
  if (!BUCKET.test(bucket)) return `${JSON.stringify(bucket)} is no name of a bucket`;
  if (!/^[a-z0-9-]{1,64}$/.test(region)) return `${JSON.stringify(region)} is no region`;
  if (!PREFIX.test(prefix)) return 'the prefix is no path that ends with a slash';
  if (location.accessKeyId === '' || location.secretAccessKey === '') return 'a key is missing';
  if (endpoint === undefined) return undefined;
  const url = URL.parse(endpoint);
  return url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === ''
    ? undefined
    : 'the endpoint is no http or https address without a path';
}

/** The address of an object. A bucket with dots has no certificate of its own, so it goes into the path. */
export function toObjectUrl(location: S3Location, name: string): URL {
  const { bucket, region, endpoint, prefix = '' } = location;
  const base = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
  const isInPath =
    location.pathStyle === true || (base.protocol === 'https:' && bucket.includes('.'));
  if (!isInPath) base.hostname = `${bucket}.${base.hostname}`;
  // Encoded as the signature has it: a server may compare with the path as it was sent.
  const path = `${prefix}${name}`.split('/').map(encodeURIComponent).join('/');
  base.pathname = `${isInPath ? `/${bucket}` : ''}/${path}`;
  return base;
}
