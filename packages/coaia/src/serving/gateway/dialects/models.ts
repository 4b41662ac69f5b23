/** What models there are, and the outcomes of their predictions. */
import { isObject } from '#base';
import type { Handle } from '../addresses.ts';
import { requireScope } from '../caller.ts';
import { gatewayFailures } from '../errors.ts';
import { toJson } from '../exchange.ts';
import type { Gateway, OutcomeInput } from '../gateway.ts';
import { isModelReady, readHealth } from '../health.ts';
import { choose, findModel } from '../predict.ts';
import { parseJson, readBody } from '../request-body.ts';
import type { VersionManifest } from '../../versions/version.ts';

/** `GET /v1/models`: names for KServe's clients, and the same with versions and readiness. */
export const listModels: Handle = async (gateway, exchange) => {
  const { models: health } = await readHealth(gateway);
  const models = gateway.catalog.list().filter(({ name }) => mayRead(exchange.caller, name));
  return toJson({
    models: models.map(({ name }) => name),
    details: models.map(({ name, traffic, versions }) => ({
      name,
      version: String(traffic.champion),
      versions: [...versions.keys()].map(String),
      ready: health.every((one) => one.name !== name || one.isReady),
      description: versions.get(traffic.champion)?.signature.description,
    })),
  });
};

function mayRead(caller: Parameters<typeof requireScope>[0], model: string): boolean {
  const scopes = caller?.scopes;
  return (
    scopes === undefined || scopes.some((one) => one.endsWith(`:${model}`) || one.endsWith(':*'))
  );
}

/** `GET /v1/models/M[/versions/V]`: everything one must know to ask it. */
export const showModel: Handle = async (gateway, exchange, target) => {
  const { model, manifest } = choose(gateway, exchange, target);
  requireScope(exchange.caller, 'predict', model.name);
  return toJson({
    name: model.name,
    ready: await isModelReady(gateway, model.name),
    ...toDocument(manifest),
    versions: [...model.versions.keys()].map(String),
    traffic: model.traffic,
  });
};

function toDocument(manifest: VersionManifest) {
  const { version, digest, language, createdAt, signature, notes } = manifest;
  const { inputs, outputs, task, classes, description, example } = signature;
  return {
    version: String(version),
    digest,
    language,
    created_at: createdAt,
    notes,
    description,
    task,
    classes,
    inputs,
    outputs,
    example,
  };
}

/** `POST /v1/models/M/outcomes`: one outcome or a list, each with the id of its prediction. */
export const addOutcomes: Handle = async (gateway, exchange, target) => {
  const model = findModel(gateway, exchange, target);
  requireScope(exchange.caller, 'predict', model.name);
  const body = parseJson(await readBody(exchange.incoming, gateway.bodyBytes));
  const given: readonly unknown[] = Array.isArray(body) ? body : [body];
  const outcomes = given.map((one, index) => toOutcome(model.name, one, index));
  return toJson((await keep(gateway)(outcomes)) ?? { accepted: outcomes.length }, 202);
};

function keep({ outcomes }: Gateway) {
  if (outcomes !== undefined) return outcomes;
  throw gatewayFailures.create(
    'AO424',
    'This service keeps no predictions, so there is nothing that an outcome could belong to.',
    { hint: 'ao config log.payload' },
  );
}

function toOutcome(model: string, value: unknown, index: number): OutcomeInput {
  const {
    request_id: requestId,
    actual,
    comment,
    observed_at: observedAt,
  } = isObject(value) ? value : {};
  if (typeof requestId !== 'string' || requestId === '' || actual === undefined)
    throw gatewayFailures.create(
      'AO414',
      `Outcome ${index + 1} has no ${actual === undefined ? 'actual' : 'request_id'}. Send {"request_id": "...", "actual": ...} with the id that the prediction was answered with.`,
    );
  return {
    model,
    requestId,
    actual,
    ...(typeof comment === 'string' ? { comment } : {}),
    ...(typeof observedAt === 'string' ? { observedAt } : {}),
  };
}
