/** The service's own addresses: a row or a list of rows in, predictions out. */
import { isObject } from '#base';
import type { Handle } from '../addresses.ts';
import { toMainValues, toPredictions } from '../answer-values.ts';
import { toJson } from '../exchange.ts';
import type { Answer, Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { gatewayFailures } from '../errors.ts';
import { predictRows } from '../predict.ts';
import type { Answered } from '../predict.ts';
import { fromRows } from '../read-input.ts';
import { parseJson, readBody } from '../request-body.ts';

/** `POST /predict` and its longer forms. */
export const predict: Handle = async (gateway, exchange, target) => {
  const bytes = await readBody(exchange.incoming, gateway.bodyBytes);
  const { rows, path, isMain } = toRowForm(parseJson(bytes));
  const answered = await predictRows(gateway, exchange, target, fromRows(rows, path));
  return toNativeAnswer(exchange, answered, isMain);
};

interface RowForm {
  readonly rows: readonly unknown[];
  readonly path: string;
  /** Answer with labels or numbers, as the form with `instances` is used to. */
  readonly isMain: boolean;
}

/** A row, a list of rows, or `{"instances": [...]}`. Fails with AO414 for anything else. */
function toRowForm(value: unknown): RowForm {
  if (Array.isArray(value)) return { rows: value, path: '', isMain: false };
  if (!isObject(value))
    throw gatewayFailures.create(
      'AO414',
      'The body is neither a row nor a list of rows. A row is an object with one member for each input.',
    );
  const instances = value['instances'];
  return Array.isArray(instances)
    ? { rows: instances, path: 'instances', isMain: true }
    : { rows: [value], path: '', isMain: false };
}

function toNativeAnswer(
  exchange: Exchange,
  { model, manifest, input, prediction }: Answered,
  isMain: boolean,
): Answer {
  const { outputs, warnings } = prediction;
  const { signature, version } = manifest;
  return toJson({
    predictions: isMain ? toMainValues(outputs, signature) : toPredictions(outputs, signature),
    model: model.name,
    version: String(version),
    request_id: exchange.requestId,
    trace_id: exchange.traceId,
    ...(input.flags.length === 0 ? {} : { flags: input.flags }),
    ...(warnings.length === 0 ? {} : { warnings }),
  });
}

