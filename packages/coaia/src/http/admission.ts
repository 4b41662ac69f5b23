/** Admission control: a server that is asked for more than it can do says so at once instead of dying slowly. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { commonErrors } from '#base';
import type { CoaiaError } from '#base';
import type { Limits } from './limits.ts';

/** One admitted request. */
export interface Admitted {
  /** Counts bytes of its body; throws COAIA-0006 when all bodies together are too large. */
  readonly reserve: (bytes: number) => void;
  /** Ends the request; may be called twice. */
  readonly close: () => void;
}

export interface Admission {
  /** Takes a request on, or throws COAIA-0006 (503 with Retry-After). */
  readonly add: () => Admitted;
  /** Requests being worked on. */
  readonly inFlight: number;
  /** Why the server would refuse work now; empty when it would not. */
  readonly reasons: () => readonly string[];
  readonly close: () => void;
}

const SAMPLE_MS = 500;

/** Starts the guard; `close` stops its timer. */
export function openAdmission(limits: Limits): Admission {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  let inFlight = 0;
  let bytes = 0;
  let delayMs = 0;
  const timer = setInterval(() => {
    // The histogram is NaN when the loop was blocked for the whole sample.
    delayMs = Number.isFinite(histogram.mean) ? histogram.mean / 1e6 : SAMPLE_MS;
    histogram.reset();
  }, SAMPLE_MS).unref();

  const findReason = () => {
    if (inFlight >= limits.inFlight) return `${limits.inFlight} requests are in flight`;
    if (delayMs > limits.loopDelayMs && inFlight >= limits.calmInFlight)
      return `the server is ${Math.round(delayMs)} ms behind`;
    return undefined;
  };

  return {
    add() {
      const reason = findReason();
      if (reason !== undefined) throw busy(reason);
      inFlight++;
      let held = 0;
      let isOpen = true;
      return {
        reserve(more) {
          if (bytes + more > limits.inFlightBytes)
            throw busy(`bodies of ${limits.inFlightBytes} bytes are in flight`);
          bytes += more;
          held += more;
        },
        close() {
          if (!isOpen) return;
          isOpen = false;
          inFlight--;
          bytes -= held;
        },
      };
    },
    get inFlight() {
      return inFlight;
    },
    reasons() {
      const reason = findReason();
      return reason === undefined ? [] : [reason];
    },
    close() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}

function busy(reason: string): CoaiaError {
  return commonErrors.create(
    'COAIA-0006',
    `The server is busy: ${reason}. Try again in a second.`,
    {
      headers: { 'retry-after': '1' },
    },
  );
}
