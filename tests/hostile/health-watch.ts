/** Asks for the server's health all the time, from a thread of its own: what the test does must not count. */
import { Worker } from 'node:worker_threads';

export interface Watch {
  /** Ends the watch; what it saw. */
  readonly stop: () => Promise<Health>;
}

export interface Health {
  readonly answers: number;
  /** Slowest answer in milliseconds, less what the watching thread itself had to wait for a processor. */
  readonly slowestMs: number;
  readonly failures: readonly string[];
}

/** Plain JavaScript: the text of a thread is not compiled. */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const failures = [];
let answers = 0, slowestMs = 0, isOver = false, drift = 0;
parentPort.on('message', () => { isOver = true; });
let last = performance.now();
setInterval(() => { const now = performance.now(); drift += Math.max(0, now - last - 20); last = now; }, 20);
(async () => {
  while (!isOver) {
    const begin = performance.now();
    const before = drift;
    try {
      const answer = await fetch(workerData + '/api/public/health', { signal: AbortSignal.timeout(20000) });
      if (!answer.ok) failures.push('status ' + answer.status);
      await answer.arrayBuffer();
      answers += 1;
    } catch (error) { failures.push(String(error)); }
    await wait(20);
    slowestMs = Math.max(slowestMs, performance.now() - begin - 20 - (drift - before));
    await wait(50);
  }
  parentPort.postMessage({ answers, slowestMs, failures });
  process.exit();
})();
`;

/** Starts watching the server at an address. */
export function watchHealth(url: string): Watch {
  const worker = new Worker(PROGRAM, { eval: true, workerData: url });
  return {
    stop: () =>
      new Promise((resolve, reject) => {
        worker.once('message', resolve).once('error', reject);
        worker.postMessage('stop');
      }),
  };
}
