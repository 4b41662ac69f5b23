/** What crosses the wire for SCIM; what directories send beside it is let through and not looked at. */
import { z } from 'zod';
import { PATCH_SCHEMA, USER_SCHEMA } from './scim-user.ts';

const count = (least: number, most: number, usual: number) =>
  z.coerce
    .number()
    .int()
    .catch(usual)
    .transform((value) => Math.min(Math.max(value, least), most));

export const usersQuery = z.object({
  filter: z.string().optional(),
  startIndex: count(1, 1_000_000_000, 1).optional(),
  count: count(0, 100, 100).optional(),
});

const texts = z.array(z.string());
const meta = z.object({ resourceType: z.string(), location: z.string() });
const support = z.object({ supported: z.boolean() });

export const newUserBody = z.looseObject({
  userName: z.string().min(1),
  name: z.looseObject({ formatted: z.string().nullish() }).nullish(),
  /** Not looked at: the address is the name by which people sign in. */
  emails: z.array(z.unknown()).nullish(),
  /** Not taken. */
  password: z.unknown().optional(),
  externalId: z.string().optional(),
  active: z.union([z.boolean(), z.string()]).nullish(),
  roles: z.array(z.unknown()).nullish(),
});

export const userBody = z.looseObject({
  schemas: texts.refine((list) => list.includes(USER_SCHEMA), {
    message: `Must include 'schemas' with '${USER_SCHEMA}'.`,
  }),
  active: z.union([z.boolean(), z.string()]).nullish(),
  roles: z.array(z.unknown()).nullish(),
});

export const patchBody = z.looseObject({
  schemas: texts.refine((list) => list.includes(PATCH_SCHEMA), {
    message: `Must include 'schemas' with '${PATCH_SCHEMA}'.`,
  }),
  Operations: z.array(z.unknown()).min(1),
});

export const userAnswer = z.object({
  schemas: texts,
  id: z.string(),
  externalId: z.string().optional(),
  userName: z.string(),
  name: z.object({ formatted: z.string().nullable() }),
  emails: z.array(z.object({ primary: z.boolean(), value: z.string(), type: z.string() })),
  active: z.boolean(),
  meta: z.object({
    resourceType: z.string(),
    created: z.string(),
    lastModified: z.string(),
  }),
});

export const usersAnswer = z.object({
  schemas: texts,
  totalResults: z.int(),
  startIndex: z.int(),
  itemsPerPage: z.int(),
  Resources: z.array(userAnswer),
});

export const configAnswer = z.object({
  schemas: texts,
  documentationUri: z.string(),
  patch: support,
  bulk: support.extend({ maxOperations: z.int(), maxPayloadSize: z.int() }),
  filter: support.extend({ maxResults: z.int() }),
  changePassword: support,
  sort: support,
  etag: support,
  authenticationSchemes: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      specUri: z.string(),
      type: z.string(),
      primary: z.boolean(),
    }),
  ),
  meta,
});

const listAnswer = { schemas: texts, totalResults: z.int() };

export const resourceTypesAnswer = z.object({
  ...listAnswer,
  Resources: z.array(
    z.object({
      schemas: texts,
      id: z.string(),
      name: z.string(),
      endpoint: z.string(),
      description: z.string(),
      schema: z.string(),
      schemaExtensions: z.array(z.object({ schema: z.string(), required: z.boolean() })),
      meta,
    }),
  ),
});

export const schemasAnswer = z.object({
  ...listAnswer,
  Resources: z.array(
    z.object({
      schemas: texts,
      id: z.string(),
      name: z.string(),
      description: z.string(),
      attributes: z.array(z.unknown()),
      meta,
    }),
  ),
});
