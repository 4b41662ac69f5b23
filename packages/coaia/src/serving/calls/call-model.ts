/** The workbench asks one of its gateways: for the page's form, steps of pipelines and tools of agents. */
import { toActor } from '#access';
import type { Clock, Scope } from '#base';
import type { Database, ServingGatewayRow } from '#store';
import { needs } from '#surface';
import { createCallToken } from '../gateway/call-token.ts';
import { toSealContext } from '../versions/announce-gateway.ts';
import type { SealedText, SecretSeal } from '../versions/ports.ts';
import { getDeployment } from '../versions/registry.ts';
import { readGateway } from '../versions/storage.ts';
import { callFailures } from './errors.ts';

export interface CallPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Through the one way out of the program. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Opens what gateways that ask for keys announced. */
  readonly secrets: SecretSeal;
}

export const callPorts = needs<CallPorts>('model-calls');

export interface ModelCall {
  readonly model: string;
  /** A row, or an array of rows. */
  readonly data: unknown;
  /** A number or an alias; the traffic rules decide otherwise. */
  readonly version?: string | undefined;
  /** W3C trace context of what asks. */
  readonly traceparent?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What the gateway answered, whatever the status. */
export interface ModelAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Asks the newest gateway that serves the model. AO660 for an unknown model, AO668 when nobody serves it, AO675 when
 * it asks for keys and this process cannot show it one.
 */
export async function callModel(
  ports: CallPorts,
  scope: Scope,
  call: ModelCall,
): Promise<ModelAnswer> {
  const { gateways } = await getDeployment(ports, scope, call.model);
  const ready = gateways.find(({ state }) => state === 'ready');
  // The address and what signs calls to it come from one row: a token never goes where it was not made for.
  const [gateway] =
    ready === undefined ? [] : await readGateway(ports.db, scope.projectId, ready.id);
  if (gateway === undefined) throw toUnserved(call.model);
  const token = toToken(ports, scope, gateway, call.model);
  const version = call.version === undefined ? '' : `/versions/${encodeURIComponent(call.version)}`;
  const url = `${gateway.url}/v1/models/${encodeURIComponent(call.model)}${version}/predict`;
  const response = await ports.fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(call.traceparent === undefined ? {} : { traceparent: call.traceparent }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(call.data),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  });
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) as unknown };
  } catch (error) {
    throw callFailures.create(
      'AO669',
      `${gateway.url} answered with status ${response.status} and something that is no JSON, so it is no gateway.`,
      { hint: 'ao ps', cause: error },
    );
  }
}

/** For this model at this gateway, good for minutes; undefined where no keys are asked for. */
function toToken(
  { clock, secrets }: CallPorts,
  scope: Scope,
  row: ServingGatewayRow,
  model: string,
): string | undefined {
  const { call } = JSON.parse(row.detail) as { readonly call?: SealedText };
  if (call === undefined) return undefined;
  let secret: string;
  try {
    secret = secrets.open(call, toSealContext(row));
  } catch (error) {
    throw callFailures.create(
      'AO675',
      `${row.url} asks for keys, and what it announced for calls of the workbench is encrypted under a key that is not here.`,
      { hint: 'coaia config explain encryption_key', cause: error },
    );
  }
  return createCallToken(secret, { model, by: toActor(scope) }, clock());
}

function toUnserved(model: string) {
  return callFailures.create('AO668', `Nothing serves ${model} at the moment.`, {
    hint: 'ao run up',
    headers: { 'Retry-After': '5' },
  });
}

/** The answer of a call that must succeed; AO669 with the gateway's own sentence otherwise. */
export function requireAnswer({ status, body }: ModelAnswer): unknown {
  if (status < 400) return body;
  const { error } = body as {
    readonly error?: {
      readonly code?: string;
      readonly message?: string;
      readonly details?: unknown;
    };
  };
  const code = error?.code === undefined ? '' : `${error.code}: `;
  throw callFailures.create('AO669', `${code}${error?.message ?? `status ${status}`}`, {
    details: error?.details,
  });
}
