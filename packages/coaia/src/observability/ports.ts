/** What the observability room's use cases take: the store and the time. */
import type { Clock } from '#base';
import type { Database } from '#store';
import type { CommentsApi, DashboardsApi, ObservabilityApi, ScoresApi } from '@coaia/client';
import { needs } from '#surface';

export interface ObservabilityPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** COAIA_STRICT=langfuse: refuse what Langfuse refuses. */
  readonly isStrict?: boolean;
}

/** What the room's routes need. */
export const observabilityPorts = needs<ObservabilityPorts>('observability-ports');

/** What the room's commands need: the embedded store or a server, behind one interface. */
export const observabilityApi = needs<ObservabilityApi>('observability');

/** What the commands about scores and score configs need. */
export const scoresApi = needs<ScoresApi>('scores');

/** What the commands about dashboards need. */
export const dashboardsApi = needs<DashboardsApi>('dashboards');

/** What the commands about comments need. */
export const commentsApi = needs<CommentsApi>('comments');
