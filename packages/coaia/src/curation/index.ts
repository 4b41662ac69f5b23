/** The door of the curation room: prompts, datasets, experiments and queues. */
import type { Scope } from '#base';
import type { Route } from '#surface';
import type {
  DatasetImport,
  DatasetImportReport,
  DatasetsApi,
  EvaluatorsApi,
  ExperimentsApi,
  FineTuningApi,
  PromptsApi,
  QueuesApi,
} from '@coaia/client';
import type { EvaluationPorts } from './evaluations/ports.ts';
import type { EvaluationWorker, WorkerOptions } from './evaluations/worker.ts';
import type { FineTuningPorts } from './fine-tuning/ports.ts';
import type { CurationPorts } from './ports.ts';
import type { PromptCommandsApi } from './prompts/ports.ts';

export { curationErrors } from './errors.ts';
export { evaluationPorts, type EvaluationPorts } from './evaluations/ports.ts';
export { toBootstrap } from './experiments/statistics/bootstrap.ts';
export { toNormalQuantile, toNormalShare } from './experiments/statistics/distributions.ts';
export { toMean, toStudentInterval, toWilsonInterval } from './experiments/statistics/intervals.ts';
export { createSeeded } from './experiments/statistics/seeded.ts';
export { createTrainers } from './fine-tuning/trainers.ts';
export { fineTuningPorts, type FineTuningPorts } from './fine-tuning/ports.ts';
export { diffLines, type DiffPart } from './prompts/diff.ts';
export { fillVariables, findInclusions } from './prompts/template.ts';
export { curationPorts, type CurationPorts } from './ports.ts';

/** Every route of the room; they bring their schemas, which only the server needs. */
export async function loadCurationRoutes(): Promise<readonly Route[]> {
  const { curationRoutes } = await import('./routes.ts');
  return curationRoutes;
}

/** The calls about prompts over the store in this home. */
export async function openLocalPrompts(
  ports: CurationPorts,
  scope: Scope,
): Promise<PromptCommandsApi> {
  const { createLocalPrompts } = await import('./prompts/local-prompts.ts');
  return createLocalPrompts(ports, scope);
}

/** The calls about prompts over a server. */
export async function openRemotePrompts(api: PromptsApi): Promise<PromptCommandsApi> {
  const { createRemotePrompts } = await import('./prompts/remote-prompts.ts');
  return createRemotePrompts(api);
}

/** The calls about datasets and experiments over the store in this home. */
export async function openLocalDatasets(ports: CurationPorts, scope: Scope): Promise<DatasetsApi> {
  const { createLocalDatasets } = await import('./datasets/local-datasets.ts');
  return createLocalDatasets(ports, scope);
}

/** The calls about runs side by side over the store in this home. */
export async function openLocalExperiments(
  ports: CurationPorts,
  scope: Scope,
): Promise<ExperimentsApi> {
  const { createLocalExperiments } = await import('./experiments/local-experiments.ts');
  return createLocalExperiments(ports, scope);
}

/** The calls about annotation queues over the store in this home. */
export async function openLocalQueues(ports: CurationPorts, scope: Scope): Promise<QueuesApi> {
  const { createLocalQueues } = await import('./queues/local-queues.ts');
  return createLocalQueues(ports, scope);
}

/** Evaluates in the background what rules and people want; see evaluations/worker.ts. */
export async function openEvaluationWorker(
  ports: EvaluationPorts,
  options: WorkerOptions = {},
): Promise<EvaluationWorker> {
  const { openWorker } = await import('./evaluations/worker.ts');
  return openWorker(ports, options);
}

/** The calls about fine-tuning jobs over the store in this home. */
export async function openLocalFineTuning(
  ports: FineTuningPorts,
  scope: Scope,
): Promise<FineTuningApi> {
  const { createLocalFineTuning } = await import('./fine-tuning/local-fine-tuning.ts');
  return createLocalFineTuning(ports, scope);
}

/** The calls about evaluators, rules and evaluations over the store in this home. */
export async function openLocalEvaluators(
  ports: EvaluationPorts,
  scope: Scope,
): Promise<EvaluatorsApi> {
  const { createLocalEvaluators } = await import('./evaluations/local-evaluators.ts');
  return createLocalEvaluators(ports, scope);
}

/** Items of a dataset into the store in this home, all together or not at all. */
export async function importLocalItems(
  ports: CurationPorts,
  scope: Scope,
  input: DatasetImport,
): Promise<DatasetImportReport> {
  const { importDatasetItems } = await import('./datasets/page/import-items.ts');
  return importDatasetItems(ports, scope, input);
}

/** How two texts differ, by lines and by words. */
export async function loadDiff() {
  const { diffLines } = await import('./prompts/diff.ts');
  return { diffLines };
}

/** Prompts as files: read, compared with what is stored, and made into versions. */
export async function loadPromptFiles() {
  const [{ createIfChanged, isSameAsFile }, { parsePromptFile }, { listAllPrompts }] =
    await Promise.all([
      import('./prompts/commands/make-version.ts'),
      import('./prompts/prompt-file.ts'),
      import('./prompts/commands/list.ts'),
    ]);
  return { createIfChanged, isSameAsFile, listAllPrompts, parsePromptFile };
}

/** What makes a model a judge: the form of its answer, what an answer means, and where its calls are kept. */
export async function loadJudge() {
  const [{ parseJudgement, toResponseSchema }, { JUDGE_ENVIRONMENT }] = await Promise.all([
    import('./evaluations/judge.ts'),
    import('./evaluations/subject.ts'),
  ]);
  return { parseJudgement, toResponseSchema, JUDGE_ENVIRONMENT };
}
