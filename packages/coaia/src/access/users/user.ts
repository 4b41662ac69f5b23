/** People: what is known about them, and how an address must look. */
import { invalidRequest, toIso } from '#base';
import type { UserRow } from '#store';

export interface UserRecord {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly isActive: boolean;
  /** True when a password was set; otherwise only sign-in links work. */
  readonly hasPassword: boolean;
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
}

const EMAIL = /^[^\s@<>"]{1,128}@[^\s@<>"]{1,128}$/;

/** Lower case. Throws COAIA-0002 for what is no address. */
export function toEmail(text: string): string {
  const email = text.trim().toLowerCase();
  if (EMAIL.test(email)) return email;
  throw invalidRequest(`${JSON.stringify(text)} is not an email address.`);
}

export function toUserRecord(row: UserRow): UserRecord {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    isActive: row.active === 1,
    hasPassword: row.password_hash !== null,
    createdAt: toIso(row.created_at),
    lastSignInAt: row.last_sign_in_at === null ? null : toIso(row.last_sign_in_at),
  };
}
