/** Signing a browser in without a password: a link that works once becomes a session cookie. */
import { systemClock } from '#base';
import type { Clock } from '#base';
import type { Database } from '#store';
import type { Access } from './access.ts';
import { createToken, toHash } from './keys.ts';

const LINK_MS = 10 * 60_000;
/** Life of a page session. */
export const SESSION_MS = 30 * 24 * 60 * 60_000;

export interface SignInLink {
  readonly token: string;
  /** `/?k=<token>`, to be put behind the server's address. */
  readonly path: string;
  readonly expiresAt: number;
}

/** Makes a link that signs one browser in to a project, once, within ten minutes. */
export async function createSignInLink(
  db: Database,
  projectId: string,
  options: {
    readonly clock?: Clock;
    /** Absent: the owner of this machine. */ readonly userId?: string;
  } = {},
): Promise<SignInLink> {
  const { clock = systemClock, userId = null } = options;
  const token = createToken();
  const now = clock();
  await db.write(async (transaction) => {
    await transaction.run('DELETE FROM sign_ins WHERE expires_at < ?', [now]);
    await transaction.upsert('sign_ins', [
      {
        token_hash: toHash(token),
        kind: 'link',
        project_id: projectId,
        created_at: now,
        expires_at: now + LINK_MS,
        used_at: null,
        user_id: userId,
      },
    ]);
  });
  return { token, path: `/?k=${token}`, expiresAt: now + LINK_MS };
}

/** Exchanges a link's token for a session token; undefined when it is unknown, used or expired. */
export async function openSession(access: Access, token: string): Promise<string | undefined> {
  const session = createToken();
  const hash = toHash(token);
  const now = access.clock();
  return access.db.write(async (transaction) => {
    const used = await transaction.run(
      "UPDATE sign_ins SET used_at = ? WHERE token_hash = ? AND kind = 'link' AND used_at IS NULL AND expires_at > ?",
      [now, hash, now],
    );
    if (used !== 1) return undefined;
    const [link] = await transaction.read<{ project_id: string; user_id: string | null }>(
      'SELECT project_id, user_id FROM sign_ins WHERE token_hash = ?',
      [hash],
    );
    if (link === undefined) return undefined;
    await transaction.upsert('sign_ins', [
      {
        ...link,
        token_hash: toHash(session),
        kind: 'session',
        created_at: now,
        expires_at: now + SESSION_MS,
        used_at: null,
      },
    ]);
    return session;
  });
}

/** Ends a page session here at once, in other processes within five seconds. */
export async function closeSession(access: Access, token: string): Promise<void> {
  const hash = toHash(token);
  await access.db.write((transaction) =>
    transaction.run("DELETE FROM sign_ins WHERE token_hash = ? AND kind = 'session'", [hash]),
  );
  access.sessions.remove(hash);
}
