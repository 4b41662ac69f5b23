/** What the use cases about templates take, and what their commands need. */
import type { Clock } from '#base';
import type { Database } from '#store';
import { needs } from '#surface';
import type { ObservabilityApi, PipelinesApi } from '@coaia/client';
import type { PipelineRunCommandsApi } from '../runs/ports.ts';

export interface TemplatePorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Names of the actions that steps can have; where it is absent they are not checked. */
  readonly actions?: ReadonlySet<string>;
}

/** What the routes need. */
export const templatePorts = needs<TemplatePorts>('template-ports');

/** What the commands need: the embedded store or a server, behind one interface. */
export interface TemplateCommandsApi {
  readonly templates: PipelinesApi;
  readonly observability: Pick<ObservabilityApi, 'ingest'>;
  readonly actions?: ReadonlySet<string>;
  /** Where judges run; absent where nothing can be run. */
  readonly openRuns?: () => Promise<PipelineRunCommandsApi>;
}

export const templatesApi = needs<TemplateCommandsApi>('pipeline-templates');
