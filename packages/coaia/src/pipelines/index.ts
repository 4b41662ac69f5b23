/** The door of the pipelines room: templates, environments, runs, schedules. */
import type { Route } from '#surface';

/** Every route of the room; they bring their schemas, which only the server needs. */
export async function loadPipelineRoutes(): Promise<readonly Route[]> {
  const { pipelineRoutes } = await import('./routes.ts');
  return pipelineRoutes;
}
