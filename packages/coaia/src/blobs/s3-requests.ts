/** Requests to an S3-compatible storage, signed with AWS Signature Version 4. */
import { blobErrors } from './errors.ts';
import { toObjectUrl } from './s3-location.ts';
import type { S3Location } from './s3-location.ts';

/** The way out: a `fetch` that does not follow redirects and streams bodies. */
export type SendRequest = (url: string, init: RequestInit) => Promise<Response>;

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly name: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ReadableStream<Uint8Array>;
  /** SHA-256 of the body, hex; that of nothing when absent. */
  readonly sha256?: string;
}

const NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const RETRY_MS = [100, 500];

/**
 * Sends one request. What carries no body is repeated when the storage is busy. Rejects with COAIA-0704 when nothing
 * answers, and with the program's own refusal where one of the outbound policy applies.
 */
export async function sendS3(
  location: S3Location,
  send: SendRequest,
  request: S3Request,
): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const wait = request.body === undefined ? RETRY_MS[attempt] : undefined;
    const answer = await sendOnce(location, send, request);
    if (wait === undefined || (answer.status < 500 && answer.status !== 429)) return answer;
    await answer.body?.cancel();
    await new Promise((resolve) => {
      setTimeout(resolve, wait);
    });
  }
}

async function sendOnce(
  location: S3Location,
  send: SendRequest,
  request: S3Request,
): Promise<Response> {
  const { method, body } = request;
  const { AwsV4Signer } = await import('aws4fetch');
  const signer = new AwsV4Signer({
    ...toAccount(location),
    url: toObjectUrl(location, request.name).href,
    method,
    headers: { ...request.headers, 'x-amz-content-sha256': request.sha256 ?? NOTHING },
  });
  const { url, headers } = await signer.sign();
  // Compressed on the way, an answer would not have the length that is looked at. Not signed: proxies change it.
  headers.set('accept-encoding', 'identity');
  return send(url.href, { method, headers, ...(body === undefined ? {} : { body }) });
}

function toAccount({ accessKeyId, secretAccessKey, region }: S3Location) {
  return { accessKeyId, secretAccessKey, region, service: 's3' };
}

export interface S3AddressOptions {
  readonly method: 'GET' | 'PUT';
  readonly name: string;
  readonly seconds: number;
  /** Signed, so that the request must carry exactly these. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** An address that is the permission (a presigned URL). */
export async function createS3Address(
  location: S3Location,
  { method, name, seconds, headers = {}, query = {} }: S3AddressOptions,
): Promise<string> {
  const url = toObjectUrl(location, name);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  url.searchParams.set('X-Amz-Expires', String(seconds));
  const { AwsV4Signer } = await import('aws4fetch');
  const signer = new AwsV4Signer({
    ...toAccount(location),
    url: url.href,
    method,
    headers,
    signQuery: true,
    allHeaders: true,
  });
  const signed = await signer.sign();
  return signed.url.href;
}

/** What the storage said against it: COAIA-0701 when it is full, COAIA-0702 when absent, COAIA-0703 otherwise. */
export async function toRefusal(location: S3Location, answer: Response): Promise<Error> {
  const text = (await answer.text().catch(() => '')).slice(0, 10_000);
  const code = /<Code>([\w.]{1,80})<\/Code>/.exec(text)?.[1];
  if (answer.status === 507)
    return blobErrors.create('COAIA-0701', `${toPlace(location)} has no room left.`);
  if (answer.status === 404 && (code ?? 'NoSuchKey') === 'NoSuchKey')
    return blobErrors.create('COAIA-0702', 'The bytes of this file are not stored here.');
  const reason = code === undefined ? '' : `, ${code}`;
  return blobErrors.create(
    'COAIA-0703',
    `${toPlace(location)} refused (${answer.status}${reason}). Check bucket, region, endpoint and keys.`,
  );
}

/** Bucket and host, for sentences. */
export function toPlace(location: S3Location): string {
  return `The bucket ${location.bucket} at ${toObjectUrl(location, 'x').host}`;
}
