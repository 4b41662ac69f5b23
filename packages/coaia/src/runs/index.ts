/** Floor 2: the durable engine. */
export type * from './engine.ts';
export type * from './schedules/schedule.ts';
