/** Rows of organizations, projects, keys and people. See `tables.ts`. */

export interface OrganizationRow {
  id: string;
  name: string;
  created_at: number;
}

export interface ProjectRow {
  id: string;
  organization_id: string;
  name: string;
  metadata: string;
  /** Traces older than this many days are removed by a job; NULL: everything is kept. */
  retention_days: number | null;
  created_at: number;
  updated_at: number;
  /** 1: this project has the stricter limits of Langfuse; NULL: as the server is set. */
  strict: number | null;
}

interface KeyRow {
  id: string;
  public_key: string;
  /** SHA-256 of the secret key, hex. */
  secret_hash: string;
  /** `sk-lf-...abcd` for lists. */
  display_secret: string;
  note: string | null;
  created_at: number;
  last_used_at: number | null;
  expires_at: number | null;
}

export interface ApiKeyRow extends KeyRow {
  project_id: string;
  /** What the key may do; NULL: everything that keys may do. */
  role: string | null;
  /** Its own limit; NULL: the server's. */
  requests_per_minute: number | null;
  /** JSON list of `predict:MODEL` and `deploy:MODEL`, the only things it opens; NULL: what its role says. */
  scopes: string | null;
}

/** Keys that administrate an organization; they read and write nothing that projects hold. */
export interface OrganizationKeyRow extends KeyRow {
  organization_id: string;
}

/** One-time sign-in links and the page sessions they are exchanged for. */
export interface SignInRow {
  /** SHA-256 of the token, hex. */
  token_hash: string;
  kind: 'link' | 'session';
  project_id: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
  /** Who signed in; NULL: the owner of this machine. */
  user_id: string | null;
}

export interface UserRow {
  id: string;
  /** Lower case. */
  email: string;
  name: string | null;
  /** The id in the directory that provisions users by SCIM. */
  external_id: string | null;
  /** `scrypt$N$r$p$salt$hash`; NULL: signs in by link only. */
  password_hash: string | null;
  /** 0: may not sign in. */
  active: number;
  created_at: number;
  updated_at: number;
  last_sign_in_at: number | null;
}

interface MembershipRow {
  user_id: string;
  role: string;
  created_at: number;
  updated_at: number;
}

export interface OrganizationMembershipRow extends MembershipRow {
  organization_id: string;
}

export interface ProjectMembershipRow extends MembershipRow {
  project_id: string;
}

/** A project that is being removed, or was: how far the job is. */
export interface ProjectDeletionRow {
  project_id: string;
  organization_id: string;
  name: string;
  requested_by: string;
  requested_at: number;
  /** Table that is being emptied. */
  step: string | null;
  /** Rows removed so far. */
  row_count: number;
  finished_at: number | null;
}

export interface AccessTables {
  organizations: OrganizationRow;
  projects: ProjectRow;
  api_keys: ApiKeyRow;
  organization_keys: OrganizationKeyRow;
  sign_ins: SignInRow;
  users: UserRow;
  organization_memberships: OrganizationMembershipRow;
  project_memberships: ProjectMembershipRow;
  project_deletions: ProjectDeletionRow;
}

/** Primary keys, for upserts. */
export const ACCESS_KEYS = {
  organizations: ['id'],
  projects: ['id'],
  api_keys: ['id'],
  organization_keys: ['id'],
  sign_ins: ['token_hash'],
  users: ['id'],
  organization_memberships: ['organization_id', 'user_id'],
  project_memberships: ['project_id', 'user_id'],
  project_deletions: ['project_id'],
} as const;
