/** A thread that draws resamples, so that no request waits for them. */
import { parentPort, workerData } from 'node:worker_threads';
import { toBootstrap } from './bootstrap.ts';

const lists = workerData as readonly (readonly number[])[];
parentPort?.postMessage(lists.map((differences) => toBootstrap(differences)));
