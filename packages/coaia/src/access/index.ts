/** Floor 2: projects, keys, signed-in pages, and from them the scope of every call. */
import type { Clock, Scope } from '#base';
import type { Database } from '#store';
import type { Route } from '#surface';
import type { AdministrationApi, createAdministrationApi } from '@coaia/client';
import type { RemovalPorts } from './projects/remove-data.ts';

export { openAccess } from './access.ts';
export type { Access, AccessOptions } from './access.ts';
export { authenticate, authenticateKey, findSessionToken, SESSION_COOKIE } from './authenticate.ts';
export type { HeaderSource } from './header-source.ts';
export { readCredentials } from './credentials-file.ts';
export type { Credentials, CredentialsState } from './credentials-file.ts';
export { accessErrors } from './errors.ts';
export { toFirstProject } from './first-project.ts';
export { localScope } from './local-scope.ts';
export type { LocalScopeOptions } from './local-scope.ts';
export { toActor } from './audit.ts';
export type { Audit, AuditEvent } from './audit.ts';
export { requireRights, toHolder, toRights } from './roles/authorize.ts';
export type { RouteRights } from './roles/authorize.ts';
export {
  hasPermission,
  listPermissions,
  PERMISSION_NAMES,
  PERMISSIONS,
} from './roles/permissions.ts';
export type { Holder, Permission, PermissionName } from './roles/permissions.ts';
export { isRole, ROLES } from './roles/role.ts';
export { toPermission } from './roles/route-permission.ts';
export { accessPorts, toAccessPorts } from './ports.ts';
export type { AccessPorts } from './ports.ts';
export type { ProjectRecord } from './projects/project.ts';
export { openRemovalJob } from './projects/removal-job.ts';
export type { RemovalJob, RemovalJobOptions } from './projects/removal-job.ts';
export { findProject } from './projects/storage.ts';
export { closeSession, createSignInLink, openSession, SESSION_MS } from './sign-in.ts';
export type { SignInLink } from './sign-in.ts';
/** Every route of this floor; they bring their schemas, which only the server needs. */
export async function loadAccessRoutes(): Promise<readonly Route[]> {
  const { accessRoutes } = await import('./routes.ts');
  return accessRoutes;
}

/** Administration over the store in this home, for commands. */
export async function openLocalAdministration(
  store: { readonly db: Database; readonly clock: Clock },
  scope: Scope,
  removeMedia: RemovalPorts['removeMedia'],
): Promise<AdministrationApi> {
  const [{ createLocalAdministration }, { toAccessPorts: toPorts }] = await Promise.all([
    import('./local-administration.ts'),
    import('./ports.ts'),
  ]);
  return createLocalAdministration({ ports: toPorts(store), scope, removeMedia });
}

/** Administration over a server, for commands. */
export async function openRemoteAdministration(
  calls: ReturnType<typeof createAdministrationApi>,
): Promise<AdministrationApi> {
  const { createRemoteAdministration } = await import('./remote-administration.ts');
  return createRemoteAdministration(calls);
}
