/** Which models are loaded, loading and unloading them, and what they have done. */
import { isObject } from '#base';
import type { Handle } from '../addresses.ts';
import { mayKnow, requireScope } from '../caller.ts';
import { toJson } from '../answer.ts';
import type { Gateway } from '../gateway.ts';
import type { VersionMetrics } from '../metrics.ts';
import { choose, findModel } from '../predict.ts';
import { parseJson, readBody } from '../request-body.ts';

const STATES = {
  ready: 'READY',
  loading: 'LOADING',
  unloaded: 'UNAVAILABLE',
  failed: 'UNAVAILABLE',
} as const;

/** `POST /v2/repository/index`: every version; with `{"ready": true}` those that are loaded. */
export const index: Handle = async (gateway, exchange) => {
  const bytes = await readBody(exchange.incoming, gateway.bodyBytes);
  const body = bytes.length === 0 ? {} : parseJson(bytes);
  const isReadyOnly = isObject(body) && body['ready'] === true;
  const linked = await gateway.link.list();
  const known = gateway.catalog.list().filter(({ name }) => mayKnow(exchange.caller, name));
  const rows = known.flatMap(({ name, versions }) =>
    [...versions.keys()].map((version) => {
      const health = linked.find(
        (one) => one.model === name && one.version === String(version),
      )?.health;
      const state = STATES[health?.state ?? 'unloaded'];
      return { name, version: String(version), state, reason: health?.reason ?? '' };
    }),
  );
  return toJson(isReadyOnly ? rows.filter(({ state }) => state === 'READY') : rows);
};

/** `POST /v2/repository/models/M/load`: the version that answers. */
export const load: Handle = (gateway, exchange, target) =>
  change(gateway, 'load', findModel(gateway, exchange, target).name, exchange.caller);

/** `POST /v2/repository/models/M/unload`. */
export const unload: Handle = (gateway, exchange, target) =>
  change(gateway, 'unload', findModel(gateway, exchange, target).name, exchange.caller);

async function change(
  gateway: Gateway,
  verb: 'load' | 'unload',
  model: string,
  caller: Parameters<typeof requireScope>[0],
) {
  requireScope(caller, 'deploy', model);
  const version = String(gateway.catalog.find(model)?.traffic.champion);
  await gateway.link[verb]({ model, version });
  return toJson({});
}

/** `GET /v2/models/M[/versions/V]/stats`, as Triton's statistics extension has it; durations in nanoseconds. */
export const showStats: Handle = (gateway, exchange, target) => {
  const { model, manifest } = choose(gateway, exchange, target);
  const versions = target.version === undefined ? [...model.versions.keys()] : [manifest.version];
  return toStatsAnswer(gateway, [[model.name, versions]]);
};

/** `GET /v2/models/stats`: of every model. */
export const showAllStats: Handle = (gateway, { caller }) =>
  toStatsAnswer(
    gateway,
    gateway.catalog
      .list()
      .filter(({ name }) => mayKnow(caller, name))
      .map(({ name, versions }) => [name, [...versions.keys()]]),
  );

function toStatsAnswer(
  { metrics }: Gateway,
  models: readonly (readonly [string, readonly number[]])[],
) {
  return toJson({
    model_stats: models.flatMap(([name, versions]) =>
      versions.map((version) => ({
        name,
        version: String(version),
        ...toStats(metrics.of(name, version)),
      })),
    ),
  });
}

const toNs = (ms: number) => Math.round(ms * 1e6);

function toStats(one: VersionMetrics | undefined) {
  if (one === undefined) return { inference_count: 0, execution_count: 0 };
  const { rows, batches, seconds, failed, failedMs, queueMs, workerMs } = one;
  const count = seconds.count - failed;
  return {
    inference_count: rows,
    execution_count: Math.round(batches.count),
    inference_stats: {
      success: { count, ns: toNs(seconds.sum * 1000 - failedMs) },
      fail: { count: failed, ns: toNs(failedMs) },
      queue: { count, ns: toNs(queueMs) },
      compute_infer: { count, ns: toNs(workerMs) },
    },
  };
}
