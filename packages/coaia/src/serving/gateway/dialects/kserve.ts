/** KServe's first protocol: `instances` in, `predictions` out. */
import { isObject } from '#base';
import type { Handle } from '../addresses.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { toMainValues } from '../answer-values.ts';
import { gatewayFailures } from '../errors.ts';
import { toJson } from '../answer.ts';
import { predictRows } from '../predict.ts';
import { fromRows } from '../read-input.ts';
import { parseJson, readBody } from '../request-body.ts';

/** `POST /v1/models/M:predict`. Instances are objects, or lists in the order of the inputs. */
export const predictInstances: Handle = async (gateway, exchange, target) => {
  const { rows, member } = await readInstances(gateway, exchange);
  const { manifest, prediction } = await predictRows(
    gateway,
    exchange,
    target,
    fromRows(rows, member),
  );
  return toJson({ predictions: toMainValues(prediction.outputs, manifest.signature) });
};

/** The rows of a body and the member that holds them. AO414 when there are none. */
export async function readInstances(gateway: Gateway, exchange: Exchange) {
  const value = parseJson(await readBody(exchange.incoming, gateway.bodyBytes));
  const member = isObject(value) && Array.isArray(value['inputs']) ? 'inputs' : 'instances';
  const rows = isObject(value) ? value[member] : undefined;
  if (!Array.isArray(rows))
    throw gatewayFailures.create(
      'AO414',
      'The body has no list of rows. Send {"instances": [row, ...]}.',
    );
  return { rows: rows as readonly unknown[], member };
}
