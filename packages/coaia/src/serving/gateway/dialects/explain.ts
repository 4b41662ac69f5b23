/** Why the model says what it says: native addresses, and KServe's `:explain`. */
import { toJson } from '../answer.ts';
import type { Handle } from '../addresses.ts';
import { readBodyType } from '../body-type.ts';
import { fromCsv } from '../csv-table.ts';
import { describeExplanation, explainRows } from '../explain-rows.ts';
import { fromRows } from '../read-input.ts';
import { readBody } from '../request-body.ts';
import { readInstances } from './kserve.ts';
import { readRowForm } from './native.ts';

/** `POST /explain` and its longer forms: rows as for `/predict`. */
export const explain: Handle = async (gateway, exchange, target) => {
  const type = readBodyType(exchange);
  const bytes = await readBody(exchange.incoming, gateway.bodyBytes);
  const read = type === 'csv' ? fromCsv(bytes) : readRowForm(bytes);
  const { model, manifest, values, warnings } = await explainRows(gateway, exchange, target, read);
  return toJson({
    explanations: values,
    ...describeExplanation(manifest.signature.explanation),
    model: model.name,
    version: String(manifest.version),
    request_id: exchange.requestId,
    trace_id: exchange.traceId,
    ...(warnings.length === 0 ? {} : { warnings }),
  });
};

/** `POST /v1/models/M:explain`, https://kserve.github.io/website/docs/concepts/architecture/data-plane/v1-protocol. */
export const explainInstances: Handle = async (gateway, exchange, target) => {
  const { rows, member } = await readInstances(gateway, exchange);
  const { values } = await explainRows(gateway, exchange, target, fromRows(rows, member));
  return toJson({ explanations: values });
};
