/** `ao predictions`: the newest predictions, or one by its request id. */
import { defineCommand, listOptions } from '#surface';
import type { Column, CommandContext } from '#surface';
import type { PredictionDetail, PredictionItem } from '@coaia/client';
import { predictionsApi } from '../ports.ts';
import { chooseModel, modelOption, toVersionOption } from './choose-model.ts';
import { toText } from './show.ts';

export const command = defineCommand({
  words: 'ops predictions',
  summary: 'Show the newest predictions, or one by its request id',
  description:
    'Inputs are shown as far as [log] keeps them; sensitive fields never. Reading one prediction also writes its trace.',
  needs: predictionsApi,
  positionals: [{ name: 'id', summary: 'Request id; the newest otherwise' }],
  options: {
    ...modelOption,
    only: { type: 'string', choices: ['flagged', 'failed', 'shadow'], summary: 'Only such' },
    ...toVersionOption('Only of this version'),
    limit: { type: 'number', placeholder: 'N', default: 20, summary: 'At most this many, to 200' },
    ...listOptions,
  },
  examples: ['ao predictions', 'ao predictions --only flagged --limit 50'],
  async run(context, { options, args }) {
    const { open, out } = context;
    const model = await chooseModel(context, options.model);
    const api = await open();
    if (args.id !== undefined) {
      showOne(context, await api.getPrediction(model, args.id));
      return;
    }
    const page = await api.listPredictions(model, {
      limit: options.limit,
      ...(options.version === undefined ? {} : { version: options.version }),
      ...(options.only === undefined
        ? {}
        : { only: options.only as 'flagged' | 'failed' | 'shadow' }),
    });
    out.list({ things: 'predictions', rows: page.data, columns: COLUMNS }, options);
  },
});

const toFirst = (rows: PredictionItem['inputs']) =>
  rows === null ? 'not kept' : JSON.stringify(rows[0] ?? {});

const COLUMNS: readonly Column<PredictionItem>[] = [
  { header: 'Time', value: ({ at }) => at },
  { header: 'Request', value: ({ requestId }) => requestId },
  { header: 'Version', value: ({ version }) => String(version), align: 'right' },
  { header: 'Status', value: ({ status }) => String(status), align: 'right', drop: 1 },
  { header: 'ms', value: ({ durationMs }) => toText(durationMs), align: 'right', drop: 2 },
  { header: 'Input', value: ({ inputs }) => toFirst(inputs), drop: 4 },
  { header: 'Output', value: ({ outputs, error }) => error?.code ?? toFirst(outputs), drop: 3 },
  { header: 'Flags', value: ({ flags }) => flags.map(({ code }) => code).join(' '), drop: 5 },
];

function showOne(
  { out, flags }: Pick<CommandContext<unknown>, 'out' | 'flags'>,
  one: PredictionDetail,
): void {
  if (flags.json) {
    out.json(one);
    return;
  }
  const count = one.others.length + 1;
  if (count > 1)
    out.line(`${count} predictions have the request id ${one.requestId}, newest first.`);
  for (const each of [one, ...one.others]) for (const line of toLines(each)) out.line(line);
}

function toLines(one: Omit<PredictionDetail, 'others'>): readonly string[] {
  return [
    `${one.model} version ${one.version}, ${one.at}, ${toText(one.durationMs)} ms, status ${one.status}`,
    `trace    ${one.traceId}`,
    `input    ${one.inputs === null ? 'not kept' : JSON.stringify(one.inputs)}`,
    `output   ${one.outputs === null ? (one.error?.message ?? 'not kept') : JSON.stringify(one.outputs)}`,
    ...one.flags.map(({ message }) => `flag     ${message}`),
    ...one.warnings.map((text) => `warning  ${text}`),
    ...one.shadows.map(
      (shadow) => `shadow   version ${shadow.version}: ${JSON.stringify(shadow.outputs)}`,
    ),
    ...one.outcomes.map(
      ({ row, actual, loss }) =>
        `outcome  row ${row}: ${JSON.stringify(actual)}${loss === null ? '' : `, off by ${toText(loss)}`}`,
    ),
  ];
}
