/** A process that predicts every few milliseconds and prints each request id; killed by its test. Argument: the store. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '#store';
import { openObserver } from '../open-observer.ts';
import { makePrediction, SCOPE, SIGNATURE, toPorts } from './make-predictions.ts';

const [path = ''] = process.argv.slice(2);
const db = await openDatabase({ kind: 'sqlite', path }, { mode: 'process', migrate: 'create' });
const observer = openObserver(toPorts(db), {
  scope: SCOPE,
  log: { payload: 'all', sample: 1, redact: [] },
  findSignature: () => SIGNATURE,
});
for (;;) {
  const made = makePrediction();
  observer.record(made);
  process.stdout.write(`${made.requestId}\n`);
  await sleep(5);
}
