/** One request from its first byte to its last: who asks, what answers, how it is written and remembered. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PredictionRecord } from '../predictions/observer.ts';
import type { AddressTable, Match } from './addresses.ts';
import { createFinder } from './addresses.ts';
import type { Authenticate } from './caller.ts';
import { gatewayFailures } from './errors.ts';
import { Exchange } from './exchange.ts';
import type { Answer } from './answer.ts';
import type { Gateway } from './gateway.ts';
import { renderRefusal, toRefusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { remember } from './remember.ts';
import { send } from './send.ts';

export interface Door {
  readonly gateway: Gateway;
  readonly addresses: AddressTable;
  readonly authenticate: Authenticate | undefined;
  /** False once the gateway is being closed. */
  readonly isOpen: () => boolean;
}

const NONE: readonly string[] = [];
const CLOSING = ['Connection', 'close'];

/** The listener of the server. */
export function createListener(door: Door) {
  const find = createFinder(door.addresses);
  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    handle(door, find, new Exchange(incoming, outgoing)).catch((error: unknown) => {
      // Nobody may be left waiting, whatever writing and counting failed with.
      door.gateway.log.say(
        'error',
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
      if (!outgoing.writableEnded) outgoing.destroy();
    });
  };
}

async function handle(
  door: Door,
  find: (path: string) => Match | undefined,
  exchange: Exchange,
): Promise<void> {
  const { gateway } = door;
  gateway.metrics.active += 1;
  const match = find(exchange.path);
  exchange.dialect = match?.address.dialect ?? guessDialect(exchange.path);
  let refusal: Refusal | undefined;
  let answer: Answer;
  try {
    answer = await answerWith(door, match, exchange);
  } catch (error) {
    refusal = toRefusal(error);
    answer = renderRefusal(refusal, exchange);
  }
  send(exchange, answer, toCommonHeaders(door, exchange));
  finish(gateway, exchange, answer.status, refusal);
}

/** Clients of the protocol ask for extensions that are not here, and read the refusal. */
const guessDialect = (path: string) => (path.startsWith('/v2/') ? 'oip' : 'native');

function answerWith(door: Door, match: Match | undefined, exchange: Exchange) {
  const { gateway, authenticate } = door;
  if (!door.isOpen())
    throw gatewayFailures.create('AO420', 'The service is being stopped; ask again in a moment.', {
      headers: { 'retry-after': '1' },
    });
  requireOwnOrigin(gateway, exchange);
  if (exchange.method === 'OPTIONS') return toPreflight();
  if (match === undefined)
    throw gatewayFailures.create('AO412', `Nothing is at ${exchange.path}.`, {
      hint: `curl ${gateway.url()}/openapi.json`,
    });
  const handler = findMethod(match, exchange);
  if (authenticate === undefined || match.address.isOpen === true)
    return handler(gateway, exchange, match.target);
  return authenticate(exchange.headers).then((caller) => {
    exchange.caller = caller;
    return handler(gateway, exchange, match.target);
  });
}

function findMethod({ address }: Match, exchange: Exchange) {
  const { methods } = address;
  const method = exchange.method === 'HEAD' ? 'GET' : exchange.method;
  const handler = methods[method as 'GET' | 'POST' | 'PUT'];
  if (handler !== undefined) return handler;
  const known = Object.keys(methods).join(', ');
  throw gatewayFailures.create(
    'AO411',
    `${exchange.path} takes ${known}, not ${exchange.method}.`,
    {
      headers: { allow: known },
    },
  );
}

/** Pages of other origins may only ask what the settings allow; without keys the name must be an own one, too. */
function requireOwnOrigin({ project, isOwnName }: Gateway, exchange: Exchange): void {
  const { host = '', origin } = exchange.headers;
  // Without a Host header (HTTP/1.0) no browser is asking.
  if (host !== '' && isOwnName?.(host) === false)
    throw gatewayFailures.create(
      'AO442',
      `This service asks for no keys, so it answers under names of its own only, not as ${host}. If callers use that name, list it under [api] hosts in ao.toml.`,
      { hint: 'ao config api.hosts' },
    );
  if (origin === undefined || isAllowed(project.api.cors, origin)) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw gatewayFailures.create(
    'AO442',
    `Pages of ${origin} may not ask this service. List the origin under [api] cors in ao.toml.`,
  );
}

const isAllowed = (cors: readonly string[], origin: string) =>
  cors.includes('*') || cors.includes(origin);

function toPreflight(): Answer {
  return { status: 204, body: '', headers: { 'access-control-max-age': '600' } };
}

function toCommonHeaders({ gateway, isOpen }: Door, exchange: Exchange): readonly string[] {
  if (!isOpen()) return CLOSING;
  const { origin } = exchange.headers;
  if (origin === undefined || !isAllowed(gateway.project.api.cors, origin)) return NONE;
  return [
    'Access-Control-Allow-Origin',
    gateway.project.api.cors.includes('*') ? '*' : origin,
    'Access-Control-Allow-Headers',
    'authorization, content-type, x-api-key, x-request-id, x-request-timeout-ms, x-model-version, traceparent',
    'Access-Control-Allow-Methods',
    'GET, POST, PUT',
    'Access-Control-Expose-Headers',
    'x-request-id, x-trace-id, x-model-version, retry-after',
    'Vary',
    'Origin',
  ];
}

function finish(
  gateway: Gateway,
  exchange: Exchange,
  status: number,
  refusal: Refusal | undefined,
): void {
  const durationMs = exchange.elapsedMs;
  gateway.metrics.active -= 1;
  gateway.metrics.add(exchange, status, durationMs);
  gateway.telemetry?.add(exchange, status, durationMs);
  gateway.inFlight.remove(exchange);
  const { model, version, requestId, traceId, rows, method, path } = exchange;
  const caller = exchange.caller?.id;
  const common = { model, version, requestId, traceId, rows, method, path, caller };
  if (refusal === undefined) gateway.log.request({ ...common, durationMs, status });
  else {
    const { code, message, stack } = refusal;
    gateway.log.request({ ...common, durationMs, status, error: { code, message } });
    if (code === 'AO449') gateway.log.say('error', stack ?? message, { request_id: requestId });
  }
  remember(gateway, exchange, status, toRecordedError(refusal));
}

function toRecordedError(refusal: Refusal | undefined): PredictionRecord['error'] {
  if (refusal === undefined) return undefined;
  const { code, message, stack } = refusal;
  return stack === undefined ? { code, message } : { code, message, stack };
}
