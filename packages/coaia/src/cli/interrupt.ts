/** One signal for Ctrl-C, --timeout and a closed pipe. */
import { cliErrors } from './errors.ts';
import type { CliIo } from './io.ts';

export interface Interrupt {
  readonly signal: AbortSignal;
  /** True once Ctrl-C was pressed or the process was asked to end. */
  readonly isInterrupted: () => boolean;
  /** True once nobody reads stdout any more. */
  readonly isClosed: () => boolean;
  /** The error of a --timeout that has passed. */
  readonly toTimeoutError: () => Error | undefined;
  /** Tells the command that stdout is closed. */
  readonly closeOutput: () => void;
  readonly close: () => void;
}

/** Listens until `close`. The second Ctrl-C ends the process at once. */
export function openInterrupt(io: CliIo, timeoutSeconds: number | undefined): Interrupt {
  const controller = new AbortController();
  let reason: 'interrupt' | 'timeout' | 'closed' | undefined;
  const abort = (why: 'interrupt' | 'timeout' | 'closed') => {
    reason ??= why;
    controller.abort(new DOMException(`stopped: ${why}`, 'AbortError'));
  };
  const stop = io.onInterrupt(() => abort('interrupt'));
  const timer =
    timeoutSeconds === undefined
      ? undefined
      : setTimeout(() => abort('timeout'), timeoutSeconds * 1000);
  return {
    signal: controller.signal,
    isInterrupted: () => reason === 'interrupt',
    isClosed: () => reason === 'closed',
    toTimeoutError: () =>
      reason === 'timeout'
        ? cliErrors.create('COAIA-0503', `The command did not end within ${timeoutSeconds} s.`, {
            hint: 'give it more time with --timeout SECONDS',
          })
        : undefined,
    closeOutput: () => abort('closed'),
    close: () => {
      stop();
      clearTimeout(timer);
      if (reason !== undefined) io.endSoon();
    },
  };
}
