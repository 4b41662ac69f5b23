/** Floor 1: delivers run ids to workers, in this process or through Redis. */
import type { Dispatcher } from './dispatcher.ts';
import type { RedisDispatcherOptions } from './redis-dispatcher.ts';

export type { Delivery, Dispatcher, DueRun, RunRef } from './dispatcher.ts';
export { openEmbeddedDispatcher } from './embedded-dispatcher.ts';
export { queueErrors } from './errors.ts';
export { createWaiter } from './waiter.ts';
export { toNotices } from './notices.ts';
export type { Notices } from './notices.ts';
export type { RedisDispatcherOptions } from './redis-dispatcher.ts';
export { listPausedQueues, pauseQueue, resumeQueue } from './paused-queues.ts';

/** See redis-dispatcher.ts; BullMQ is loaded by those who use it. */
export async function openRedisDispatcher(options: RedisDispatcherOptions): Promise<Dispatcher> {
  const { openRedisDispatcher: open } = await import('./redis-dispatcher.ts');
  return open(options);
}
