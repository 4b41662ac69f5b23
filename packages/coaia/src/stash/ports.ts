/** What the stash's routes and actions take. */
import type { Clock } from '#base';
import type { Database } from '#store';
import { needs } from '#surface';
import type { StashStore } from './entries/entry.ts';

export interface OpenStash {
  readonly store: StashStore;
  readonly close: () => void;
}

export interface StashPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Where entries are when it is not the store: what the settings of this machine say. Closed after each step. */
  readonly open?: () => Promise<OpenStash | undefined>;
}

/** What the room's routes and actions need. */
export const stashPorts = needs<StashPorts>('stash-ports');
