/** What stands behind a need of a command. */
import type { Scope } from '#base';
import type { Database } from '#store';
import type { CoaiaClient } from '@coaia/client';
import type { Opened, OpenNeedOptions } from './open-options.ts';

export interface Implementation {
  /** Opens what needs neither store nor server; undefined: this time it does need one. */
  readonly openAlone?: (options: OpenNeedOptions) => Promise<Opened | undefined>;
  readonly openLocal: (db: Database, scope: Scope, options: OpenNeedOptions) => Promise<unknown>;
  readonly openRemote: (client: CoaiaClient, options: OpenNeedOptions) => Promise<unknown>;
}
