/** Bootstraps of several measures: small ones at once, more in a thread, one request's thread at a time. */
import { toBootstrap, toResamples, type BootstrapResult } from './bootstrap.ts';

/** About 10 ms of drawing. */
const DRAWS_AT_ONCE = 1_000_000;

type Lists = readonly (readonly number[])[];
type Results = readonly (BootstrapResult | null)[];

let last: Promise<unknown> = Promise.resolve();

/** The interval of each list of differences, in their order. */
export async function runBootstraps(lists: Lists): Promise<Results> {
  const draws = lists.reduce((sum, { length }) => sum + length * toResamples(length), 0);
  if (draws <= DRAWS_AT_ONCE) return lists.map((differences) => toBootstrap(differences));
  const turn = last.then(() => runThread(lists));
  last = turn.catch(() => undefined);
  return turn;
}

function runThread(lists: Lists): Promise<Results> {
  // Loaded here: most comparisons are small and need no thread.
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./bootstrap-worker.ts', import.meta.url), {
      workerData: lists,
      execArgv: [],
    });
    worker.once('message', (results: Results) => {
      resolve(results);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', () =>
      reject(new Error('the thread that draws resamples ended without a result')),
    );
  });
}
