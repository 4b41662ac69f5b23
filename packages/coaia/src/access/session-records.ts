/** Page sessions as a request needs them: the project, and the person with their roles. */
import type { Database, SignInRow } from '#store';

export interface SessionRecord extends Pick<
  SignInRow,
  'token_hash' | 'project_id' | 'expires_at' | 'user_id'
> {
  readonly organization_id: string | null;
  readonly strict: number | null;
  /** 0 or 1; NULL when nobody, or nobody any more, is meant. */
  readonly active: number | null;
  readonly organization_role: string | null;
  readonly project_role: string | null;
}

/** The session with this hash of its token. */
export async function findSession(db: Database, hash: string): Promise<SessionRecord | undefined> {
  const rows = await db.read<SessionRecord>(
    `SELECT s.token_hash, s.project_id, s.expires_at, s.user_id, p.organization_id, p.strict, u.active,
       om.role AS organization_role, pm.role AS project_role
     FROM sign_ins s
     LEFT JOIN projects p ON p.id = s.project_id
     LEFT JOIN users u ON u.id = s.user_id
     LEFT JOIN organization_memberships om
       ON om.organization_id = p.organization_id AND om.user_id = s.user_id
     LEFT JOIN project_memberships pm ON pm.project_id = s.project_id AND pm.user_id = s.user_id
     WHERE s.token_hash = ? AND s.kind = 'session'`,
    [hash],
  );
  return rows[0];
}
