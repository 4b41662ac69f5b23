/** `anops.AnOps/Predict`: rows in, rows out, as JSON text or typed. */
import { runtimeFailures } from '../../runtimes/errors.ts';
import type { Row } from '../../signatures/signature.ts';
import { begin } from './call.ts';
import type { CallContext } from './call.ts';
import { predictRows } from './predict-rows.ts';
import type { ServedModels } from './served-models.ts';

type ValueChoice =
  | { readonly case: 'doubleValue'; readonly value: number }
  | { readonly case: 'int64Value'; readonly value: bigint }
  | { readonly case: 'stringValue'; readonly value: string }
  | { readonly case: 'boolValue'; readonly value: boolean }
  | { readonly case: 'nullValue'; readonly value: number }
  | { readonly case: undefined };

interface RowMessage {
  readonly values: readonly { readonly name: string; readonly value: ValueChoice }[];
}

interface PredictRequest {
  readonly inputData: string;
  readonly rows: readonly RowMessage[];
  readonly model: string;
  readonly version: string;
  readonly requestId: string;
}

/** Handlers by method. */
export function createAnopsService(models: ServedModels) {
  return {
    async Predict(request: PredictRequest, context: CallContext) {
      const isText = request.rows.length === 0;
      const target = await models.choose(request.model, request.version, context.header);
      const options = begin(context, target, request.requestId);
      const given = isText ? parseRows(request.inputData) : request.rows.map(readRow);
      const rows = Array.isArray(given) ? (given as readonly unknown[]) : [given];
      const path = isText ? 'input_data' : 'rows';
      const { outputs, about } = await predictRows(
        models,
        { target, rows, path, options },
        context,
      );
      return {
        ...(isText
          ? { outputData: JSON.stringify(Array.isArray(given) ? outputs : outputs[0]) }
          : { outputs: outputs.map(writeRow) }),
        ...about,
      };
    },
  };
}

function refuse(message: string) {
  return runtimeFailures.create('AO422', message);
}

function parseRows(text: string): unknown {
  if (text === '') throw refuse('There are no rows: set input_data (JSON text) or rows.');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(`input_data is not JSON: ${(error as Error).message}`);
  }
}

function readRow({ values }: RowMessage): Row {
  return Object.fromEntries(values.map(({ name, value }) => [name, readValue(value)]));
}

function readValue(choice: ValueChoice): unknown {
  if (choice.case === undefined || choice.case === 'nullValue') return null;
  return choice.value;
}

/** Lists, such as probabilities, become one value for each element: `probability[0]`. */
function writeRow(row: Row): RowMessage {
  return {
    values: Object.entries(row).flatMap(([name, value]) => writeValues(name, value)),
  };
}

function writeValues(name: string, value: unknown): RowMessage['values'] {
  if (Array.isArray(value))
    return value.flatMap((one, index) => writeValues(`${name}[${index}]`, one));
  return [{ name, value: writeValue(value) }];
}

function writeValue(value: unknown): ValueChoice {
  if (typeof value === 'number') return { case: 'doubleValue', value };
  if (typeof value === 'bigint') return { case: 'int64Value', value };
  if (typeof value === 'boolean') return { case: 'boolValue', value };
  if (typeof value === 'string') return { case: 'stringValue', value };
  return { case: 'nullValue', value: 0 };
}
