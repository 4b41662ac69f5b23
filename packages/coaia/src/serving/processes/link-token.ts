/**
 * What gateway and model host share so that the host knows the calls of its gateway, which tells of them itself. It is
 * a fact of the store that both write to, so a stranger who can reach the host cannot hide behind it.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Database } from '#store';

const NAME = 'serving_link_token';

/** Of a store; made by whoever asks first. 64 hex digits. */
export function readLinkToken(db: Database): Promise<string> {
  return db.write(async (tx) => {
    await tx.lock([NAME]);
    const [known] = await tx.read<{ readonly value: string }>(
      'SELECT value FROM store_settings WHERE name = ?',
      [NAME],
    );
    if (known !== undefined) return known.value;
    const value = randomBytes(32).toString('hex');
    await tx.upsert('store_settings', [{ name: NAME, value }]);
    return value;
  });
}

/** Where predictions go to a server: made of the secret key that reaches it, which it does not give away (RFC 2104). */
export function toLinkToken(secretKey: string): string {
  return createHmac('sha256', secretKey).update('coaia gateway and model host').digest('hex');
}
