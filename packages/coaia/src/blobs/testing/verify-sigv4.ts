/**
 * Checks AWS Signature Version 4 the way a server has to, from the raw request and the shared secret, and shares no
 * code with what signs. After "Create a signed AWS API request" and "Authenticating Requests: Using Query Parameters"
 * of the documentation of Amazon S3.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface SigningAccount {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** What the signature vouches for: the SHA-256 of the body as announced, or `UNSIGNED-PAYLOAD`. */
export interface Verified {
  readonly payloadHash: string;
}

const SKEW_MS = 900_000;

/** The S3 error code of a request that must be refused, or what was verified. */
export function verifySigV4(
  request: IncomingMessage,
  account: SigningAccount,
  now: number,
): Verified | string {
  const [path = '', search = ''] = (request.url ?? '').split('?');
  const query = parseQuery(search);
  const isQuery = query.some(([key]) => key === 'X-Amz-Signature');
  const claims = isQuery ? fromQuery(query) : fromHeaders(request);
  if (claims === undefined) return 'AccessDenied';
  const problem = findProblem(claims, account, { isQuery, now });
  if (problem !== undefined) return problem;
  if (findUnsigned(request, claims.signedHeaders)) return 'AccessDenied';
  const canonical = [
    request.method,
    path,
    toCanonicalQuery(query),
    ...claims.signedHeaders.map((name) => `${name}:${toValue(request, name)}`),
    '',
    claims.signedHeaders.join(';'),
    claims.payloadHash,
  ].join('\n');
  return isEqual(toSignature(claims, canonical, account), claims.signature)
    ? { payloadHash: claims.payloadHash }
    : 'SignatureDoesNotMatch';
}

/** Who, when and for what, before anything is computed. */
function findProblem(
  claims: Claims,
  account: SigningAccount,
  { isQuery, now }: { readonly isQuery: boolean; readonly now: number },
): string | undefined {
  const [keyId, day = '?', region, service, last] = claims.credential.split('/');
  if (keyId !== account.accessKeyId) return 'InvalidAccessKeyId';
  if (region !== account.region || service !== 's3' || last !== 'aws4_request')
    return 'AuthorizationHeaderMalformed';
  const time = toTime(claims.date);
  if (!claims.date.startsWith(day) || Number.isNaN(time)) return 'AccessDenied';
  if (isQuery) return now > time + claims.expires * 1000 ? 'AccessDenied' : undefined;
  return Math.abs(now - time) > SKEW_MS ? 'RequestTimeTooSkewed' : undefined;
}

function toSignature(claims: Claims, canonical: string, account: SigningAccount): string {
  const scope = claims.credential.split('/').slice(1);
  const text = ['AWS4-HMAC-SHA256', claims.date, scope.join('/'), toSha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>(toHmac, `AWS4${account.secretAccessKey}`);
  return toHmac(key, text).toString('hex');
}

interface Claims {
  readonly credential: string;
  readonly date: string;
  readonly expires: number;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly payloadHash: string;
}

function fromQuery(query: readonly (readonly [string, string])[]): Claims | undefined {
  const find = (name: string) => query.find(([key]) => key === name)?.[1] ?? '';
  const expires = Number(find('X-Amz-Expires'));
  if (find('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256' || !(expires >= 1 && expires <= 604_800))
    return undefined;
  return {
    credential: find('X-Amz-Credential'),
    date: find('X-Amz-Date'),
    expires,
    signedHeaders: find('X-Amz-SignedHeaders').split(';'),
    signature: find('X-Amz-Signature'),
    payloadHash: 'UNSIGNED-PAYLOAD',
  };
}

function fromHeaders(request: IncomingMessage): Claims | undefined {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  const payloadHash = String(request.headers['x-amz-content-sha256'] ?? '');
  if (match === null || payloadHash === '') return undefined;
  const [, credential = '', names = '', signature = ''] = match;
  const date = String(request.headers['x-amz-date'] ?? '');
  const signedHeaders = names.split(';');
  return { credential, date, expires: 0, signedHeaders, signature, payloadHash };
}

/** Host and every x-amz header must be under the signature. */
function findUnsigned(request: IncomingMessage, signed: readonly string[]): boolean {
  const needed = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'));
  return ['host', ...needed].some((name) => !signed.includes(name));
}

function toValue(request: IncomingMessage, name: string): string {
  return String(request.headers[name] ?? '')
    .trim()
    .replaceAll(/\s+/g, ' ');
}

function parseQuery(search: string): readonly (readonly [string, string])[] {
  if (search === '') return [];
  return search.split('&').map((pair) => {
    const [key = '', value = ''] = pair.split('=');
    return [toText(key), toText(value)] as const;
  });
}

const toText = (part: string) => decodeURIComponent(part.replaceAll('+', ' '));

function toCanonicalQuery(query: readonly (readonly [string, string])[]): string {
  return query
    .filter(([key]) => key !== 'X-Amz-Signature')
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('&');
}

function encode(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const letter = String.fromCodePoint(byte);
      return /[\w.~-]/.test(letter)
        ? letter
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** `20260102T030405Z` in epoch milliseconds. */
function toTime(date: string): number {
  return Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
}

const toSha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const toHmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();

function isEqual(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
