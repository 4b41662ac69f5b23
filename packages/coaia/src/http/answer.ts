/** Builds answers: JSON, and failures in the form each part of the API promises. */
import { STATUS_CODES } from 'node:http';
import { commonErrors, isCoaiaError } from '#base';
import type { CoaiaError } from '#base';
import { API_HEADERS } from './answer-headers.ts';
import { hasCodedErrors, toCodedBody } from './coded-errors.ts';

const NO_BODY = new Set([101, 204, 205, 304]);

/** A JSON answer with everything it must carry. `value` undefined: no body. */
export function toJsonAnswer(
  status: number,
  value: unknown,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
  contentType = 'application/json; charset=utf-8',
): Response {
  const hasBody = value !== undefined && !NO_BODY.has(status);
  return new Response(hasBody ? JSON.stringify(value) : null, {
    status,
    headers: {
      ...API_HEADERS,
      ...(hasBody ? { 'content-type': contentType } : {}),
      'x-request-id': requestId,
      ...headers,
    },
  });
}

/**
 * A failure as the caller's API has it: `/api/v1` as RFC 9457 problem, everything else as Langfuse does.
 * Errors that are not ours become a plain 500 that says nothing but the request id.
 */
export function toErrorAnswer(
  error: unknown,
  path: string,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Response {
  const failure = isCoaiaError(error) ? error : toInternalError(requestId);
  const { status } = failure.definition;
  const all = { ...headers, ...failure.headers };
  if (hasCodedErrors(path))
    return toJsonAnswer(status, toCodedBody(failure, method), requestId, all);
  return isOwnApi(path)
    ? toJsonAnswer(
        status,
        toProblem(failure, requestId),
        requestId,
        all,
        'application/problem+json',
      )
    : toJsonAnswer(status, toLangfuseBody(failure, path, requestId), requestId, all);
}

/** True for Coaia's own API. */
export function isOwnApi(path: string): boolean {
  return path === '/api/v1' || path.startsWith('/api/v1/');
}

function toInternalError(requestId: string): CoaiaError {
  return commonErrors.create(
    'COAIA-0001',
    `The server failed on this request. Its log has the details under ${requestId}.`,
    { hint: 'coaia doctor' },
  );
}

/** RFC 9457. `type` is about:blank, so `title` is the status phrase and `code` tells problems apart. */
function toProblem(failure: CoaiaError, requestId: string) {
  const { status } = failure.definition;
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: failure.message,
    code: failure.code,
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    ...(failure.details === undefined ? {} : { details: failure.details }),
    requestId,
  };
}

/** https://www.rfc-editor.org/rfc/rfc7644#section-3.12 */
const SCIM_ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** `{message, error}`; invalid fields take the place of the name, in ingestion under `errors`. */
function toLangfuseBody(failure: CoaiaError, path: string, requestId: string) {
  const { message } = failure;
  const { name, status } = failure.definition;
  if (path.startsWith('/api/public/scim/'))
    return { schemas: [SCIM_ERROR], detail: message, status, message, error: name };
  if (Array.isArray(failure.details)) {
    const isIngestion = path.startsWith('/api/public/ingestion');
    return isIngestion
      ? { message, errors: failure.details as unknown }
      : { message, error: failure.details as unknown };
  }
  return { message, error: name, ...(status >= 500 ? { requestId } : {}) };
}
