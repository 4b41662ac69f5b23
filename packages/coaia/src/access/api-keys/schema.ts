/** What crosses the wire for keys. */
import { z } from 'zod';
import { ROLES } from '../roles/role.ts';
import { MAX_PER_MINUTE } from './api-key.ts';

const time = z.iso.datetime();

const summary = {
  id: z.string(),
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable(),
  note: z.string().nullable(),
  publicKey: z.string(),
  displaySecretKey: z.string(),
};

export const keysAnswer = z.object({ apiKeys: z.array(z.object(summary)) });

export const projectKeysAnswer = z.object({
  apiKeys: z.array(
    z.object({
      ...summary,
      role: z.enum(ROLES).nullable(),
      requestsPerMinute: z.int().nullable(),
      scopes: z.array(z.string()).nullable(),
    }),
  ),
});

const pair = {
  note: z.string().max(1000).nullish(),
  publicKey: z.string().nullish(),
  secretKey: z.string().nullish(),
};

export const newKeyBody = z.object(pair);

/** Coaia's own form: keys may expire, be bound to a role or to scopes and have a limit. */
export const ownKeyBody = z.object({
  ...pair,
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .nullish(),
  role: z.enum(ROLES).nullish(),
  requestsPerMinute: z.int().min(1).max(MAX_PER_MINUTE).nullish(),
  scopes: z.array(z.string().max(200)).max(100).nullish(),
});

export const organizationKeyBody = ownKeyBody.omit({
  role: true,
  requestsPerMinute: true,
  scopes: true,
});

export const newKeyAnswer = z.object({
  id: z.string(),
  createdAt: time,
  note: z.string().nullable(),
  publicKey: z.string(),
  secretKey: z.string(),
  displaySecretKey: z.string(),
});

export const keyRemovedAnswer = z.object({ success: z.boolean() });
