/** When a serving process ends: it is told to, or whoever started it is gone. */
import type { ServiceLog } from '../gateway/service-log.ts';

/**
 * Resolves when the signal is aborted or, with `withParent`, when stdin ends: a parent that was killed closes it
 * too, so that no child outlives it. Until then a stray rejection is told to `log` and ends nothing: others are being
 * answered.
 */
export async function untilStopped(
  signal: AbortSignal,
  withParent: boolean,
  log: Pick<ServiceLog, 'say'>,
): Promise<void> {
  const onStray = (reason: unknown) =>
    log.say('error', reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
  process.on('unhandledRejection', onStray);
  await wait(signal, withParent);
  process.off('unhandledRejection', onStray);
}

function wait(signal: AbortSignal, withParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const stop = () => {
      signal.removeEventListener('abort', stop);
      if (withParent) process.stdin.removeAllListeners().destroy();
      resolve();
    };
    signal.addEventListener('abort', stop);
    if (withParent) process.stdin.on('end', stop).on('close', stop).on('error', stop).resume();
  });
}
