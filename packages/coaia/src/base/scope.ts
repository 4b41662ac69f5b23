/** Who is asking, and for which project. Every use case takes one; storage never reads without it. */

/**
 * What a credential opens. `scores`: only write scores (Bearer public key of a browser). `organization`: projects,
 * keys and people of one organization, but nothing that lies in its projects.
 */
export type AccessLevel = 'project' | 'scores' | 'organization';

/** What a person, or a key that is bound to a role, may do; `access/roles` says what each of them may. */
export type Role = 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER' | 'NONE';

export interface Scope {
  /** Empty for keys of organizations. */
  readonly projectId: string;
  readonly level: AccessLevel;
  /** How the caller proved itself: a key pair, a signed-in page, or the command line on the store itself. */
  readonly via: 'key' | 'page' | 'local';
  /** Public key that was used, for the audit trail; absent for `local`. */
  readonly publicKey?: string;
  /** The organization of the project, or the one whose key was used; absent where nobody asked for it. */
  readonly organizationId?: string;
  /** The person who is signed in; absent for keys and for the owner of this machine. */
  readonly userId?: string;
  /** In this project. Absent: `page` and `local` are the owner of this machine, keys have the rights of keys. */
  readonly role?: Role;
  /** In the organization of this project; absent like `role`. */
  readonly organizationRole?: Role;
  /**
   * The only things that the key opens, `predict:MODEL` and `deploy:MODEL`; `*` is every model. Absent: everything
   * that its role may.
   */
  readonly scopes?: readonly string[];
  /** Whether the project wants the stricter limits of Langfuse; absent: as the server is set. */
  readonly isStrict?: boolean;
}

/** True for owners and admins: people by their role, keys only when they are bound to one of these roles. */
export function isAdministrator(scope: Scope): boolean {
  if (scope.role === undefined) return scope.via !== 'key';
  return scope.role === 'OWNER' || scope.role === 'ADMIN';
}
