/** What fine-tuning takes, and what its commands need. */
import type { Clock, Recorder } from '#base';
import type { Database, Transaction } from '#store';
import { needs } from '#surface';
import type { DatasetsApi, FineTuningApi, FineTuningProvider } from '@coaia/client';
import type { Trainer } from './trainer.ts';

export interface FineTuningPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Through which jobs become traces. */
  readonly recorder: Recorder<Transaction>;
  readonly trainers: Readonly<Record<FineTuningProvider, Trainer>>;
}

/** What the routes need. */
export const fineTuningPorts = needs<FineTuningPorts>('fine-tuning-ports');

/** The embedded store or a server, behind one interface. */
export const fineTuningApi = needs<
  FineTuningApi & Pick<DatasetsApi, 'getDataset' | 'listDatasetItems'>
>('fine-tuning');
