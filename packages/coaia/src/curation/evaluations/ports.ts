/** What evaluating takes: the store, the time, a way to models, and the recorder for scores. */
import type { Recorder } from '#base';
import type { ChatModels } from '#models';
import type { Transaction } from '#store';
import { needs } from '#surface';
import type { CurationPorts } from '../ports.ts';

export interface EvaluationPorts extends Pick<CurationPorts, 'db' | 'clock'> {
  readonly chat: Pick<ChatModels, 'send'>;
  /** Writes scores inside the transaction that also notes the evaluation as done. */
  readonly recorder: Recorder<Transaction>;
}

/** What the routes that evaluate need. */
export const evaluationPorts = needs<EvaluationPorts>('evaluation-ports');
