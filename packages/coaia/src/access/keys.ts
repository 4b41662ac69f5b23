/** Key pairs and tokens: how they are made, hashed and compared. Secrets are stored as SHA-256 only. */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createId } from '#base';

export interface KeyPair {
  readonly publicKey: string;
  readonly secretKey: string;
}

/** A random pair in the form the Langfuse SDKs expect: `pk-lf-<uuid>`, `sk-lf-<uuid>`. */
export function createKeyPair(): KeyPair {
  return { publicKey: `pk-lf-${createId()}`, secretKey: `sk-lf-${createId()}` };
}

/** 256 random bits, safe in addresses and cookies. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * SHA-256 in hex. No salt and no slow hash: what we hash are 122 or more random bits,
 * and the hash is computed on every request.
 */
export function toHash(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** Compares two hex hashes in constant time. */
export function isSameHash(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}

/** What lists show of a secret: `sk-lf-...1a2b`. */
export function toDisplaySecret(secretKey: string): string {
  const start = secretKey.startsWith('sk-lf-') ? 'sk-lf-' : '';
  return `${start}...${secretKey.slice(-4)}`;
}
