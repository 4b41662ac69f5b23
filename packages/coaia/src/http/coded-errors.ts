/** Failures of evaluators, evaluation rules and dashboards: `{message, code, details}` with codes in snake case. */
import { isObject } from '#base';
import type { CoaiaError } from '#base';

const CODED = /^\/api\/public\/(?:unstable\/|v2\/evaluat(?:ors|ion-rules)(?:\/|$))/;

/** True for addresses whose failures have this form. */
export function hasCodedErrors(path: string): boolean {
  return CODED.test(path);
}

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'authentication_failed',
  403: 'access_denied',
  404: 'resource_not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'invalid_body',
  415: 'invalid_body',
  422: 'unprocessable_content',
  429: 'rate_limited',
};

/**
 * The body; rooms that have codes of their own name their failures by them. Where the name is a class, as in the
 * rest of the API, clients that look for it find it.
 */
export function toCodedBody(failure: CoaiaError, method: string) {
  const { message, definition, details } = failure;
  const { name, status } = definition;
  if (Array.isArray(details)) {
    const code = method === 'GET' || method === 'DELETE' ? 'invalid_query' : 'invalid_body';
    return { message, code, error: name, details: { issues: details.map(toIssue) } };
  }
  const isCode = /^[a-z]+(?:_[a-z]+)*$/.test(name);
  const code = isCode ? name : (BY_STATUS[status] ?? 'internal_error');
  const error = isCode ? {} : { error: name };
  return { message, code, ...error, ...(isObject(details) ? { details } : {}) };
}

function toIssue(issue: unknown) {
  const { code, message, path } = isObject(issue) ? issue : {};
  return {
    code: typeof code === 'string' ? code : 'invalid',
    message: typeof message === 'string' ? message : '',
    path: Array.isArray(path) ? (path as readonly unknown[]) : [],
  };
}
