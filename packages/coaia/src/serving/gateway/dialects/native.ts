/** The service's own addresses: a row or a list of rows in, predictions out. vetiver's clients come here, too. */
import { isObject } from '#base';
import type { Handle } from '../addresses.ts';
import { toMainValues, toPredictions } from '../answer-values.ts';
import { readBodyType, wantsCsv } from '../body-type.ts';
import { fromCsv, toCsv } from '../csv-table.ts';
import { gatewayFailures } from '../errors.ts';
import { toJson } from '../answer.ts';
import type { Answer } from '../answer.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { askExplanation, describeExplanation, requireExplanation } from '../explain-rows.ts';
import { predictRows } from '../predict.ts';
import type { Answered } from '../predict.ts';
import { fromRows } from '../read-input.ts';
import type { ReadInput } from '../read-input.ts';
import { parseJson, readBody } from '../request-body.ts';
import type { Signature } from '../../signatures/signature.ts';
import { toVetiverAnswer } from './vetiver.ts';

/** `POST /predict` and its longer forms. */
export const predict: Handle = async (gateway, exchange, target) => {
  const type = readBodyType(exchange);
  const bytes = await readBody(exchange.incoming, gateway.bodyBytes);
  if (type === 'csv') {
    const answered = await predictRows(gateway, exchange, target, fromCsv(bytes));
    return toAnswer(exchange, answered, { isCsv: true, isMain: false });
  }
  const value = parseJson(bytes);
  if (type === 'plain' && Array.isArray(value) && value.every(isObject)) {
    exchange.dialect = 'vetiver';
    return toVetiverAnswer(exchange, await predictRows(gateway, exchange, target, fromRows(value)));
  }
  const { rows, path, isMain } = toRowForm(value);
  const answered = await predictRows(gateway, exchange, target, fromRows(rows, path));
  const more = isExplained(exchange) ? await explainToo(gateway, exchange, answered) : {};
  return toAnswer(exchange, answered, { isCsv: false, isMain, more });
};

/** How the rows of a JSON body are read. AO410, AO414. */
export function readRowForm(bytes: Buffer): ReadInput {
  const { rows, path } = toRowForm(parseJson(bytes));
  return fromRows(rows, path);
}

const isExplained = (exchange: Exchange) =>
  exchange.query !== '' && TRUTHS.has(exchange.parameter('explain') ?? '');
const TRUTHS: ReadonlySet<string> = new Set(['1', 'true']);

/** `?explain=1`: explanations beside the predictions. */
async function explainToo(gateway: Gateway, exchange: Exchange, answered: Answered) {
  const { manifest } = answered;
  requireExplanation(manifest);
  const { values } = await askExplanation(gateway, exchange, answered);
  return { explanations: values, ...describeExplanation(manifest.signature.explanation) };
}

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

interface AnswerForm {
  readonly isCsv: boolean;
  readonly isMain: boolean;
  readonly more?: Readonly<Record<string, unknown>>;
}

function toAnswer(
  exchange: Exchange,
  { model, manifest, input, prediction }: Answered,
  { isCsv, isMain, more }: AnswerForm,
): Answer {
  const { outputs, warnings } = prediction;
  const { signature, version } = manifest;
  const values = isMain ? toMainValues(outputs, signature) : toPredictions(outputs, signature);
  if (wantsCsv(exchange, isCsv)) return toCsv(values);
  return toJson({
    predictions: values,
    ...more,
    model: model.name,
    version: String(version),
    ...(isMain ? {} : toClasses(manifest.signature)),
    request_id: exchange.requestId,
    trace_id: exchange.traceId,
    ...(input.flags.length === 0 ? {} : { flags: input.flags }),
    ...(warnings.length === 0 ? {} : { warnings }),
  });
}

/** The order of the probabilities. */
function toClasses({ classes, outputs }: Signature) {
  return classes === undefined || outputs.every(({ name }) => name !== 'probability')
    ? {}
    : { classes };
}
