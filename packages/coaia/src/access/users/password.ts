/** Passwords: scrypt with the parameters beside the hash, so that they can grow. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';
import { invalidRequest } from '#base';

/** One of the settings of https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const LEAST_LENGTH = 8;
const MOST_LENGTH = 256;

/** `scrypt$N$r$p$salt$hash`. Throws COAIA-0002 for a password that is too short or too long. */
export async function toPasswordHash(password: string): Promise<string> {
  if (password.length < LEAST_LENGTH || password.length > MOST_LENGTH)
    throw invalidRequest(`A password has ${LEAST_LENGTH} to ${MOST_LENGTH} characters.`);
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * Compares in constant time. Without a hash, or with a broken one, the same work is done and the answer is false, so
 * that the time says nothing about which addresses are known.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, n, r, p, salt, hash] = (stored ?? '').split('$');
  if (password.length > MOST_LENGTH) return false;
  const cost = { N: Number(n), r: Number(r), p: Number(p) };
  const isReadable = salt !== undefined && hash !== undefined && cost.N > 1 && cost.N <= 2 ** 20;
  if (!isReadable) {
    await derive(password, Buffer.alloc(16), COST);
    return false;
  }
  const expected = Buffer.from(hash, 'base64url');
  const key = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return key.length === expected.length && timingSafeEqual(key, expected);
}

/** In the thread pool of Node, so that the event loop goes on. */
function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  const maxmem = 256 * (cost.N ?? 1) * (cost.r ?? 1);
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
