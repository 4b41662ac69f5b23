/**
 * Entry of the thread that moves the write-ahead log into the store file, away from the event loop.
 * A message names the kind of checkpoint; the answer is whether readers or writers kept it from finishing.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Connection } from './connection.ts';

export type CheckpointKind = 'PASSIVE' | 'RESTART' | 'TRUNCATE';

const connection = new Connection((workerData as { readonly path: string }).path, {
  readOnly: false,
  // Holding the writer's lock while waiting for a long reader would stop all writes, so the wait is short.
  busyTimeoutMs: 50,
  durability: 'full',
  cacheMegabytes: 2,
});

parentPort?.on('message', (kind: CheckpointKind | 'close') => {
  if (kind === 'close') {
    connection.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(isHindered(kind));
});

function isHindered(kind: CheckpointKind): boolean {
  try {
    // The first column of the answer is 1 when the checkpoint could not finish.
    return connection.number(`PRAGMA wal_checkpoint(${kind})`) === 1;
  } catch {
    // Locked or a full disk: the log stays as it is and a later round tries again.
    return true;
  }
}
