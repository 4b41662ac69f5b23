/** cog's protocol: `{"input": {...}}` in, a prediction with status, times and output out. */
import { isObject, toIso } from '#base';
import type { Handle } from '../addresses.ts';
import { toPredictions } from '../answer-values.ts';
import { gatewayFailures } from '../errors.ts';
import { toJson } from '../answer.ts';
import { readHealth } from '../health.ts';
import { predictRows } from '../predict.ts';
import { fromRows } from '../read-input.ts';
import { toCallerId } from '../../predictions/request-ids.ts';
import { parseJson, readBody } from '../request-body.ts';

/** `POST /predictions` and `PUT /predictions/ID`. */
export const predictOne: Handle = async (gateway, exchange, target) => {
  const body = parseJson(await readBody(exchange.incoming, gateway.bodyBytes));
  const input = isObject(body) ? body['input'] : undefined;
  if (!isObject(body) || !isObject(input))
    throw gatewayFailures.create('AO414', 'The body has no row. Send {"input": {...}}.');
  exchange.requestId = toCallerId(target.id ?? body['id']) ?? exchange.requestId;
  const answered = await predictRows(gateway, exchange, target, fromRows([input]));
  const { manifest, prediction } = answered;
  const [output] = toPredictions(prediction.outputs, manifest.signature);
  const { startedAt, elapsedMs, requestId, lines = [] } = exchange;
  return toJson({
    id: requestId,
    model: manifest.model,
    version: String(manifest.version),
    status: 'succeeded',
    input,
    output,
    error: null,
    logs: [...lines, ...prediction.warnings].join('\n'),
    created_at: toIso(startedAt),
    started_at: toIso(startedAt),
    completed_at: toIso(startedAt + elapsedMs),
    metrics: { predict_time: elapsedMs / 1000 },
  });
};

/** `GET /health-check`: always 200; the status says whether predictions are possible. */
export const checkHealth: Handle = async (gateway) => {
  const { isReady, models } = await readHealth(gateway);
  const isFailed = models.some(({ state }) => state === 'failed' || state === 'unknown');
  const status = isReady ? 'READY' : isFailed ? 'SETUP_FAILED' : 'STARTING';
  const setup = isReady ? 'succeeded' : isFailed ? 'failed' : 'starting';
  return toJson({ status, setup: { status: setup, logs: '' } });
};
