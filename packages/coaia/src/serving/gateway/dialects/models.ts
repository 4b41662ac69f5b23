/** What models there are, and the outcomes of their predictions. */
import { isObject } from '#base';
import type { OutcomeInput } from '@coaia/client';
import type { Handle } from '../addresses.ts';
import { mayKnow, requireScope } from '../caller.ts';
import { gatewayFailures } from '../errors.ts';
import { toJson } from '../answer.ts';
import type { AddOutcomes, Gateway } from '../gateway.ts';
import { isModelReady, readHealth } from '../health.ts';
import { choose, findModel } from '../predict.ts';
import { parseJson, readBody } from '../request-body.ts';
import type { VersionManifest } from '../../versions/version.ts';

/** `GET /v1/models`: names for KServe's clients, and the same with versions and readiness. */
export const listModels: Handle = async (gateway, exchange) => {
  const { models: health } = await readHealth(gateway);
  const models = gateway.catalog.list().filter(({ name }) => mayKnow(exchange.caller, name));
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

/** `GET /v1/models/M[/versions/V]`: everything one must know to ask it. */
export const showModel: Handle = async (gateway, exchange, target) => {
  const { model, manifest } = choose(gateway, exchange, target);
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

/** `POST /v1/models/M/outcomes`: one outcome or a list, each with the id of its prediction and, where it had several rows, `row`. */
export const addOutcomes: Handle = async (gateway, exchange, target) => {
  const model = findModel(gateway, exchange, target);
  requireScope(exchange.caller, 'predict', model.name);
  const body = parseJson(await readBody(exchange.incoming, gateway.bodyBytes));
  const outcomes = listOutcomes(body).map(toOutcome);
  const add = findKeeper(gateway);
  // What was answered a moment ago may not be written yet.
  await gateway.observer.flush();
  return toJson((await add(model.name, outcomes)) ?? { recorded: outcomes.length });
};

/** One outcome, a list of them, or `{"outcomes": [...]}`. */
function listOutcomes(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  const list = isObject(body) ? body['outcomes'] : undefined;
  return Array.isArray(list) ? list : [body];
}

function findKeeper({ outcomes }: Gateway): AddOutcomes {
  if (outcomes !== undefined) return outcomes;
  throw gatewayFailures.create(
    'AO424',
    'This service keeps no predictions, so there is nothing that an outcome could belong to.',
    { hint: 'ao config log.payload' },
  );
}

function toOutcome(value: unknown, index: number): OutcomeInput {
  const outcome = isObject(value) ? value : {};
  const { actual, row } = outcome;
  const requestId = outcome['request_id'] ?? outcome['requestId'];
  if (typeof requestId !== 'string' || requestId === '' || actual === undefined)
    throw gatewayFailures.create(
      'AO414',
      `Outcome ${index + 1} has no ${actual === undefined ? 'actual' : 'request_id'}. Send {"request_id": "...", "actual": ...} with the id that the prediction was answered with.`,
    );
  if (row !== undefined && !(Number.isSafeInteger(row) && (row as number) >= 0))
    throw gatewayFailures.create(
      'AO414',
      `Outcome ${index + 1} has the row ${JSON.stringify(row)}; rows are whole numbers that count from 0.`,
    );
  return { requestId, actual, ...(row === undefined ? {} : { row: row as number }) };
}
