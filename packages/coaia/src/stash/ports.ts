/** What the stash's routes and actions take. */
import type { Clock, Scope } from '#base';
import type { Database } from '#store';
import { needs } from '#surface';
import type { StashStore } from './entries/entry.ts';

export interface StashPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Where a project's entries are when it is not the store: what the settings of this machine say. */
  readonly open?: (scope: Scope) => StashStore;
}

/** What the room's routes and actions need. */
export const stashPorts = needs<StashPorts>('stash-ports');
