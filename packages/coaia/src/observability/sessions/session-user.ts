/** Whose session it is. */
import { terminalFailures } from '../terminal/errors.ts';

/** The user who was named, else COAIA_USER_ID. Throws COAIA-1064 when neither is there. */
export function findUserId(
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const userId = given ?? env['COAIA_USER_ID'];
  if (userId !== undefined && userId !== '') return userId;
  throw terminalFailures.create('COAIA-1064', 'The id of the user is missing.', {
    hint: 'coaia fuse sessions create SESSION_ID USER_ID',
  });
}
