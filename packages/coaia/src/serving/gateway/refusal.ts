/** Failures as callers see them: one table of codes and statuses, a shape for each dialect, no stack anywhere. */
import { isCoaiaError } from '#base';
import { toJson } from './answer.ts';
import type { Answer, Dialect } from './answer.ts';
import type { Exchange } from './exchange.ts';

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly details?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the log and the trace, never for the caller. */
  readonly stack?: string;
}

/** What a caller may know of a failure. Defects of the gateway itself become AO449 without their text. */
export function toRefusal(error: unknown): Refusal {
  if (!isCoaiaError(error)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      status: 500,
      code: 'AO449',
      message: 'The service failed on this request; its log has the reason under the request id.',
      stack,
    };
  }
  const { code, message, hint, details, headers, definition } = error;
  const stack = findStack(error.cause);
  const isBusy = definition.status === 503 || definition.status === 429;
  const all = isBusy && !hasRetryAfter(headers) ? { 'retry-after': '1', ...headers } : headers;
  return {
    status: definition.status,
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
    ...(all === undefined ? {} : { headers: all }),
    ...(stack === undefined ? {} : { stack }),
  };
}

/** Names of headers come in any spelling. */
const hasRetryAfter = (headers: Readonly<Record<string, string>> = {}) =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'retry-after');

/** The model's own lines travel in the cause; of other causes it is their stack. */
function findStack(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const { trace } = cause as { readonly trace?: unknown };
  return typeof trace === 'string' ? `${cause.message}\n${trace}` : (cause.stack ?? cause.message);
}

/** Error codes of MLflow by status, https://github.com/mlflow/mlflow/blob/master/mlflow/protos/databricks.proto. */
const MLFLOW_CODES: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'RESOURCE_DOES_NOT_EXIST',
  422: 'INVALID_PARAMETER_VALUE',
  429: 'REQUEST_LIMIT_EXCEEDED',
  500: 'INTERNAL_ERROR',
  503: 'TEMPORARILY_UNAVAILABLE',
  504: 'TEMPORARILY_UNAVAILABLE',
};

/** The answer to a failure in the shape of the dialect that was spoken. */
export function renderRefusal(refusal: Refusal, exchange: Exchange): Answer {
  const { code, message, hint, details, status, headers } = refusal;
  const { dialect, traceId, requestId } = exchange;
  const own = { code, message, hint, details, request_id: requestId, trace_id: traceId };
  const text = `${message} (${code}, request ${requestId})`;
  const render = {
    native: () => ({ error: own }),
    oip: () => ({ error: text }),
    kserve: () => ({ error: text }),
    mlflow: () => ({ error_code: MLFLOW_CODES[status] ?? 'BAD_REQUEST', message: text, details }),
    vetiver: () => ({ error: code, message: text, details }),
    cog: () => ({ detail: toCogDetail(refusal), error: text, status: 'failed', id: requestId }),
  } satisfies Record<Dialect, () => unknown>;
  return toJson(render[dialect](), status, headers);
}

interface FieldDetail {
  readonly field?: string;
  readonly wanted?: string;
  readonly got?: unknown;
}

/** As FastAPI lists what is wrong with a body, which is what clients of cog read. */
function toCogDetail({ message, details, status, code }: Refusal): unknown {
  if (status !== 422 || !Array.isArray(details)) return message;
  return (details as readonly FieldDetail[]).map((one) => ({
    loc: ['body', 'input', one.field ?? ''],
    msg: one.wanted === undefined ? message : `wanted ${one.wanted}`,
    type: code,
  }));
}
