/** `ao run call`: one prediction from the running service. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, isObject } from '#base';
import { defineCommand } from '#surface';
import type { CommandContext, Output } from '#surface';
import { chooseModel } from '../call/choose-model.ts';
import { openGatewayClient } from '../call/gateway-client.ts';
import type { ExplainAnswer, PredictAnswer } from '../call/gateway-client.ts';
import { toRow } from '../call/row-from-words.ts';
import { runningFailures } from '../errors.ts';
import { openBuiltIn } from '../tasks/own-task.ts';

export const command = defineCommand({
  words: 'ops call',
  summary: 'Ask the running service for a prediction',
  description:
    'Every input of the model is an option: --wt 2.5 --hp 120. Without any, the example of the model is sent. Inputs that are called like an option of ao, such as model or json, go into --data. --data takes a row or a list of rows as JSON, @FILE (.json or .csv), or @- for stdin.',
  positionals: [],
  options: {
    data: { type: 'string', placeholder: 'JSON', summary: 'Rows as JSON, or @FILE' },
    model: { type: 'string', placeholder: 'NAME', summary: 'Which model, when there are several' },
    'model-version': {
      type: 'string',
      placeholder: 'N',
      summary: 'Which version; the one in use otherwise',
    },
    explain: { type: 'boolean', summary: 'Ask why, not what: the parts of the prediction' },
    'api-key': { type: 'string', placeholder: 'KEY', summary: 'Key to send' },
  },
  takesRest: true,
  restUsage: '[--INPUT VALUE...]',
  takesUnknown: true,
  examples: [
    'ao call',
    'ao call --wt 2.5 --hp 120',
    'ao call --explain',
    'ao call --data \'{"wt": 2.5, "hp": 120}\'',
  ],
  async run(context, { options, rest }) {
    const { out, flags } = context;
    const { project, code } = await openBuiltIn(context, 'call', rest);
    if (code !== undefined) return code;
    const client = openGatewayClient(context, project, options['api-key']);
    try {
      const target = {
        model: chooseModel(project, options.model).name,
        version: options['model-version'],
      };
      const rows = await toRows(context, options.data, rest, async () => client.readModel(target));
      if (options.explain === true) {
        const answer = await client.explain(target, rows);
        if (flags.json) out.json(answer);
        else printExplanations(out, answer);
      } else {
        const answer = await client.predict(target, rows);
        if (flags.json) out.json(answer);
        else print(out, answer);
      }
    } finally {
      client.close();
    }
    return EXIT.done;
  },
});

type ReadModel = () => Promise<{
  readonly inputs: Parameters<typeof toRow>[1];
  readonly example: Readonly<Record<string, unknown>>;
}>;

/** One row, a list of rows, or the text of a CSV. */
async function toRows(
  { cwd, stdin, out }: CommandContext<unknown>,
  data: string | undefined,
  words: readonly string[],
  readModel: ReadModel,
): Promise<unknown> {
  if (data === undefined) {
    const { inputs, example } = await readModel();
    if (words.length > 0) return toRow(words, inputs);
    out.notice(`Asked for the example: ${JSON.stringify(example)}`);
    return example;
  }
  if (words.length > 0)
    throw runningFailures.create('AO624', `Either --data or ${words[0]}, not both.`);
  if (!data.startsWith('@')) return parse(data, '--data');
  if (data === '@-') return parse((await stdin()).toString('utf8'), 'stdin');
  const path = resolve(cwd, data.slice(1));
  const text = readText(path);
  return path.toLowerCase().endsWith('.csv') ? text : parse(text, path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw runningFailures.create('AO624', `${path} cannot be read.`, { cause: error });
  }
}

function parse(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw runningFailures.create('AO624', `${from} is not JSON: ${reason}.`, { cause: error });
  }
}

function print(out: Output, answer: PredictAnswer): void {
  const { predictions, classes, flags = [], warnings = [] } = answer;
  const rows = predictions.map((one) => (isObject(one) ? one : { prediction: one }));
  const toText = (name: string, value: unknown) =>
    name === 'probability' && classes !== undefined ? toChances(value, classes) : toPlain(value);
  const [first = {}] = rows;
  const names = Object.keys(first);
  if (rows.length === 1) {
    const width = Math.max(...names.map((name) => name.length));
    for (const name of names) out.line(`${name.padEnd(width)}  ${toText(name, first[name])}`);
  } else
    out.table(
      'predictions',
      rows,
      names.map((name) => ({ header: name, value: (row) => toText(name, row[name]) })),
    );
  for (const { message } of flags) out.notice(message);
  for (const warning of warnings) out.notice(warning);
}

/** Terms one below the other, the largest first; what the user's code gave as it is. */
function printExplanations(out: Output, answer: ExplainAnswer): void {
  const { explanations, scale, baseline, warnings = [] } = answer;
  for (const [index, one] of explanations.entries()) {
    if (explanations.length > 1) out.line(`${index === 0 ? '' : '\n'}row ${index + 1}`);
    const { terms, total, baseline: start, ...more } = isObject(one) ? one : { value: one };
    const parts = Object.entries(isObject(terms) ? terms : {}).toSorted(
      ([, a], [, b]) => Math.abs(Number(b)) - Math.abs(Number(a)),
    );
    const all = isObject(terms)
      ? [['baseline', start], ...parts, ['total', total]]
      : Object.entries(isObject(one) ? one : more);
    const width = Math.max(...all.map(([name]) => String(name).length));
    for (const [name, value] of all) out.line(`${String(name).padEnd(width)}  ${toPlain(value)}`);
  }
  if (scale !== undefined) out.notice(`total is ${scale}; baseline is ${baseline}.`);
  for (const warning of warnings) out.notice(warning);
}

/** `no 0.29, yes 0.71`: each class with its chance. */
function toChances(value: unknown, classes: readonly unknown[]): string {
  if (!Array.isArray(value) || value.length !== classes.length) return toPlain(value);
  return classes.map((one, at) => `${toPlain(one)} ${toPlain(value[at])}`).join(', ');
}

function toPlain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
