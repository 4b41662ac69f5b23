/** Proof that a webhook comes from here: HMAC-SHA256 over time and body, as many services do it. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret: 32 random bytes. */
export function createWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64url')}`;
}

/** `t=SECONDS,v1=HEX`, HEX being the HMAC of `SECONDS.BODY` under the whole secret. `now` in milliseconds. */
export function toSignature(secret: string, body: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${toHmac(secret, `${seconds}.${body}`)}`;
}

/** For receivers and tests: true for a signature of this body that is at most so many seconds old. */
export function isSignature(
  secret: string,
  body: string,
  { header, now, maxSeconds = 300 }: { header: string; now: number; maxSeconds?: number },
): boolean {
  const { t, v1 = '' } = Object.fromEntries(
    header.split(',').map((part) => part.split('=')),
  ) as Readonly<Record<string, string | undefined>>;
  const expected = toHmac(secret, `${t}.${body}`);
  const isRecent = Math.abs(now / 1000 - Number(t)) <= maxSeconds;
  const [given, wanted] = [Buffer.from(v1), Buffer.from(expected)];
  return isRecent && given.length === wanted.length && timingSafeEqual(given, wanted);
}

function toHmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}
