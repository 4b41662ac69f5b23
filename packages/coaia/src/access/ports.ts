/** What administration needs from the outside. */
import type { Clock, Scope } from '#base';
import type { Database } from '#store';
import { needs } from '#surface';
import type { Access } from './access.ts';
import { silentAudit } from './audit.ts';
import type { Audit } from './audit.ts';
import { createSignInDesk } from './users/sign-in-by-password.ts';
import type { SignInDesk } from './users/sign-in-by-password.ts';

export interface AccessPorts {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  /** Forgets what this process remembers of keys and sessions, so that a change counts at once. */
  readonly forget: () => void;
  readonly signInDesk: SignInDesk;
  /** Tells the job that removes projects that there is one more. */
  readonly wakeRemoval: () => void;
}

export const accessPorts = needs<AccessPorts>('access');

/** Where changes must be noticed at once; without the caches nobody remembers anything in this process. */
type AccessParts = Pick<Access, 'db' | 'clock'> &
  Partial<Pick<Access, 'audit' | 'keysBySecret' | 'keysByPublic' | 'sessions'>>;

/** The ports over an open access, or over a store alone. */
export function toAccessPorts(
  parts: AccessParts,
  wakeRemoval: () => void = () => undefined,
): AccessPorts {
  const { db, clock, audit = silentAudit } = parts;
  return {
    db,
    clock,
    audit,
    signInDesk: createSignInDesk(db, clock),
    wakeRemoval,
    forget() {
      parts.keysBySecret?.remove();
      parts.keysByPublic?.remove();
      parts.sessions?.remove();
    },
  };
}

/** The organization that the caller administrates; that of the project for everybody else. */
export async function readOrganizationId(ports: AccessPorts, scope: Scope): Promise<string> {
  if (scope.organizationId !== undefined) return scope.organizationId;
  const [row] = await ports.db.read<{ organization_id: string }>(
    'SELECT organization_id FROM projects WHERE id = ?',
    [scope.projectId],
  );
  return row?.organization_id ?? '';
}
