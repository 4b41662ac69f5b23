/** What the curation room's use cases take: the store and the time. */
import type { Clock } from '#base';
import type { Database } from '#store';
import { needs } from '#surface';

export interface CurationPorts {
  readonly db: Database;
  readonly clock: Clock;
}

/** What the room's routes need. */
export const curationPorts = needs<CurationPorts>('curation-ports');
