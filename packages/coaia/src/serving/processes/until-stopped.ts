/** When a serving process ends: it is told to, or whoever started it is gone. */

/**
 * Resolves when the signal is aborted or, with `withParent`, when stdin ends: a parent that was killed closes it
 * too, so that no child outlives it.
 */
export function untilStopped(signal: AbortSignal, withParent: boolean): Promise<void> {
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
