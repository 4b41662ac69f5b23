/** From rows to a prediction: which version, what it is given, what is remembered, and the shadow. */
import { hostFailures } from '../hosts/errors.ts';
import type { Prediction } from '../runtimes/runtime.ts';
import { compileReader } from '../signatures/reader.ts';
import type { RowBatch, RowReader } from '../signatures/reader.ts';
import type { CatalogModel } from '../versions/catalog.ts';
import type { Signature } from '../signatures/signature.ts';
import { chooseVersion } from '../versions/traffic.ts';
import type { Choice } from '../versions/traffic.ts';
import type { VersionManifest } from '../versions/version.ts';
import { mayKnow, requireScope } from './caller.ts';
import { gatewayFailures } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import type { ReadInput } from './read-input.ts';

/** Which model an address names; undefined: the only one, or what `?model=` says. */
export interface Target {
  readonly model?: string | undefined;
  readonly version?: string | undefined;
}

export interface Chosen {
  readonly model: CatalogModel;
  readonly manifest: VersionManifest;
  readonly choice: Choice;
}

/** A version and the rows that it is given. */
export interface Asked extends Chosen {
  readonly input: RowBatch;
}

export interface Answered extends Asked {
  readonly prediction: Prediction;
}

/** The model that is asked. AO404 when there is none of that name, AO417 when several could be meant. */
export function findModel(gateway: Gateway, exchange: Exchange, target: Target): CatalogModel {
  const name = target.model ?? exchange.parameter('model');
  if (name !== undefined) {
    const model = gateway.catalog.find(name);
    if (model !== undefined) return model;
    const known = listKnown(gateway, exchange);
    throw hostFailures.create(
      'AO404',
      `There is no model ${name} here${known.length === 0 ? '' : `; there is ${known.join(', ')}`}.`,
      { hint: `curl ${gateway.url()}/v1/models` },
    );
  }
  const all = gateway.catalog.list();
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined)
    throw hostFailures.create('AO404', 'There is no model here yet.', { hint: 'ao deploy' });
  const names = listKnown(gateway, exchange);
  const { 0: first = 'NAME' } = names;
  throw gatewayFailures.create(
    'AO417',
    `Which model? There are ${all.length}${names.length === 0 ? '' : `: ${names.join(', ')}`}. Use /v1/models/${first}/predict, or add ?model=${first}.`,
    { hint: `curl ${gateway.url()}/v1/models` },
  );
}

/** Names of the models that the caller may hear of: all without keys, none where no key was asked for yet. */
function listKnown({ catalog, isLocked }: Gateway, { caller }: Exchange): readonly string[] {
  if (isLocked && caller === undefined) return [];
  return catalog.list().flatMap(({ name }) => (mayKnow(caller, name) ? [name] : []));
}

/** The version that answers: the one in the address or in X-Model-Version, else by the traffic rules. AO404, AO441. */
export function choose(gateway: Gateway, exchange: Exchange, target: Target): Chosen {
  const model = findModel(gateway, exchange, target);
  requireScope(exchange.caller, 'predict', model.name);
  const { sticky } = model.traffic;
  const choice = chooseVersion(model.traffic, {
    asked: target.version ?? exchange.header('x-model-version'),
    stickyKey: sticky === undefined ? undefined : toStickyKey(exchange, sticky),
    latest: findLatest(model),
    random: Math.random,
  });
  const manifest = choice === undefined ? undefined : model.versions.get(choice.version);
  if (choice === undefined || manifest === undefined)
    throw hostFailures.create(
      'AO404',
      `${model.name} has no version ${target.version ?? exchange.header('x-model-version') ?? choice?.version}${listKnown(gateway, exchange).length === 0 ? '' : `; there is ${[...model.versions.keys()].join(', ')}`}.`,
      { hint: `curl ${gateway.url()}/v1/models/${model.name}` },
    );
  return { model, manifest, choice };
}

function toStickyKey(exchange: Exchange, sticky: string): string | undefined {
  return sticky === 'key' ? exchange.caller?.id : exchange.header(sticky.toLowerCase());
}

function findLatest(model: CatalogModel): number {
  let latest = 0;
  for (const version of model.versions.keys()) if (version > latest) latest = version;
  return latest;
}

/** The reader of a version, compiled on first use. */
export function findReader(gateway: Gateway, manifest: VersionManifest): RowReader {
  const known = gateway.readers.get(manifest);
  if (known !== undefined) return known;
  const reader = compileReader(
    hideFields(manifest.signature, gateway.project.log.redact),
    manifest.rules,
  );
  gateway.readers.set(manifest, reader);
  return reader;
}

/** What `[log] redact` names counts as sensitive: refusals, which are logged, do not repeat its values. */
function hideFields(signature: Signature, redact: readonly string[]): Signature {
  if (redact.length === 0) return signature;
  const inputs = signature.inputs.map((field) =>
    redact.includes(field.name) ? { ...field, sensitive: true } : field,
  );
  return { ...signature, inputs };
}

/** Chooses the version and reads the rows by its rules. Fails with AO404, AO417, AO441, AO422 and what `mayAsk` does. */
export function readRows(
  gateway: Gateway,
  exchange: Exchange,
  target: Target,
  read: ReadInput,
  mayAsk?: (manifest: VersionManifest) => void,
): Asked {
  const { model, manifest, choice } = choose(gateway, exchange, target);
  exchange.model = model.name;
  exchange.version = choice.version;
  exchange.route = choice.route;
  exchange.work = { read, flags: [] };
  mayAsk?.(manifest);
  const input = read(findReader(gateway, manifest), manifest);
  exchange.rows = input.batch.rows;
  exchange.work = { read, input: input.batch, flags: input.flags };
  gateway.inFlight.add(exchange);
  return { model, manifest, choice, input };
}

/**
 * Answers rows. Fails with AO404, AO417, AO441, with AO422 for input that is not valid, and with what the link fails
 * with. Whatever happens is remembered by the observer once the caller has its answer; see `remember`.
 */
export async function predictRows(
  gateway: Gateway,
  exchange: Exchange,
  target: Target,
  read: ReadInput,
): Promise<Answered> {
  const asked = readRows(gateway, exchange, target, read);
  const { model, manifest, choice, input } = asked;
  const prediction = await gateway.link.predict(
    { model: model.name, version: String(choice.version) },
    input.batch,
    {
      requestId: exchange.requestId,
      traceparent: exchange.traceparent,
      signal: exchange.signal,
      deadline: toDeadline(exchange, manifest.timeoutMs),
    },
  );
  exchange.work = { read, input: input.batch, flags: input.flags, prediction };
  if (choice.shadow !== undefined) {
    const shadow = model.versions.get(choice.shadow);
    if (shadow !== undefined) exchange.shadow = shadow;
  }
  return { ...asked, prediction };
}

/** Epoch milliseconds: the version's own limit, or a shorter one in X-Request-Timeout-Ms. AO416. */
export function toDeadline(exchange: Exchange, timeoutMs: number): number {
  const asked = exchange.headers['x-request-timeout-ms'];
  if (asked === undefined) return exchange.startedAt + timeoutMs;
  const limit = Number(asked);
  if (!(limit > 0))
    throw gatewayFailures.create(
      'AO416',
      `X-Request-Timeout-Ms is ${JSON.stringify(asked)}; it is a number of milliseconds above 0.`,
    );
  return exchange.startedAt + Math.min(limit, timeoutMs);
}
