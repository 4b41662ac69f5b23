/**
 * Fine-tuning at an OpenAI-compatible service: a file with purpose `fine-tune`, then a job
 * (https://platform.openai.com/docs/api-reference/fine-tuning, read 2026-11).
 */
import { isObject, toIso } from '#base';
import type { Scope } from '#base';
import type { ModelServer } from '#models';
import type { FineTuningEvent, FineTuningState } from '@coaia/client';
import { fineTuningFailures } from './errors.ts';
import type { Trainer, TrainingOrder, TrainingPlace, TrainingReport } from './trainer.ts';

/** Opens the connection of that name, or the only one. */
export type OpenServer = (scope: Scope, connection: string | undefined) => Promise<ModelServer>;

const UPLOAD_MS = 10 * 60_000;

export function createOpenAiTrainer(openServer: OpenServer): Trainer {
  const at = async ({ scope, connection }: TrainingPlace) =>
    openOpenAi(openServer, scope, connection ?? undefined);
  const toPath = (place: TrainingPlace) =>
    `/fine_tuning/jobs/${encodeURIComponent(place.providerJobId)}`;
  return {
    async start(scope, order, wanted) {
      const server = await openOpenAi(openServer, scope, wanted);
      const job = await server.call('/fine_tuning/jobs', { json: await upload(server, order) });
      return { ...(await report(server, job)), connection: server.provider };
    },
    async read(place) {
      const server = await at(place);
      return report(server, await server.call(toPath(place)));
    },
    async cancel(place) {
      const server = await at(place);
      return report(
        server,
        await server.call(`${toPath(place)}/cancel`, { method: 'POST', json: {} }),
      );
    },
    async listEvents(place, limit) {
      const answer = await (await at(place)).call(`${toPath(place)}/events?limit=${limit}`);
      const data = isObject(answer) ? answer['data'] : undefined;
      return Array.isArray(data) ? data.flatMap(toEvent) : [];
    },
    async listArtifacts(place) {
      const job = await (await at(place)).call(toPath(place));
      const {
        fine_tuned_model: model,
        result_files: files,
        training_file: training,
      } = toObject(job);
      return [
        ...toArtifacts('model', [model]),
        ...toArtifacts('result', Array.isArray(files) ? files : []),
        ...toArtifacts('training file', [training]),
      ];
    },
  };
}

async function openOpenAi(openServer: OpenServer, scope: Scope, wanted: string | undefined) {
  const server = await openServer(scope, wanted);
  if (server.adapter === 'openai') return server;
  throw fineTuningFailures.create(
    'COAIA-2305',
    `The connection "${server.provider}" is of the kind ${server.adapter}, at which no job can be started.`,
  );
}

async function upload(server: ModelServer, order: TrainingOrder): Promise<unknown> {
  const { model, training, validation, suffix, hyperparameters } = order;
  const { epochs, batchSize, learningRateMultiplier, seed } = hyperparameters;
  const rates = {
    ...(epochs === undefined ? {} : { n_epochs: epochs }),
    ...(batchSize === undefined ? {} : { batch_size: batchSize }),
    ...(learningRateMultiplier === undefined
      ? {}
      : { learning_rate_multiplier: learningRateMultiplier }),
  };
  return {
    model,
    training_file: await uploadFile(server, 'training.jsonl', training),
    ...(validation === undefined
      ? {}
      : { validation_file: await uploadFile(server, 'validation.jsonl', validation) }),
    ...(suffix === undefined ? {} : { suffix }),
    ...(seed === undefined ? {} : { seed }),
    ...(Object.keys(rates).length === 0
      ? {}
      : { method: { type: 'supervised', supervised: { hyperparameters: rates } } }),
  };
}

async function uploadFile(server: ModelServer, name: string, text: string): Promise<string> {
  const form = new FormData();
  form.set('purpose', 'fine-tune');
  form.set('file', new Blob([text], { type: 'application/jsonl' }), name);
  const { id } = toObject(await server.call('/files', { form, timeoutMs: UPLOAD_MS }));
  if (typeof id === 'string') return id;
  throw fineTuningFailures.create('COAIA-2304', 'The service gave the uploaded file no id.');
}

const STATES: Readonly<Record<string, FineTuningState>> = {
  validating_files: 'validating',
  queued: 'queued',
  paused: 'running',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** Reads a job; a model that has come into being can be asked for by its name from then on. */
async function report(server: ModelServer, answer: unknown): Promise<TrainingReport> {
  const job = toObject(answer);
  const state = STATES[String(job['status'])];
  if (typeof job['id'] !== 'string' || state === undefined)
    throw fineTuningFailures.create('COAIA-2304', 'The service answered with no fine-tuning job.');
  const resultModel = typeof job['fine_tuned_model'] === 'string' ? job['fine_tuned_model'] : null;
  if (state === 'succeeded' && resultModel !== null) await server.addModel(resultModel);
  const message = toObject(job['error'])['message'];
  return {
    providerJobId: job['id'],
    state,
    resultModel,
    startedAt: state === 'validating' || state === 'queued' ? null : toTime(job['created_at']),
    finishedAt: toTime(job['finished_at']),
    trainedTokens: typeof job['trained_tokens'] === 'number' ? job['trained_tokens'] : null,
    error: typeof message === 'string' && message !== '' ? message : null,
  };
}

/** The service counts in seconds. */
function toTime(value: unknown): number | null {
  return typeof value === 'number' && value > 0 ? value * 1000 : null;
}

function toObject(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

function toEvent(value: unknown): readonly FineTuningEvent[] {
  const { created_at: time, level, message } = toObject(value);
  if (typeof message !== 'string') return [];
  return [
    {
      createdAt: toIso(toTime(time) ?? 0),
      level: typeof level === 'string' ? level : 'info',
      message,
    },
  ];
}

function toArtifacts(name: string, places: readonly unknown[]) {
  return places.flatMap((place) =>
    typeof place === 'string' && place !== '' ? [{ name, place }] : [],
  );
}
