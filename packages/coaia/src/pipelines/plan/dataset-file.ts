/** A dataset as a file describes it, with its items. */
import { createHash } from 'node:crypto';
import { isObject } from '#base';
import type { DatasetInput, DatasetItemInput } from '@coaia/client';
import { planFailures } from './errors.ts';

export interface DatasetFile {
  readonly dataset: DatasetInput;
  /** Each with an id. */
  readonly items: readonly (DatasetItemInput & { readonly id: string })[];
}

const DATASET_FIELDS = ['description', 'metadata', 'inputSchema', 'expectedOutputSchema'] as const;
const ITEM_FIELDS = ['input', 'expectedOutput', 'metadata'] as const;

/** Throws COAIA-5301, naming the file. */
export async function parseDatasetFile(path: string, text: string): Promise<DatasetFile> {
  const value = await parse(path, text);
  if (!isObject(value)) throw broken(path, 'it holds no fields');
  const { name, items = [] } = value;
  if (typeof name !== 'string' || name === '') throw broken(path, 'it has no name');
  if (!Array.isArray(items)) throw broken(path, 'its items are no list');
  const dataset = { name, ...pick(value, DATASET_FIELDS) } as DatasetInput;
  return { dataset, items: items.map((item, index) => toItem(path, name, item, index)) };
}

async function parse(path: string, text: string): Promise<unknown> {
  const { parse: parseYaml } = await import('yaml');
  try {
    return parseYaml(text, { maxAliasCount: 0 });
  } catch (error) {
    throw planFailures.create('COAIA-5301', `${path} is neither YAML nor JSON.`, { cause: error });
  }
}

/** An item without an id gets one of its own content, so that deploying twice stores it once. */
function toItem(path: string, datasetName: string, item: unknown, index: number) {
  if (!isObject(item)) throw broken(path, `item ${index + 1} is no object`);
  const { id } = item;
  if (id !== undefined && typeof id !== 'string')
    throw broken(path, `the id of item ${index + 1} is no text`);
  const fields = pick(item, ITEM_FIELDS) as Omit<DatasetItemInput, 'datasetName'>;
  if (fields.input === undefined) throw broken(path, `item ${index + 1} has no input`);
  const digest = createHash('sha256').update(JSON.stringify([datasetName, fields]));
  return { datasetName, ...fields, id: id ?? digest.digest('hex').slice(0, 32) };
}

function pick(value: Readonly<Record<string, unknown>>, names: readonly string[]) {
  return Object.fromEntries(
    names.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]] as const])),
  );
}

function broken(path: string, problem: string) {
  return planFailures.create('COAIA-5301', `${path} describes no dataset: ${problem}.`);
}
