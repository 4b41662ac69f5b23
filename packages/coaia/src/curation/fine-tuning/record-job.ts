/** Every job is a trace: the upload, the training, and how it ended. */
import { createId, createObservationId, toIso } from '#base';
import type { IngestionEvent } from '#base';
import type { FineTuningJobRow } from '#store';
import { isActive } from './job.ts';

function toEvent(type: string, time: number, body: Record<string, unknown>): IngestionEvent {
  return { id: createId(), type, timestamp: toIso(time), body };
}

/** The trace and the span of the upload, once the service has taken the job. */
export function toStartEvents(
  row: FineTuningJobRow,
  uploadStart: number,
): readonly IngestionEvent[] {
  const input = {
    model: row.base_model,
    examples: row.example_count,
    digest: row.digest,
    hyperparameters: JSON.parse(row.hyperparameters) as unknown,
    ...(row.dataset_name === null ? {} : { dataset: row.dataset_name }),
  };
  const metadata = { job_id: row.id, provider: row.provider, provider_job_id: row.provider_job_id };
  return [
    toEvent('trace-create', row.checked_at, {
      id: row.trace_id,
      name: `Fine-tuning: ${row.base_model}`,
      timestamp: toIso(uploadStart),
      input,
      metadata,
      tags: ['fine-tuning'],
    }),
    toEvent('span-create', row.checked_at, {
      id: createObservationId(),
      traceId: row.trace_id,
      name: 'upload',
      startTime: toIso(uploadStart),
      endTime: toIso(row.checked_at),
      input: { examples: row.example_count, digest: row.digest },
      output: { job: row.provider_job_id },
    }),
  ];
}

/** The span of the training and the trace's output, once the job has ended. */
export function toEndEvents(row: FineTuningJobRow): readonly IngestionEvent[] {
  if (isActive(row)) return [];
  const output = {
    state: row.state,
    model: row.result_model,
    ...(row.trained_tokens === null ? {} : { trained_tokens: row.trained_tokens }),
    ...(row.error === null ? {} : { error: row.error }),
  };
  const hasFailed = row.state === 'failed';
  return [
    toEvent('span-create', row.checked_at, {
      id: createObservationId(),
      traceId: row.trace_id,
      name: 'train',
      startTime: toIso(row.started_at ?? row.created_at),
      endTime: toIso(row.finished_at ?? row.checked_at),
      input: { model: row.base_model },
      output,
      ...(hasFailed ? { level: 'ERROR', statusMessage: row.error ?? 'failed' } : {}),
    }),
    toEvent('trace-create', row.checked_at, { id: row.trace_id, output }),
  ];
}
