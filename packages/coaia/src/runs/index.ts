/** Floor 2: the durable engine. */
export type * from './engine.ts';
export type * from './schedules/schedule.ts';
export { runErrors } from './errors.ts';
export { openEngine } from './open-engine.ts';
export type { EngineOptions } from './open-engine.ts';
export { openRuns } from './open-runs.ts';
export type { RunsOptions } from './open-runs.ts';
export { pruneRuns } from './prune-runs.ts';
export type { WorkerIdentity } from './worker-identity.ts';
export { openScheduler } from './schedules/open-scheduler.ts';
export type { SchedulerOptions } from './schedules/open-scheduler.ts';
export { openSchedules } from './schedules/open-schedules.ts';
export type { SchedulesOptions } from './schedules/open-schedules.ts';
export { checkTiming } from './schedules/timing.ts';
