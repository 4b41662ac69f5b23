/**
 * Short-lived capabilities: who holds the token may read, or write, the bytes of one media record and nothing else.
 * HMAC-SHA-256 (RFC 2104) over the claims, with a key that lies in the store and is the same for all its servers.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseCursor, toCursor } from '#base';
import type { Database } from '#store';

/** What a token allows. */
export interface MediaClaims {
  readonly action: 'get' | 'put';
  readonly projectId: string;
  readonly mediaId: string;
  /** Epoch milliseconds after which it is worth nothing. */
  readonly expires: number;
}

const SETTING = 'media_signing_key';
const keys = new WeakMap<Database, Promise<Buffer>>();

/** The text that stands in a signed address. */
export async function createMediaToken(db: Database, claims: MediaClaims): Promise<string> {
  const text = toCursor([claims.action, claims.projectId, claims.mediaId, claims.expires]);
  return `${text}.${toSignature(await findKey(db), text)}`;
}

/** The claims of a token, or undefined when it is not ours, not for this action, or expired. */
export async function parseMediaToken(
  db: Database,
  token: string,
  action: MediaClaims['action'],
  now: number,
): Promise<MediaClaims | undefined> {
  const [text = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || !isEqual(signature, toSignature(await findKey(db), text)))
    return undefined;
  const claims = toClaims(parseCursor(text));
  return claims?.action === action && claims.expires > now ? claims : undefined;
}

function toClaims(value: unknown): MediaClaims | undefined {
  if (!Array.isArray(value)) return undefined;
  const [action, projectId, mediaId, expires] = value as readonly unknown[];
  const isWhole =
    (action === 'get' || action === 'put') &&
    typeof projectId === 'string' &&
    typeof mediaId === 'string' &&
    typeof expires === 'number';
  return isWhole ? { action, projectId, mediaId, expires } : undefined;
}

function toSignature(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

function isEqual(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function findKey(db: Database): Promise<Buffer> {
  const known = keys.get(db);
  if (known !== undefined) return known;
  const made = createKey(db).catch((error: unknown) => {
    keys.delete(db);
    throw error;
  });
  keys.set(db, made);
  return made;
}

/** Reads the key, or makes it once for everybody. */
function createKey(db: Database): Promise<Buffer> {
  const fresh = randomBytes(32).toString('base64');
  return db.write(async (tx) => {
    await tx.lock([SETTING]);
    const [row] = await tx.read<{ readonly value: string }>(
      'SELECT value FROM store_settings WHERE name = ?',
      [SETTING],
    );
    if (row !== undefined) return Buffer.from(row.value, 'base64');
    await tx.upsert('store_settings', [{ name: SETTING, value: fresh }]);
    return Buffer.from(fresh, 'base64');
  });
}
