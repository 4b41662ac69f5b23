/** A runtime without workers: sums the columns of each row, says how much memory it takes, fails when told. */
import type { Batch } from '../../tensors/tensor.ts';
import type { PredictOptions, Prediction, Runtime, RuntimeState } from '../../runtimes/runtime.ts';
import type { VersionManifest } from '../../versions/version.ts';

export interface FakeRuntimes {
  readonly open: (manifest: VersionManifest) => Runtime;
  /** Versions in the order of their opening: `sum/1`. */
  readonly opened: string[];
  readonly drained: string[];
  readonly closed: string[];
  /** Loaded now. */
  readonly loaded: Set<string>;
  /** Thrown by the next loads. */
  failure: Error | undefined;
  /** Awaited inside of each prediction. */
  pause: Promise<void> | undefined;
  /** Rows of each call that reached a model. */
  readonly calls: number[];
}

const BYTES = 1_000_000;

export function makeFakeRuntimes(): FakeRuntimes {
  const fakes: FakeRuntimes = {
    open: (manifest) => openFake(fakes, manifest),
    opened: [],
    drained: [],
    closed: [],
    loaded: new Set(),
    failure: undefined,
    pause: undefined,
    calls: [],
  };
  return fakes;
}

function openFake(fakes: FakeRuntimes, manifest: VersionManifest): Runtime {
  const key = `${manifest.model}/${manifest.version}`;
  let state: RuntimeState = 'loading';
  let busy = 0;
  let whenIdle = () => {};
  fakes.opened.push(key);
  const { failure } = fakes;
  const ready = new Promise<void>((resolve, reject) => {
    setTimeout(() => {
      state = failure === undefined ? 'ready' : 'failed';
      if (failure === undefined) fakes.loaded.add(key);
      if (failure === undefined) resolve();
      else reject(failure);
    }, 2);
  });
  ready.catch(() => {});
  const end = () => {
    state = 'unloaded';
    fakes.loaded.delete(key);
  };
  return {
    info: {
      model: manifest.model,
      version: String(manifest.version),
      platform: 'python_function',
      signature: manifest.signature,
      inputs: manifest.signature.inputs.map((field) => ({ ...field, shape: [-1, ...field.shape] })),
      outputs: manifest.signature.outputs.map((field) => ({
        ...field,
        shape: [-1, ...field.shape],
      })),
    },
    async predict(batch, options) {
      busy += 1;
      try {
        await fakes.pause;
        fakes.calls.push(batch.rows);
        return answer(batch, options);
      } finally {
        busy -= 1;
        if (busy === 0) whenIdle();
      }
    },
    health: () => ({ state, workers: 1, busy, queued: 0, restarts: 0, bytes: BYTES }),
    ready: () => ready,
    async drain() {
      if (busy > 0) await new Promise<void>((resolve) => (whenIdle = resolve));
      fakes.drained.push(key);
      end();
    },
    async close() {
      fakes.closed.push(key);
      end();
    },
  };
}

function answer(batch: Batch, options: PredictOptions): Prediction {
  const sums = Float64Array.from({ length: batch.rows }, (_, row) =>
    batch.columns.reduce((sum, column) => sum + Number(column.data[row]), 0),
  );
  return {
    outputs: [{ name: 'prediction', datatype: 'FP64', shape: [batch.rows], data: sums }],
    warnings: sums.includes(42) ? [`${options.requestId} adds up to 42`] : [],
    timings: { queueMs: 0, workerMs: 0.25, batchRows: batch.rows },
  };
}
