/** Sends the same request from several callers and counts what came back. */

export interface MeasureOptions {
  readonly clients: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** One request of one caller, who is told by number; rejects when it fails. */
  readonly send: (client: number) => Promise<void>;
  /** Left out at the beginning, in milliseconds: connections open and code is compiled. */
  readonly warmUpMs?: number;
}

export interface Measurement {
  /** Answered after the warm-up. */
  readonly requests: number;
  readonly errors: number;
  readonly firstError?: string;
  /** Measured, without the warm-up. */
  readonly seconds: number;
  readonly perSecond: number;
  /** Milliseconds of the answered requests; zero when there were none. */
  readonly ms: {
    readonly p50: number;
    readonly p90: number;
    readonly p99: number;
    readonly max: number;
  };
}

/** Every caller waits for its answer before it asks again. A failure counts and does not end it. */
export async function measure(options: MeasureOptions): Promise<Measurement> {
  const { clients, seconds, signal, send, warmUpMs = 1000 } = options;
  const start = performance.now() + Math.min(warmUpMs, (seconds * 1000) / 2);
  const end = start + seconds * 1000;
  const times: number[] = [];
  let errors = 0;
  let firstError: string | undefined;
  const call = async (client: number) => {
    while (performance.now() < end && !signal.aborted) {
      const began = performance.now();
      try {
        await send(client);
        if (began >= start) times.push(performance.now() - began);
      } catch (error) {
        if (began >= start) errors++;
        firstError ??= error instanceof Error ? error.message : String(error);
        // A service that is gone refuses at once: without a pause this would only burn time.
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => call(client)));
  const measured = Math.max(0.001, (performance.now() - start) / 1000);
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    errors,
    ...(firstError === undefined ? {} : { firstError }),
    seconds: measured,
    perSecond: times.length / measured,
    ms: {
      p50: pick(times, 0.5),
      p90: pick(times, 0.9),
      p99: pick(times, 0.99),
      max: times.at(-1) ?? 0,
    },
  };
}

/** The nearest rank: the smallest value that at least this share does not exceed. */
function pick(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
