/** `coaia fuse finetune create`: checks the examples, uploads them, starts the job. */
import { EXPORT_FORMATS, invalidRequest, renderExports } from '#base';
import type { ExportFormat } from '#base';
import { defineCommand } from '#surface';
import type { FineTuningInput, FineTuningProvider } from '@coaia/client';
import { readInput } from '../../datasets/read-value.ts';
import { PROVIDERS } from '../job.ts';
import { fineTuningApi } from '../ports.ts';
import { readExamples } from '../read-examples.ts';
import { printJob, toExit, waitForJob } from '../show-job.ts';
import { FEWEST_EXAMPLES, readTrainingFile } from '../training-file.ts';

export const command = defineCommand({
  words: 'fuse finetune create',
  summary: 'Train a model on a file or a dataset',
  description:
    'FILE holds one JSON object with "messages" on each line; --dataset takes the active items of a dataset that have an input and an expected output. The examples are checked before anything is sent. Training runs at the connection (any OpenAI-compatible service with fine-tuning jobs) or on this machine by `trainer_command`.',
  needs: fineTuningApi,
  positionals: [{ name: 'file', summary: 'Training file; - is stdin' }],
  options: {
    dataset: { type: 'string', placeholder: 'NAME', summary: 'Examples of a dataset' },
    model: { type: 'string', short: 'm', required: true, summary: 'Model to begin with' },
    provider: { type: 'string', choices: PROVIDERS, default: 'openai', summary: 'Who trains' },
    connection: { type: 'string', placeholder: 'NAME', summary: 'Connection to train at' },
    suffix: { type: 'string', summary: 'Part of the name of the trained model' },
    validation: { type: 'string', placeholder: 'FILE', summary: 'Examples to check against' },
    split: { type: 'number', placeholder: 'SHARE', summary: 'Of --dataset: part to train on' },
    'system-instruction': { type: 'string', placeholder: 'TEXT', summary: 'Of every example' },
    epochs: { type: 'string', placeholder: 'N', summary: 'Rounds over the file, or auto' },
    'batch-size': { type: 'number', placeholder: 'N', summary: 'Examples of one step' },
    'lr-multiplier': { type: 'number', placeholder: 'X', summary: 'Of the learning rate' },
    seed: { type: 'number', summary: 'For a repeatable order of the examples' },
    wait: { type: 'boolean', summary: 'Until the job has ended; 0 only when it succeeded' },
    force: { type: 'boolean', summary: 'Although the same job is at work' },
    'dry-run': { type: 'boolean', summary: 'Check the examples and send nothing' },
    'export-env': { type: 'boolean', summary: 'Print lines that set COAIA_FINETUNE_JOB_ID' },
    'export-format': { type: 'string', choices: EXPORT_FORMATS, summary: 'Form of these lines' },
  },
  examples: [
    'coaia fuse finetune create train.jsonl --model gpt-4o-mini-2024-07-18 --dry-run',
    'coaia fuse finetune create --dataset qa --split 0.9 --model gpt-4o-mini-2024-07-18 --wait',
  ],
  async run(context, { options, args }) {
    const { out, flags } = context;
    const { file } = args;
    if ((file === undefined) === (options.dataset === undefined))
      throw invalidRequest('Name a FILE or a --dataset, and not both.');
    const api = await context.open();
    const input = toInput(options, {
      ...(await readFiles(context, file, options.validation)),
      ...(options.dataset === undefined
        ? {}
        : await readExamples(api, { ...options, dataset: options.dataset })),
    });
    const fewest = options.provider === 'local' ? 1 : FEWEST_EXAMPLES;
    const { exampleCount, digest } = readTrainingFile(input.training, { fewest });
    if (options['dry-run'] === true) {
      if (flags.json) out.json({ exampleCount, digest });
      else out.line(`${exampleCount} examples can be trained on. Nothing was sent.`);
      return 0;
    }
    const begun = await api.createFineTuningJob(input);
    const job = options.wait === true ? await waitForJob(context, api, begun) : begun;
    const format = options['export-format'] ?? (options['export-env'] === true ? 'sh' : undefined);
    context.out.exported(toVariables(job));
    if (format === undefined) printJob(context, job);
    else out.line(renderExports(format as ExportFormat, toVariables(job)));
    return toExit(job);
  },
});

function toVariables({
  id,
  resultModel,
}: {
  readonly id: string;
  readonly resultModel: string | null;
}) {
  const model = resultModel === null ? [] : [['COAIA_FINETUNE_MODEL', resultModel] as const];
  return [['COAIA_FINETUNE_JOB_ID', id] as const, ...model];
}

async function readFiles(
  source: Parameters<typeof readInput>[1],
  file: string | undefined,
  validation: string | undefined,
) {
  return {
    ...(file === undefined ? {} : { training: await readInput(file, source) }),
    ...(validation === undefined ? {} : { validation: await readInput(validation, source) }),
  };
}

interface Options {
  readonly model: string;
  readonly provider: string;
  readonly connection: string | undefined;
  readonly dataset: string | undefined;
  readonly suffix: string | undefined;
  readonly epochs: string | undefined;
  readonly 'batch-size': number | undefined;
  readonly 'lr-multiplier': number | undefined;
  readonly seed: number | undefined;
  readonly force: boolean | undefined;
}

function toInput(
  options: Options,
  files: { readonly training?: string; readonly validation?: string },
): FineTuningInput {
  const { training = '', validation } = files;
  const { epochs, connection, suffix, dataset, seed } = options;
  const hyperparameters = drop({
    epochs: epochs === undefined || epochs === 'auto' ? epochs : toCount(epochs),
    batchSize: options['batch-size'],
    learningRateMultiplier: options['lr-multiplier'],
    seed,
  });
  return {
    provider: options.provider as FineTuningProvider,
    model: options.model,
    training,
    ...drop({ validation, connection, suffix, datasetName: dataset, force: options.force }),
    ...(Object.keys(hyperparameters).length === 0 ? {} : { hyperparameters }),
  } as FineTuningInput;
}

function drop<T extends object>(values: T): Partial<T> {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Partial<T>;
}

function toCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw invalidRequest('--epochs takes a whole number from 1, or auto.');
}
