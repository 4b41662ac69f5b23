/** The door of the curation room: prompts, datasets, experiments and queues. */
import type { Route } from '#surface';

export { curationErrors } from './errors.ts';
export { curationPorts, type CurationPorts } from './ports.ts';

/** Every route of the room; they bring their schemas, which only the server needs. */
export async function loadCurationRoutes(): Promise<readonly Route[]> {
  const { curationRoutes } = await import('./routes.ts');
  return curationRoutes;
}
