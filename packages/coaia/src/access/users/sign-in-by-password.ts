/** Signing in with address and password: a page session for the person. */
import type { Clock } from '#base';
import type { Database, UserRow } from '#store';
import { accessErrors } from '../errors.ts';
import { createToken, toHash } from '../keys.ts';
import { toTooMany } from '../limits/key-limit.ts';
import { createTokenBuckets } from '../limits/token-bucket.ts';
import type { RateLimiter } from '../limits/token-bucket.ts';
import { SESSION_MS } from '../sign-in.ts';
import { isPassword } from './password.ts';
import { findUser, listOwnProjects } from './storage.ts';

export interface SignIn {
  readonly user: UserRow;
  readonly projectId: string;
  /** For the cookie; stored hashed. */
  readonly token: string;
}

export interface SignInDesk {
  /**
   * Rejects with COAIA-0323 when address and password do not belong together, the account is closed or has no
   * project, and with COAIA-0324 after too many tries.
   */
  open(email: string, password: string): Promise<SignIn>;
}

/** Tries a minute for one address, and for all of them, since each costs much work. */
const PER_ADDRESS = 5;
const PER_SERVER = 60;

export function createSignInDesk(
  db: Database,
  clock: Clock,
  limiter: RateLimiter = createTokenBuckets(clock),
): SignInDesk {
  const take = async (name: string, perMinute: number, subject: string) => {
    const taken = await limiter.take(name, perMinute);
    if (!taken.isAllowed) throw toTooMany(taken, clock, subject);
  };
  return {
    async open(email, password) {
      const address = email.trim().toLowerCase();
      await take(`sign-in:${address}`, PER_ADDRESS, 'This address');
      await take('sign-in', PER_SERVER, 'This server');
      const user = await findUser(db, address);
      const isRight = await isPassword(password, user?.password_hash ?? null);
      if (user === undefined || !isRight || user.active !== 1) throw refuse();
      return addSession(db, user, clock());
    },
  };
}

/** In the oldest project in which the person has a role. */
async function addSession(db: Database, user: UserRow, now: number): Promise<SignIn> {
  const [project] = await listOwnProjects(db, user.id);
  if (project === undefined) throw refuse();
  const token = createToken();
  await db.write(async (tx) => {
    await tx.run('UPDATE users SET last_sign_in_at = ? WHERE id = ?', [now, user.id]);
    await tx.run('DELETE FROM sign_ins WHERE expires_at < ?', [now]);
    await tx.upsert('sign_ins', [
      {
        token_hash: toHash(token),
        kind: 'session',
        project_id: project.id,
        created_at: now,
        expires_at: now + SESSION_MS,
        used_at: null,
        user_id: user.id,
      },
    ]);
  });
  return { user, projectId: project.id, token };
}

function refuse() {
  return accessErrors.create(
    'COAIA-0323',
    'Email address and password do not belong together, or the account may not sign in.',
    { hint: 'coaia users password EMAIL' },
  );
}
