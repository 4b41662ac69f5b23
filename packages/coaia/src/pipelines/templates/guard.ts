/** Says where in a template an expression failed. */
import { isCoaiaError } from '#base';
import { templateFailures } from './errors.ts';

/** Does the work; throws COAIA-5005 that begins with the place for any failure of an expression. */
export function guard<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    throw templateFailures.create('COAIA-5005', `${where}: ${error.message}`, { cause: error });
  }
}
