/** The workbench asks one of its gateways: for the page's form, steps of pipelines and tools of agents. */
import { isCoaiaError } from '#base';
import type { Scope } from '#base';
import { toUnreachable } from '#egress';
import { loadPrivateAddresses } from '#observability';
import { findGateway } from './find-gateway.ts';
import type { CallPorts } from './ports.ts';
import { isNever } from '../versions/gateway-address.ts';
import { callFailures } from './errors.ts';

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
 * Asks the newest gateway that serves the model. AO660 for an unknown model, AO668 when nobody serves it, AO674 when
 * its address may not be asked, AO675 when it asks for keys and this process cannot show it one, COAIA-0602 or
 * COAIA-0603 when it does not answer.
 */
export async function callModel(
  ports: CallPorts,
  scope: Scope,
  call: ModelCall,
): Promise<ModelAnswer> {
  const { base, token } = await findGateway(ports, scope, call.model);
  const version = call.version === undefined ? '' : `/versions/${encodeURIComponent(call.version)}`;
  const url = `${base}/v1/models/${encodeURIComponent(call.model)}${version}/predict`;
  const { createPublicLookup } = await loadPrivateAddresses();
  const asking = ports.fetch(url, {
    method: 'POST',
    // An allowed name may still lead to an address that nobody can allow.
    lookup: createPublicLookup(new URL(url).hostname, isNever),
    headers: {
      'content-type': 'application/json',
      ...(call.traceparent === undefined ? {} : { traceparent: call.traceparent }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(call.data),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  });
  const response = await asking.catch((error: unknown) => {
    throw isCoaiaError(error) || call.signal?.aborted === true ? error : toUnreachable(error, url);
  });
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) as unknown };
  } catch (error) {
    throw callFailures.create(
      'AO669',
      `${base} answered with status ${response.status} and something that is no JSON, so it is no gateway.`,
      { hint: 'ao ps', cause: error },
    );
  }
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
