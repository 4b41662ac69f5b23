/** Floor 1: delivers run ids to workers, in this process or through Redis. */
export type { Delivery, Dispatcher, DueRun, RunRef } from './dispatcher.ts';
export { openEmbeddedDispatcher } from './embedded-dispatcher.ts';
export { toNotices } from './notices.ts';
export type { Notices } from './notices.ts';
export { listPausedQueues, pauseQueue, resumeQueue } from './paused-queues.ts';
