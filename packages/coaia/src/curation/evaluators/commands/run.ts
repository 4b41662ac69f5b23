/** `coaia evaluators run`: evaluates what is there already. */
import { EXIT, invalidRequest } from '#base';
import { defineCommand } from '#surface';
import type { EvaluationRunInput } from '@coaia/client';
import { EVALUATION_COLUMNS } from '../evaluation-columns.ts';
import { evaluatorsApi } from '../ports.ts';
import { findEvaluator } from './find-evaluator.ts';

export const command = defineCommand({
  words: 'evaluators run',
  summary: 'Evaluate traces, or the items of an experiment, and store the scores',
  description:
    'What this version of the evaluator has evaluated before is left out unless --again is given. Without a server the command does the work itself; with one it waits for it.',
  needs: evaluatorsApi,
  positionals: [{ name: 'evaluator', summary: 'Id or name', required: true }],
  options: {
    traces: { type: 'string', placeholder: 'FILTER', summary: 'Traces by the filter of the page' },
    trace: { type: 'list', placeholder: 'ID', summary: 'Traces by id' },
    experiment: { type: 'string', placeholder: 'ID', summary: 'All items of this experiment' },
    dataset: { type: 'string', placeholder: 'NAME', summary: 'With --run: the dataset' },
    run: { type: 'string', placeholder: 'NAME', summary: 'All items of this run of the dataset' },
    limit: { type: 'number', placeholder: 'N', summary: 'At most so many; 1000 when absent' },
    again: { type: 'boolean', summary: 'Also what was evaluated before' },
    'no-wait': { type: 'boolean', summary: 'Only note it; a server does it in the background' },
  },
  examples: [
    "coaia evaluators run quality --traces 'env:production name:answer'",
    'coaia evaluators run quality --dataset qa --run monday',
  ],
  async run({ open, out, flags }, { options, args }) {
    if (!isNamed(options))
      throw invalidRequest(
        'Nothing says what to evaluate.',
        undefined,
        "coaia evaluators run EVALUATOR --traces 'name:answer'",
      );
    const api = await open();
    const { id } = await findEvaluator(api, args.evaluator);
    const { evaluationIds, known } = await api.runEvaluator(id, toInput(options));
    if (known > 0) out.notice(`${known} were evaluated before.`);
    if (options['no-wait'] === true) {
      out.confirm(`Noted ${evaluationIds.length - known} evaluations.`);
      return EXIT.done;
    }
    const ended = await api.waitForEvaluations(evaluationIds, (count) =>
      out.notice(`${count} of ${evaluationIds.length}`),
    );
    if (flags.json) out.json(ended);
    else out.table('evaluations', ended, EVALUATION_COLUMNS);
    const failed = ended.filter(({ status }) => status !== 'done');
    if (failed.length === 0) return EXIT.done;
    out.notice(
      `${failed.length} of ${ended.length} gave no score: ${failed[0]?.error?.message ?? ''}`,
    );
    return failed.length === ended.length ? EXIT.failed : EXIT.partial;
  },
});

type RunOptions = Parameters<typeof toInput>[0];

/** True when traces, an experiment, or a run with its dataset are given. */
function isNamed({ traces, trace, experiment, dataset, run }: RunOptions): boolean {
  if (dataset !== undefined && run !== undefined) return true;
  return [traces, trace, experiment].some((given) => given !== undefined);
}

function toInput(options: {
  readonly traces: string | undefined;
  readonly trace: readonly string[] | undefined;
  readonly experiment: string | undefined;
  readonly dataset: string | undefined;
  readonly run: string | undefined;
  readonly limit: number | undefined;
  readonly again: boolean | undefined;
}): EvaluationRunInput {
  const given = {
    filter: options.traces,
    traceIds: options.trace,
    experimentId: options.experiment,
    datasetName: options.dataset,
    runName: options.run,
    limit: options.limit,
    again: options.again,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
