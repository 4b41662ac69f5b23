/** What the use cases of schedules take, and what their commands need. */
import type { SchedulesApi as EngineSchedules } from '#runs';
import { needs } from '#surface';
import type { SchedulesApi } from '@coaia/client';
import type { PipelineRunPorts } from '../runs/ports.ts';

export interface SchedulePorts extends Pick<
  PipelineRunPorts,
  'db' | 'clock' | 'secrets' | 'findAction' | 'toPlaces' | 'env'
> {
  readonly schedules: EngineSchedules;
}

/** What the routes need. */
export const schedulePorts = needs<SchedulePorts>('schedule-ports');

/** What the commands need: the embedded store or a server, behind one interface. */
export const schedulesApi = needs<SchedulesApi>('schedules');
