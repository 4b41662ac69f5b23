/** What the room's own actions take. */
import type { Clock, Scope } from '#base';
import type { Egress } from '#egress';
import type { ModelPorts } from '#models';
import type { MediaCommandsApi } from '#observability';
import type { Database } from '#store';
import { needs } from '#surface';

export interface ActionPorts {
  readonly db: Database;
  readonly clock: Clock;
  readonly models: ModelPorts;
  readonly egress: Pick<Egress, 'fetch'>;
  /** Files of traces; bytes go straight to where they lie. */
  readonly openMedia: (scope: Scope) => Promise<MediaCommandsApi>;
  /** A folder of this run alone, made on the first call; gone when the run has ended. */
  readonly openWorkFolder: (runId: string) => string;
}

export const actionPorts = needs<ActionPorts>('pipeline-action-ports');
