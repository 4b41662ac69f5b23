/** A wait that can be ended early. */

export interface Waiter {
  /** Ends the wait under way, or the next one. */
  readonly wake: () => void;
  /** Resolves true when `wake` was called since the last wait, false when the time is over. */
  readonly wait: (milliseconds: number) => Promise<boolean>;
}

export function createWaiter(): Waiter {
  let isAwake = false;
  let end: (() => void) | undefined;
  return {
    wake() {
      isAwake = true;
      end?.();
    },
    async wait(milliseconds) {
      if (!isAwake) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      end = undefined;
      const wasAwake = isAwake;
      isAwake = false;
      return wasAwake;
    },
  };
}
