/** `ao outcomes`: what really happened. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { OutcomeInput, OutcomeReport } from '@coaia/client';
import { predictionFailures } from '../errors.ts';
import { predictionsApi } from '../ports.ts';
import { readCsvFile, type CsvRow } from '../read-csv.ts';
import { chooseModel, modelOption } from './choose-model.ts';

/** Outcomes of one request to the store or the server. */
const SENT_AT_ONCE = 1000;

export const command = defineCommand({
  words: 'ops outcomes',
  summary: 'Record what really happened with predictions',
  description:
    'FILE is CSV with the columns request_id and actual, and for requests of several rows a column row that counts from 0. Each outcome becomes scores on the trace of its prediction. The same value again changes nothing; another value replaces the one before. Exit code 5: some ids are unknown.',
  needs: predictionsApi,
  positionals: [{ name: 'file', summary: 'CSV file; - is stdin', required: true }],
  options: modelOption,
  examples: ['ao outcomes last-week.csv', 'ao outcomes last-week.csv --model churn --json'],
  async run(context, { options, args }) {
    const { open, out, flags } = context;
    const outcomes = (await readCsvFile(args.file, context, 'ao outcomes FILE.csv')).map(
      (row, index) => toOutcome(args.file, row, index),
    );
    if (outcomes.length === 0) throw toRefusal(args.file, 'has no row below its head');
    const model = await chooseModel(context, options.model);
    const api = await open();
    let sum: OutcomeReport = { recorded: 0, unchanged: 0, changed: 0, unknown: [] };
    for (let from = 0; from < outcomes.length; from += SENT_AT_ONCE) {
      const part = outcomes.slice(from, from + SENT_AT_ONCE);
      sum = add(sum, await send(() => api.recordOutcomes(model, part), part), from);
    }
    const { unknown } = sum;
    if (unknown.length === outcomes.length)
      throw predictionFailures.create('AO680', unknown[0]?.reason ?? 'No request id is known.', {
        hint: `ao predictions --model ${model}`,
      });
    if (flags.json) out.json(sum);
    else {
      out.line(`${sum.recorded} recorded, ${sum.changed} changed, ${sum.unchanged} as before.`);
      for (const { index, reason } of unknown.slice(0, 10))
        out.notice(`Row ${index + 1}: ${reason}`);
      if (unknown.length > 10) out.notice(`and ${unknown.length - 10} more.`);
    }
    return unknown.length === 0 ? EXIT.done : EXIT.partial;
  },
});

const toRefusal = (file: string, what: string) =>
  predictionFailures.create('AO682', `${file} ${what}.`, { hint: 'ao outcomes FILE.csv' });

function toOutcome(file: string, row: CsvRow, index: number): OutcomeInput {
  const { request_id: requestId = '', actual = '', row: place = '' } = row;
  if (requestId === '' || actual === '')
    throw toRefusal(
      file,
      `has no ${requestId === '' ? 'request_id' : 'actual'} in row ${index + 1}`,
    );
  if (!/^\d*$/.test(place))
    throw toRefusal(file, `has "${place}" as row in row ${index + 1}; rows count from 0`);
  const number = Number(actual);
  return {
    requestId,
    actual: actual.trim() !== '' && !Number.isNaN(number) ? number : actual,
    ...(place === '' ? {} : { row: Number(place) }),
  };
}

/** A part of which nothing is known is told like one of which something is. */
async function send(
  call: () => Promise<OutcomeReport>,
  part: readonly OutcomeInput[],
): Promise<OutcomeReport> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'AO680')) throw error;
    const told = new Map(readReasons(error).map((one) => [one.index, one.reason]));
    const unknown = part.map(({ requestId }, index) => ({
      index,
      requestId,
      reason: told.get(index) ?? `The outcome of ${requestId} belongs to no single prediction.`,
    }));
    return { recorded: 0, unchanged: 0, changed: 0, unknown };
  }
}

/** The refusal lists the first hundred. */
function readReasons(error: Error & { readonly details?: unknown }): OutcomeReport['unknown'] {
  return Array.isArray(error.details) ? (error.details as OutcomeReport['unknown']) : [];
}

function add(sum: OutcomeReport, part: OutcomeReport, from: number): OutcomeReport {
  return {
    recorded: sum.recorded + part.recorded,
    unchanged: sum.unchanged + part.unchanged,
    changed: sum.changed + part.changed,
    unknown: [...sum.unknown, ...part.unknown.map((one) => ({ ...one, index: one.index + from }))],
  };
}
