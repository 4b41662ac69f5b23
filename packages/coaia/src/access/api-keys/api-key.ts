/** Keys as lists show them, and what a new one may be. */
import { invalidRequest, toIso } from '#base';
import type { Role } from '#base';
import type { ApiKeyRow, OrganizationKeyRow } from '#store';
import { createKeyPair } from '../keys.ts';
import { parseKeyScopes } from '../key-scopes.ts';
import type { KeyPair } from '../keys.ts';

export interface KeySummary {
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly note: string | null;
  readonly publicKey: string;
  readonly displaySecretKey: string;
}

/** Keys of projects have two fields more. */
export interface ProjectKeySummary extends KeySummary {
  /** Null: the rights of keys. */
  readonly role: Role | null;
  /** Null: the limit of the server. */
  readonly requestsPerMinute: number | null;
  /** Null: what its role says. */
  readonly scopes: readonly string[] | null;
}

/** What the answer to a new key has, the only time that its secret is shown. */
export interface NewKey {
  readonly id: string;
  readonly createdAt: string;
  readonly note: string | null;
  readonly publicKey: string;
  readonly secretKey: string;
  readonly displaySecretKey: string;
}

export interface KeyInput {
  readonly note?: string | null | undefined;
  /** Chosen by the caller; both or none. */
  readonly publicKey?: string | null | undefined;
  readonly secretKey?: string | null | undefined;
  /** Epoch milliseconds. */
  readonly expiresAt?: number | null | undefined;
}

/** The largest limit that a key may have of its own. */
export const MAX_PER_MINUTE = 10_000_000;

export interface ProjectKeyInput extends KeyInput {
  readonly role?: Role | null | undefined;
  readonly requestsPerMinute?: number | null | undefined;
  /** `predict:MODEL`, `deploy:MODEL`; the key then opens nothing else. */
  readonly scopes?: readonly string[] | null | undefined;
}

export function toKeySummary(row: ApiKeyRow | OrganizationKeyRow): KeySummary {
  return {
    id: row.id,
    createdAt: toIso(row.created_at),
    expiresAt: row.expires_at === null ? null : toIso(row.expires_at),
    lastUsedAt: row.last_used_at === null ? null : toIso(row.last_used_at),
    note: row.note,
    publicKey: row.public_key,
    displaySecretKey: row.display_secret,
  };
}

export function toProjectKeySummary(row: ApiKeyRow): ProjectKeySummary {
  return {
    ...toKeySummary(row),
    role: row.role as Role | null,
    requestsPerMinute: row.requests_per_minute,
    scopes: row.scopes === null ? null : parseKeyScopes(row.scopes),
  };
}

/** The pair that the caller chose, or a random one. Throws COAIA-0002 for half a pair and a wrong beginning. */
export function toPair({ publicKey, secretKey }: KeyInput): KeyPair {
  if (!publicKey && !secretKey) return createKeyPair();
  if (!publicKey || !secretKey)
    throw invalidRequest(
      'Both publicKey and secretKey must be provided together when specifying predefined keys',
    );
  if (!/^pk-lf-\S{1,200}$/.test(publicKey))
    throw invalidRequest("publicKey must start with 'pk-lf-'");
  if (!/^sk-lf-\S{1,200}$/.test(secretKey))
    throw invalidRequest("secretKey must start with 'sk-lf-'");
  return { publicKey, secretKey };
}
