/**
 * What the workbench shows a gateway that asks for keys: a token for one model that ends after minutes, signed with
 * a secret that the gateway made for its own lifetime. It opens no other gateway and no other model.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#base';
import type { Authenticate } from './caller.ts';
import { toBearer, toRefusedKey } from './key-authenticator.ts';

/** Longer than a call takes, and than clocks of two machines differ. */
const LIFE_MS = 5 * 60_000;
const MARK = 'ao-call';

export interface CallClaims {
  readonly model: string;
  /** Who asks through the workbench, for the log of the gateway. */
  readonly by: string;
}

/** 256 random bits. */
export const createCallSecret = (): string => randomBytes(32).toString('base64url');

/** Signed with HMAC-SHA-256 (RFC 2104); good for five minutes from `now`, in epoch milliseconds. */
export function createCallToken(secret: string, claims: CallClaims, now: number): string {
  const text = JSON.stringify({ ...claims, until: now + LIFE_MS });
  const body = `${MARK}.${Buffer.from(text).toString('base64url')}`;
  return `${body}.${sign(secret, body).toString('base64url')}`;
}

/** Accepts tokens of the workbench as Bearer; everything else is asked of `others`. AO440 for a token that is not good. */
export function createCallAuthenticator(
  secret: string,
  others: Authenticate,
  clock: Clock,
): Authenticate {
  return async (headers) => {
    const token = toBearer(headers);
    if (token?.startsWith(`${MARK}.`) !== true) return others(headers);
    const claims = readClaims(secret, token);
    if (claims === undefined || claims.until <= clock()) throw toRefusedKey();
    return { id: `workbench ${claims.by}`, scopes: [`predict:${claims.model}`] };
  };
}

/** The signature is looked at before anything is read. */
function readClaims(
  secret: string,
  token: string,
): (CallClaims & { readonly until: number }) | undefined {
  const at = token.lastIndexOf('.');
  const [body, given] = [token.slice(0, at), Buffer.from(token.slice(at + 1), 'base64url')];
  const wanted = sign(secret, body);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const text = Buffer.from(body.slice(MARK.length + 1), 'base64url').toString('utf8');
  return JSON.parse(text) as CallClaims & { readonly until: number };
}

const sign = (secret: string, body: string) => createHmac('sha256', secret).update(body).digest();
