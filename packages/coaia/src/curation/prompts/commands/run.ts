/** `coaia run`: a stored prompt, filled in and answered by a model, once or over a dataset. */
import { EXIT, EXPORT_FORMATS, invalidRequest, toIso } from '#base';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import type { PlaygroundRun, Prompt } from '@coaia/client';
import { answerOne } from '../run/answer-one.ts';
import { fillIn } from '../run/fill-in.ts';
import { runPromptApi } from '../run/ports.ts';
import type { RunPromptApi } from '../run/ports.ts';
import { printOutcomes } from '../run/print-outcomes.ts';
import { readWish } from '../run/read-wish.ts';
import { runDataset } from '../run/run-dataset.ts';
import { toRun } from '../run/to-run.ts';
import type { RunWish } from '../run/to-run.ts';

export const command = defineCommand({
  words: 'run',
  summary: 'Ask a model with a stored prompt, and record the call as a trace',
  description:
    "stdout is the model's text and nothing else. The model is --model, else `model` in the prompt's config, else the setting `model`. --input fills {{input}}; a prompt without it gets the input as one more message. With --dataset every item is run, its answers become one run of the dataset, and 5 is the exit code when some failed.",
  needs: runPromptApi,
  positionals: [{ name: 'prompt', summary: 'Name of the prompt', required: true }],
  options: {
    label: {
      type: 'string',
      placeholder: 'LABEL',
      summary: 'Version with this label; the latest when absent',
    },
    prod: { type: 'boolean', summary: 'Version with the label production' },
    version: { type: 'number', placeholder: 'N', summary: 'Version of this number' },
    var: {
      type: 'string',
      repeatable: true,
      placeholder: 'NAME=VALUE',
      summary: 'Value of a {{variable}}; may be repeated',
    },
    'vars-file': {
      type: 'string',
      placeholder: 'FILE',
      summary: 'JSON object of variables; lists of messages fill placeholders',
    },
    input: { type: 'string', short: 'i', placeholder: 'TEXT', summary: 'Input; - is stdin' },
    file: { type: 'string', short: 'F', placeholder: 'FILE', summary: 'Input from a file' },
    model: { type: 'string', short: 'm', summary: 'Name of the model' },
    provider: { type: 'string', placeholder: 'NAME', summary: 'Connection to use' },
    temperature: { type: 'number', summary: 'From 0 to 2' },
    'max-tokens': { type: 'number', summary: 'Most tokens of the answer' },
    stream: { type: 'boolean', summary: 'Show the text as it arrives; so on a terminal' },
    'no-stream': { type: 'boolean', summary: 'Show it when it is whole' },
    format: { type: 'string', choices: ['text', 'json'], summary: 'json: it must be JSON' },
    schema: { type: 'string', placeholder: 'FILE', summary: 'JSON Schema the answer must fit' },
    'trace-id': { type: 'string', placeholder: 'ID', summary: 'Trace it belongs to' },
    'session-id': { type: 'string', placeholder: 'ID', summary: 'Session it belongs to' },
    'user-id': { type: 'string', placeholder: 'ID', summary: 'Who asks' },
    'no-trace': { type: 'boolean', summary: 'Record nothing' },
    dataset: { type: 'string', placeholder: 'NAME', summary: 'Run every item of a dataset' },
    'run-name': { type: 'string', placeholder: 'NAME', summary: 'Name of that run' },
    concurrency: { type: 'number', placeholder: 'N', default: 4, summary: 'Items at once' },
    'dry-run': { type: 'boolean', summary: 'Print the messages and ask nobody' },
    'export-env': { type: 'boolean', summary: 'Print lines that set COAIA_TRACE_ID and its kin' },
    'export-format': { type: 'string', choices: EXPORT_FORMATS, summary: 'Form of these lines' },
    output: { type: 'string', short: 'O', placeholder: 'FILE', summary: 'Write the answer there' },
  },
  examples: [
    'coaia run summary --input "A long story." --model llama3.2',
    'coaia run qa --var topic=tides --dry-run',
    'coaia run qa --dataset questions --run-name nightly --model llama3.2',
  ],
  async run(context, { options, args }) {
    const api = await context.open();
    const prompt = await api.getPrompt(args.prompt, toSelector(options));
    const wish = await readWish(context, options);
    if (options.dataset !== undefined) return runAll(context, api, { prompt, wish, options });
    const run = { ...toRun(prompt, wish), ...toTrace(prompt, options) };
    if (options['dry-run'] === true) {
      context.out.json(fillIn(run));
      return EXIT.done;
    }
    return answerOne(context, api, run, options);
  },
});

interface Options {
  readonly 'trace-id': string | undefined;
  readonly 'session-id': string | undefined;
  readonly 'user-id': string | undefined;
  readonly 'no-trace': boolean | undefined;
  readonly dataset: string | undefined;
  readonly 'run-name': string | undefined;
  readonly concurrency: number;
}

type Context = CommandContext<RunPromptApi>;

function toSelector({
  label,
  version,
  prod,
}: {
  readonly label: string | undefined;
  readonly version: number | undefined;
  readonly prod: boolean | undefined;
}) {
  if (version !== undefined) return { version };
  return { label: prod === true ? 'production' : (label ?? 'latest') };
}

function toTrace({ name }: Prompt, options: Options): Pick<PlaygroundRun, 'trace' | 'isRecorded'> {
  const { 'trace-id': id, 'session-id': sessionId, 'user-id': userId } = options;
  if (options['no-trace'] === true) return { isRecorded: false };
  return { trace: { name, id, sessionId, userId } };
}

async function runAll(
  context: Context,
  api: RunPromptApi,
  {
    prompt,
    wish,
    options,
  }: { readonly prompt: Prompt; readonly wish: RunWish; readonly options: Options },
): Promise<number> {
  const { concurrency, dataset = '' } = options;
  if (!(Number.isInteger(concurrency) && concurrency > 0 && concurrency <= 64))
    throw invalidRequest('--concurrency takes a whole number from 1 to 64.');
  const runName = options['run-name'] ?? `${prompt.name} v${prompt.version} ${toIso(Date.now())}`;
  const outcomes = await runDataset(api, prompt, wish, {
    dataset,
    runName,
    concurrency,
    signal: context.signal,
    onItem: (done, total) => context.out.notice(`${done} of ${total}`),
  });
  return printOutcomes(context, { dataset, runName }, outcomes);
}
