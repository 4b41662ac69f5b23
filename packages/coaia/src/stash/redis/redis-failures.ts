/** What a Redis says when it refuses, and what the system says when it is not there. */
import { isCoaiaError } from '#base';
import type { CoaiaError } from '#base';
import { stashErrors } from '../errors.ts';

const REFUSED =
  /^(?:NOAUTH|WRONGPASS|NOPERM)\b|invalid (?:username-)?password|without any password/i;

/** COAIA-6152 when it is about who asks, else COAIA-6154. `said` is the server's own sentence. */
export function toRefusal(place: string, said: string): CoaiaError {
  const words = said.replaceAll(/\s+/g, ' ').slice(0, 200);
  return REFUSED.test(said)
    ? stashErrors.create('COAIA-6152', `${place} refuses this user or password: ${words}`, {
        hint: 'coaia config explain redis_password',
      })
    : stashErrors.create('COAIA-6154', `${place} refused: ${words}`);
}

/** COAIA-6150; errors of our own stay as they are. */
export function toUnreached(place: string, error: unknown): CoaiaError {
  if (isCoaiaError(error)) return error;
  const { code } = error as { readonly code?: unknown };
  const message = error instanceof Error ? error.message : 'no answer';
  const reason = typeof code === 'string' ? code : message;
  return stashErrors.create('COAIA-6150', `${place} cannot be reached (${reason}).`, {
    hint: 'coaia config explain redis_host',
    cause: error,
  });
}
