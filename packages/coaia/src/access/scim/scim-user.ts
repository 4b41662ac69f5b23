/** People as SCIM 2.0 has them (RFC 7643, section 4.1), and what a directory may ask to change. */
import { invalidRequest, isObject, toIso } from '#base';
import type { Role } from '#base';
import type { UserRow } from '#store';
import { isRole, ROLES } from '../roles/role.ts';

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const LIST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

export interface ScimUser {
  readonly schemas: readonly string[];
  readonly id: string;
  readonly externalId?: string;
  readonly userName: string;
  readonly name: { readonly formatted: string | null };
  readonly emails: readonly {
    readonly primary: boolean;
    readonly value: string;
    readonly type: string;
  }[];
  readonly active: boolean;
  readonly meta: {
    readonly resourceType: string;
    readonly created: string;
    readonly lastModified: string;
  };
}

/** `isMember` false: taken out of the organization, which a directory calls inactive. */
export function toScimUser(row: UserRow, isMember: boolean): ScimUser {
  return {
    schemas: [USER_SCHEMA],
    id: row.id,
    ...(row.external_id === null ? {} : { externalId: row.external_id }),
    userName: row.email,
    name: { formatted: row.name },
    emails: [{ primary: true, value: row.email, type: 'work' }],
    active: isMember && row.active === 1,
    meta: {
      resourceType: 'User',
      created: toIso(row.created_at),
      lastModified: toIso(row.updated_at),
    },
  };
}

/** What a PUT or PATCH asks for; absent: nothing. */
export interface ScimChange {
  readonly isActive?: boolean;
  readonly name?: string;
  readonly role?: Role;
}

/** The address of `userName eq "..."`; undefined without a filter. Other filters are not understood: COAIA-0002. */
export function parseUserFilter(filter: string | undefined): string | undefined {
  if (filter === undefined || filter.trim() === '') return undefined;
  const match = /^\s*userName\s+eq\s+"([^"]+)"\s*$/i.exec(filter);
  if (match?.[1] !== undefined) return match[1].toLowerCase();
  throw invalidRequest(`The filter ${filter} is not supported; use userName eq "address".`);
}

/** The first role that is named; undefined when none is. Throws COAIA-0002 for unknown ones. */
export function parseScimRole(roles: unknown): Role | undefined {
  if (!Array.isArray(roles) || roles.length === 0) return undefined;
  const names = roles.map((one: unknown) => (isObject(one) ? one['value'] : one));
  const [first] = names;
  if (names.every(isRole) && isRole(first)) return first;
  throw invalidRequest(
    `Invalid roles provided: ${JSON.stringify(roles)}, must be one of ${ROLES.join(', ')}`,
  );
}

/** Reads a PATCH (RFC 7644, 3.5.2): `replace` of `active` and of the name, with or without a path. */
export function parsePatch(operations: readonly unknown[]): ScimChange {
  return Object.assign({}, ...operations.map(parseOperation)) as ScimChange;
}

function parseOperation(operation: unknown): ScimChange {
  const { op, path, value } = isObject(operation) ? operation : {};
  const isReplace = typeof op === 'string' && /^(?:replace|add)$/i.test(op);
  const values = typeof path === 'string' ? { [path]: value } : value;
  if (!isReplace || !isObject(values)) throw toUnsupported();
  const change = toChange(values);
  if (change === undefined) throw toUnsupported();
  return change;
}

function toChange(values: Readonly<Record<string, unknown>>): ScimChange | undefined {
  const isActive = toFlag(values['active']);
  const name = toName(values);
  if (isActive === undefined && name === undefined) return undefined;
  return {
    ...(isActive === undefined ? {} : { isActive }),
    ...(name === undefined ? {} : { name }),
  };
}

/** Some directories send "False" as text. */
export function toFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' || !/^(?:true|false)$/i.test(value)) return undefined;
  return value.toLowerCase() === 'true';
}

/** `name.formatted`, else given and family name, else `displayName`. */
export function toName(values: Readonly<Record<string, unknown>>): string | undefined {
  const { name } = values;
  const parts = isObject(name) ? name : {};
  const joined = [parts['givenName'], parts['familyName']]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ');
  const candidates = [parts['formatted'], values['name.formatted'], joined, values['displayName']];
  return candidates.find((one): one is string => typeof one === 'string' && one !== '');
}

function toUnsupported() {
  return invalidRequest(
    "Unsupported operation or invalid value in request body. Only 'replace' with 'active' or a name is supported.",
  );
}
