/** May this caller call this operation? Everything that is refused is refused here. */
import type { Scope } from '#base';
import type { Route } from '#surface';
import { accessErrors } from '../errors.ts';
import { requireKeyScope } from '../key-scopes.ts';
import { hasPermission, PERMISSIONS } from './permissions.ts';
import type { Holder, PermissionName } from './permissions.ts';
import { toPermission } from './route-permission.ts';

/** What a route demands, worked out once. */
export interface RouteRights {
  readonly access: Route['access'];
  /** The right that opens it for keys with scopes; their model is the parameter `model` of the path. */
  readonly keyScope: Route['keyScope'];
  readonly permission: PermissionName | undefined;
}

/** Fails with a TypeError when the route names a permission that is not in the table. */
export function toRights(route: Route): RouteRights {
  const permission = toPermission(route);
  if (route.permission !== undefined && permission !== route.permission)
    throw new TypeError(`${route.operation} wants the unknown permission ${route.permission}`);
  return { access: route.access, keyScope: route.keyScope, permission };
}

const FOR_ORGANIZATIONS: ReadonlySet<Route['access']> = new Set(['organization', 'either']);

/**
 * Refuses callers whose credential is of the wrong kind (COAIA-0302, COAIA-0321, COAIA-0322, COAIA-0328) or whose
 * role may not do it (COAIA-0320). `params` are those of the path.
 */
export function requireRights(
  scope: Scope,
  rights: RouteRights,
  params: Readonly<Record<string, string>> = {},
): void {
  requireKeyScope(scope, rights.keyScope && { right: rights.keyScope, model: params['model'] });
  if (scope.level === 'scores' && rights.access !== 'scores')
    throw accessErrors.create(
      'COAIA-0302',
      'A Bearer public key may only write scores; use HTTP Basic with the secret key for this operation.',
    );
  if (rights.access === 'organization' && !isForOrganization(scope))
    throw accessErrors.create(
      'COAIA-0321',
      'Invalid API key. Organization-scoped API key required for this operation.',
      { hint: 'coaia keys create --organization' },
    );
  if (!FOR_ORGANIZATIONS.has(rights.access) && scope.level === 'organization')
    throw accessErrors.create(
      'COAIA-0322',
      'An organization key opens no project; use the key pair of the project for this operation.',
      { hint: 'coaia keys create --project ID' },
    );
  const { permission } = rights;
  if (permission === undefined) return;
  const holder = toHolder(scope, rights.access);
  if (hasPermission(holder, permission)) return;
  throw accessErrors.create(
    'COAIA-0320',
    `${toSubject(holder)} may not do this; it needs the permission ${permission} (${toHolders(permission)}).`,
  );
}

/** As whom the caller acts here. */
export function toHolder(scope: Scope, access: Route['access'] = 'project'): Holder {
  if (scope.level === 'organization') return 'ORGANIZATION_KEY';
  const role = access === 'organization' ? scope.organizationRole : scope.role;
  if (role !== undefined) return role;
  return scope.via === 'key' ? 'KEY' : 'OWNER';
}

function isForOrganization(scope: Scope): boolean {
  return (
    scope.level === 'organization' || scope.via !== 'key' || scope.organizationRole !== undefined
  );
}

function toSubject(holder: Holder): string {
  if (holder === 'KEY') return 'A project key without a role';
  return holder === 'ORGANIZATION_KEY' ? 'An organization key' : `The role ${holder}`;
}

function toHolders(permission: PermissionName): string {
  const roles = PERMISSIONS[permission].holders.filter((one) => !one.endsWith('KEY'));
  return roles.join(', ');
}
