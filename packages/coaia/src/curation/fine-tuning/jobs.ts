/** What can be done with fine-tuning jobs. */
import { createId, createTraceId, isCoaiaError, notFound } from '#base';
import type { Scope } from '#base';
import type { FineTuningJobRow } from '#store';
import type { FineTuningJob, FineTuningProvider } from '@coaia/client';
import { fineTuningFailures } from './errors.ts';
import { ACTIVE, isActive, STATES, toFingerprint, toJob } from './job.ts';
import type { FineTuningPorts } from './ports.ts';
import { toEndEvents, toStartEvents } from './record-job.ts';
import type { FineTuningBody, FineTuningListQuery } from './schema.ts';
import { readActiveJob, readJob, readJobs } from './storage.ts';
import type { TrainingPlace, TrainingReport } from './trainer.ts';
import { FEWEST_EXAMPLES, readTrainingFile } from './training-file.ts';

const MOST_JOBS = 100;

/**
 * Checks the files, uploads them and starts the job; the same order while one is active answers that one.
 * Throws COAIA-2300, 2301 before anything is sent, and what the trainer throws.
 */
export async function createJob(
  ports: FineTuningPorts,
  scope: Scope,
  input: FineTuningBody,
): Promise<FineTuningJob> {
  const { db, clock, trainers } = ports;
  const { provider, model, suffix, datasetName, hyperparameters = {} } = input;
  const fewest = provider === 'local' ? 1 : FEWEST_EXAMPLES;
  const training = readTrainingFile(input.training, { fewest });
  if (input.validation !== undefined) readTrainingFile(input.validation, { fewest: 1 });
  const order = { model, suffix, hyperparameters, validation: input.validation };
  const place = [provider, input.connection ?? null];
  const fingerprint = toFingerprint([training.digest, order, place]);
  const active = await readActiveJob(db, scope.projectId, fingerprint);
  if (active !== undefined && input.force !== true) return refresh(ports, scope, active);
  const id = createId();
  const startedUpload = clock();
  const begun = await trainers[provider].start(
    scope,
    { ...order, jobId: id, training: input.training },
    input.connection,
  );
  const row: FineTuningJobRow = {
    project_id: scope.projectId,
    id,
    provider,
    connection: begun.connection,
    base_model: model,
    suffix: suffix ?? null,
    fingerprint,
    digest: training.digest,
    example_count: training.exampleCount,
    dataset_name: datasetName ?? null,
    hyperparameters: JSON.stringify(hyperparameters),
    trace_id: createTraceId(),
    created_at: startedUpload,
    ...toColumns(begun, clock()),
  };
  await db.write(async (tx) => {
    await tx.upsert('fine_tuning_jobs', [row]);
    await ports.recorder.record(tx, scope, toStartEvents(row, startedUpload));
    await ports.recorder.record(tx, scope, toEndEvents(row));
  });
  return toJob(row);
}

function toColumns(report: TrainingReport, now: number) {
  return {
    provider_job_id: report.providerJobId,
    state: report.state,
    result_model: report.resultModel,
    started_at: report.startedAt,
    finished_at: report.finishedAt,
    trained_tokens: report.trainedTokens,
    error: report.error,
    checked_at: now,
  };
}

/** Newest first; without `all` or a state those at work. Each of these is asked about first. */
export async function listJobs(
  ports: FineTuningPorts,
  scope: Scope,
  { all, provider, state, limit = MOST_JOBS }: FineTuningListQuery,
): Promise<{ readonly data: readonly FineTuningJob[] }> {
  const wanted = all === true ? STATES : ACTIVE;
  const states = state === undefined ? wanted : [state];
  const rows = await readJobs(ports.db, scope.projectId, { states, provider, limit });
  const data = await Promise.all(rows.map((row) => refresh(ports, scope, row)));
  return { data };
}

/** One job, as its trainer says it is now. */
export async function getJob(
  ports: FineTuningPorts,
  scope: Scope,
  id: string,
): Promise<FineTuningJob> {
  return refresh(ports, scope, await findJob(ports, scope, id));
}

/** Ends it; one that was cancelled stays so. Throws COAIA-2302 for others that have ended. */
export async function cancelJob(
  ports: FineTuningPorts,
  scope: Scope,
  id: string,
): Promise<FineTuningJob> {
  const row = await findJob(ports, scope, id);
  const known = await refresh(ports, scope, row);
  if (known.state === 'cancelled') return known;
  if (!isActive(known))
    throw fineTuningFailures.create('COAIA-2302', `The job ${id} has ended: ${known.state}.`, {
      hint: `coaia fuse finetune status ${id}`,
    });
  return save(ports, scope, row, await findTrainer(ports, row).cancel(toPlace(scope, row)));
}

/** What the trainer said of a job, newest first. */
export async function listEvents(ports: FineTuningPorts, scope: Scope, id: string, limit: number) {
  const row = await findJob(ports, scope, id);
  return { data: await findTrainer(ports, row).listEvents(toPlace(scope, row), limit) };
}

/** What came out of a job. */
export async function listArtifacts(ports: FineTuningPorts, scope: Scope, id: string) {
  const row = await findJob(ports, scope, id);
  return { data: await findTrainer(ports, row).listArtifacts(toPlace(scope, row)) };
}

async function findJob(ports: FineTuningPorts, scope: Scope, id: string) {
  const row = await readJob(ports.db, scope.projectId, id);
  if (row === undefined) throw notFound('Fine-tuning job', id, 'coaia fuse finetune list --all');
  return row;
}

function findTrainer({ trainers }: FineTuningPorts, row: FineTuningJobRow) {
  return trainers[row.provider as FineTuningProvider];
}

function toPlace(scope: Scope, row: FineTuningJobRow): TrainingPlace {
  const { id: jobId, connection, provider_job_id: providerJobId } = row;
  return { scope, jobId, connection, providerJobId: providerJobId ?? '' };
}

/** Asks the trainer of an active job. Nobody answers: what was known last, marked as stale. */
async function refresh(
  ports: FineTuningPorts,
  scope: Scope,
  row: FineTuningJobRow,
): Promise<FineTuningJob> {
  if (!isActive(row)) return toJob(row);
  let report: TrainingReport;
  try {
    report = await findTrainer(ports, row).read(toPlace(scope, row));
  } catch (error) {
    if (isCoaiaError(error)) return toJob(row, true);
    throw error;
  }
  return save(ports, scope, row, report);
}

/** Keeps what was learnt; who learns of the end first records it, once. */
async function save(
  { db, clock, recorder }: FineTuningPorts,
  scope: Scope,
  row: FineTuningJobRow,
  report: TrainingReport,
): Promise<FineTuningJob> {
  const saved = await db.write(async (tx) => {
    await tx.lock([`fine-tuning-job:${row.project_id}:${row.id}`]);
    const now = await readJob(tx, row.project_id, row.id);
    if (now === undefined || !isActive(now)) return now ?? row;
    const changed = { ...now, ...toColumns(report, clock()) };
    await tx.upsert('fine_tuning_jobs', [changed]);
    await recorder.record(tx, scope, toEndEvents(changed));
    return changed;
  });
  return toJob(saved);
}
