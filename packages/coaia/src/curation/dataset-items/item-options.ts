/** Options of the commands that write one item. */
import { invalidRequest } from '#base';
import type { DatasetItemInput, DatasetItemStatus, DatasetsApi } from '@coaia/client';
import { readMetadata, readText, toJson, type ValueSource } from '../datasets/read-value.ts';

export const itemOptions = {
  input: {
    type: 'string',
    short: 'i',
    placeholder: 'TEXT',
    summary: 'Input; @FILE reads a file, - stdin',
    compat: true,
  },
  expected: {
    type: 'string',
    short: 'e',
    placeholder: 'TEXT',
    summary: 'Expected output; @FILE reads a file, - stdin',
    compat: true,
  },
  metadata: {
    type: 'string',
    short: 'm',
    placeholder: 'JSON',
    summary: 'JSON object; a text becomes {"note": text}',
    compat: true,
  },
  'source-trace': {
    type: 'string',
    placeholder: 'ID',
    summary: 'Trace it was made from',
    compat: true,
  },
  'source-observation': {
    type: 'string',
    placeholder: 'ID',
    summary: 'Observation it was made from',
    compat: true,
  },
  status: {
    type: 'string',
    choices: ['ACTIVE', 'ARCHIVED'],
    summary: 'ACTIVE or ARCHIVED',
    compat: true,
  },
  'parse-json': {
    type: 'boolean',
    summary: 'Store input and expected output as JSON; without it they are texts',
  },
} as const;

export interface ItemValues {
  readonly input: string | undefined;
  readonly expected: string | undefined;
  readonly metadata: string | undefined;
  readonly 'source-trace': string | undefined;
  readonly 'source-observation': string | undefined;
  readonly status: string | undefined;
  readonly 'parse-json': boolean | undefined;
}

/** The members that were given. Fails with COAIA-0002 when `--parse-json` finds no JSON. */
export async function readItemFields(
  options: ItemValues,
  source: ValueSource,
): Promise<Omit<DatasetItemInput, 'datasetName'>> {
  const read = async (name: 'input' | 'expected') => {
    const given = options[name];
    if (given === undefined) return undefined;
    const text = await readText(given, source);
    if (options['parse-json'] !== true) return text;
    const value = toJson(text);
    if (value === undefined)
      throw invalidRequest(`--${name} is no JSON, which --parse-json asks for.`);
    return value;
  };
  const fields = {
    input: await read('input'),
    expectedOutput: await read('expected'),
    metadata: await readMetadata(options.metadata, source),
    sourceTraceId: options['source-trace'],
    sourceObservationId: options['source-observation'],
    status: options.status as DatasetItemStatus | undefined,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Input, output and source of a trace, for `--from-trace`. */
export async function readTraceFields(
  api: DatasetsApi,
  traceId: string,
): Promise<Omit<DatasetItemInput, 'datasetName'>> {
  const trace = await api.getTrace(traceId);
  return { input: trace.input, expectedOutput: trace.output, sourceTraceId: trace.id };
}
