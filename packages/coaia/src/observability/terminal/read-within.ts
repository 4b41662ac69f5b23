/** Reading again until something is there, for servers that show what was written only after a while. */
import { isCoaiaError } from '#base';

export const waitOption = {
  wait: {
    type: 'number',
    placeholder: 'SECONDS',
    summary: 'Wait up to this long for a server that shows it late',
  },
} as const;

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2000;

/**
 * What `read` answers as soon as it does not fail with COAIA-0003; its last failure once the seconds have passed.
 * Without seconds it is asked once.
 */
export async function readWithin<T>(
  seconds: number | undefined,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T> {
  const end = Date.now() + (seconds ?? 0) * 1000;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await read();
    } catch (error) {
      const isMissing = isCoaiaError(error) && error.code === 'COAIA-0003';
      if (!isMissing || Date.now() + pause > end || signal.aborted) throw error;
    }
    await toPause(pause, signal);
  }
}

/** Ends early when the signal is aborted. */
function toPause(length: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, length);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
