/** MLflow's scoring protocol, which SageMaker's containers share. */
import { isObject } from '#base';
import type { Handle } from '../addresses.ts';
import { toMainValues } from '../answer-values.ts';
import { readBodyType, wantsCsv } from '../body-type.ts';
import { fromCsv, toCsv } from '../csv-table.ts';
import { gatewayFailures } from '../errors.ts';
import { toJson } from '../answer.ts';
import type { Answer } from '../answer.ts';
import { predictRows } from '../predict.ts';
import { fromRows, requireOnce } from '../read-input.ts';
import type { ReadInput } from '../read-input.ts';
import { parseJson, readBody } from '../request-body.ts';

/** `POST /invocations`. JSON answers `{"predictions": [...]}`; CSV answers when it is asked for. */
export const invoke: Handle = async (gateway, exchange, target) => {
  const type = readBodyType(exchange);
  const bytes = await readBody(exchange.incoming, gateway.bodyBytes);
  const read = type === 'csv' ? fromCsv(bytes) : toInput(parseJson(bytes));
  const { manifest, prediction } = await predictRows(gateway, exchange, target, read);
  const values = toMainValues(prediction.outputs, manifest.signature);
  return wantsCsv(exchange, false) ? toCsv(values) : toJson({ predictions: values });
};

const FORMS = 'dataframe_split, dataframe_records, instances, inputs';

function toInput(value: unknown): ReadInput {
  if (Array.isArray(value)) return fromRows(value);
  if (!isObject(value)) throw unknownForm('The body is no object.');
  const { dataframe_split: split, dataframe_records: records, instances, inputs } = value;
  // MLflow's own server refuses that, too: only one of them could be answered.
  if ([split, records, instances, inputs].filter((form) => form !== undefined).length > 1)
    throw unknownForm('The body has rows more than once.');
  if (split !== undefined) return fromSplit(split);
  if (Array.isArray(records)) return fromRows(records, 'dataframe_records');
  if (instances !== undefined) return fromAny(instances, 'instances');
  if (inputs !== undefined) return fromAny(inputs, 'inputs');
  throw unknownForm('The body has none of them.');
}

function unknownForm(reason: string) {
  return gatewayFailures.create('AO414', `${reason} Rows come in one of: ${FORMS}.`);
}

/** `{"columns": [...], "data": [[...], ...]}`, as pandas writes a table with orient="split". */
function fromSplit(split: unknown): ReadInput {
  const { columns, data } = isObject(split) ? split : {};
  if (!Array.isArray(data) || !data.every(Array.isArray))
    throw unknownForm('dataframe_split has no data: a list of lists.');
  if (!Array.isArray(columns)) return fromRows(data, 'dataframe_split.data');
  const names = columns.map(String);
  requireOnce(names, 'dataframe_split.columns');
  const odd = data.findIndex((row: readonly unknown[]) => row.length !== names.length);
  if (odd !== -1)
    throw gatewayFailures.create(
      'AO414',
      `Row ${odd + 1} of dataframe_split.data has ${(data[odd] as readonly unknown[]).length} values for ${names.length} columns.`,
    );
  const rows = (data as readonly (readonly unknown[])[]).map((row) =>
    Object.fromEntries(names.map((name, at) => [name, row[at]])),
  );
  return fromRows(rows, 'dataframe_split.data');
}

/** A list of rows, or an object of columns. */
function fromAny(value: unknown, path: string): ReadInput {
  if (Array.isArray(value)) return fromRows(value, path);
  if (!isObject(value)) throw unknownForm(`${path} is neither a list nor an object.`);
  const columns = Object.entries(value);
  if (!columns.every(([, column]) => Array.isArray(column))) return fromRows([value], path);
  return (reader) =>
    reader.readColumns(Object.fromEntries(columns) as Record<string, readonly unknown[]>, path);
}

/** `GET /version`: of the program, as text. */
export const showVersion: Handle = ({ programVersion }): Answer => ({
  status: 200,
  body: programVersion,
  type: 'text/plain; charset=utf-8',
});
