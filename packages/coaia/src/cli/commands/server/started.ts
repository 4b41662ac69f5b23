/** What a started server tells the person who started it. */
import type { Credentials } from '#access';

export interface Started {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** One-time token of the sign-in link. */
  readonly token: string;
  /** The pair in the home; undefined when it does not lie there. */
  readonly credentials: Credentials | undefined;
}
