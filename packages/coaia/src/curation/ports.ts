/** What the curation room's use cases take: the store, the time, and files of the project. */
import type { Clock } from '#base';
import type { MediaFinder } from '#observability';
import type { Database } from '#store';
import { needs } from '#surface';

export interface CurationPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Uploaded files by id; absent where nobody can reach them. */
  readonly findMedia?: MediaFinder;
}

/** What the room's routes need. */
export const curationPorts = needs<CurationPorts>('curation-ports');

/** The same, with addresses of files that the sender of a request can reach. */
export function toPortsAt(ports: CurationPorts, headers: Headers): CurationPorts {
  const { findMedia } = ports;
  if (findMedia === undefined) return ports;
  return { ...ports, findMedia: (projectId, ids) => findMedia(projectId, ids, headers) };
}
