/** Failures of model servers as sentences. Whatever a server wrote is cut short and freed of secrets. */
import { isObject } from '#base';
import type { CoaiaError } from '#base';
import type { OpenConnection } from '../connections/connection.ts';
import { modelFailures } from '../errors.ts';

const LONGEST = 300;

/** Replaces the secrets of a connection in a text, also as a server may have masked or quoted them. */
export function toClean(text: string, { secretKey, extraHeaders }: OpenConnection): string {
  // What is shorter is no secret, and would be found in ordinary words.
  const secrets = [secretKey, ...Object.values(extraHeaders)].filter(({ length }) => length >= 6);
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text);
}

/** COAIA-4007 with what was wrong. */
export function malformed(what: string, cause?: unknown): CoaiaError {
  return modelFailures.create('COAIA-4007', `The model server sent no chat answer: ${what}.`, {
    hint: 'coaia models connections test',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** COAIA-4006 for an error that a server reports inside its answer. */
export function reported(message: string): CoaiaError {
  return modelFailures.create(
    'COAIA-4006',
    `The model server reported an error: ${message.slice(0, LONGEST)}`,
  );
}

export interface FailedAnswer {
  readonly status: number;
  /** The body, cleaned. */
  readonly text: string;
  /** Seconds of Retry-After. */
  readonly retryAfter: number | undefined;
  readonly host: string;
  readonly provider: string;
  readonly model: string;
}

/** What an HTTP status other than 2xx means. */
export function toFailure(answer: FailedAnswer): CoaiaError {
  const { status, host, provider, model } = answer;
  const words = toWords(answer.text);
  const said = words === '' ? '' : `: ${words}`;
  if (status === 401 || status === 403)
    return modelFailures.create(
      'COAIA-4004',
      `${host} refused the key of the connection "${provider}" (${status})${said}`,
      { hint: `coaia models connections set ${provider}` },
    );
  if (status === 429) return toBusy(answer, said);
  if (status >= 500 || status === 408)
    return modelFailures.create('COAIA-4006', `${host} failed (${status})${said}`);
  if (status === 404 && /model/i.test(words))
    return modelFailures.create('COAIA-4003', `${host} has no model "${model}"${said}`, {
      hint: `coaia models connections test ${provider}`,
    });
  if (status === 404 || (status >= 300 && status < 400))
    return malformed(
      `${host} answered ${status} at the address of the connection "${provider}"; base URLs usually end in /v1`,
    );
  return modelFailures.create('COAIA-4011', `${host} refused the request (${status})${said}`);
}

function toBusy({ host, retryAfter }: FailedAnswer, said: string): CoaiaError {
  const wait = retryAfter === undefined ? '' : `; it asks to wait ${retryAfter} s`;
  return modelFailures.create(
    'COAIA-4005',
    `${host} takes no more requests now${wait}${said}`,
    retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } },
  );
}

/** The server's own sentence: the `message` of its error object, or plain text. */
function toWords(text: string): string {
  const trimmed = text.trim();
  if (trimmed.startsWith('<')) return '';
  return findMessage(trimmed).replaceAll(/\s+/g, ' ').slice(0, LONGEST);
}

function findMessage(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  const error = isObject(value) ? (value['error'] ?? value) : value;
  if (typeof error === 'string') return error;
  const message = isObject(error) ? (error['message'] ?? error['detail']) : undefined;
  return typeof message === 'string' ? message : text;
}
