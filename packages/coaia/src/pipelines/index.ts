/** The door of the pipelines room: templates, environments, runs, schedules. */
import type { Scope } from '#base';
import type { Route } from '#surface';
import type { PipelinesApi } from '@coaia/client';
import type { TemplatePorts } from './stored/ports.ts';

export { templatePorts, type TemplateCommandsApi, type TemplatePorts } from './stored/ports.ts';

/** Every route of the room; they bring their schemas, which only the server needs. */
export async function loadPipelineRoutes(): Promise<readonly Route[]> {
  const { pipelineRoutes } = await import('./routes.ts');
  return pipelineRoutes;
}

/** The calls about templates over the embedded store. */
export async function openLocalTemplates(
  ports: TemplatePorts,
  scope: Scope,
): Promise<PipelinesApi> {
  const { createLocalTemplates } = await import('./stored/local-templates.ts');
  return createLocalTemplates(ports, scope);
}
