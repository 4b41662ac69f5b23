import { toPath } from '../lib/api.ts';
import { toCopyText, type OperationCall } from '../lib/copy-as.ts';
import { parseJsonText } from '../lib/json-text.ts';
import type { Operation } from './document.ts';

/** What was filled in for an operation. */
export interface Filling {
  readonly values: Readonly<Record<string, string>>;
  /** The body as text. */
  readonly body: string;
}

/** What of an operation makes its call. */
type Called = Pick<Operation, 'method' | 'path' | 'parameters' | 'body'>;

/** Parameters that are needed and still empty. */
export function findMissing({ parameters }: Operation, { values }: Filling): readonly string[] {
  return parameters
    .filter(({ name, required }) => required && (values[name] ?? '').trim() === '')
    .map(({ name }) => name);
}

/** Address with its parameters filled in; those that are missing stay as `{name}`. */
export function toAddress({ path, parameters }: Called, { values }: Filling): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = (values[name] ?? '').trim();
    return value === '' ? whole : encodeURIComponent(value);
  });
  const query = parameters
    .filter((one) => one.in === 'query')
    .map(({ name }) => [name, values[name]?.trim()] as const);
  return toPath(filled, Object.fromEntries(query));
}

/** The body as a value; undefined for none and while it is not JSON. */
export function toBodyValue({ body: schema }: Called, { body }: Filling): unknown {
  if (schema === undefined || schema === 'bytes') return undefined;
  const reading = parseJsonText(body);
  return reading.ok ? reading.value : undefined;
}

/** The call as it can be copied; on the command line the program gives the keys. */
export function toOperationCall(
  operation: Called,
  filling: Filling,
  baseUrl: string,
): OperationCall {
  const { method } = operation;
  const path = toAddress(operation, filling);
  const body = toBodyValue(operation, filling);
  const copied = { method, path, baseUrl, ...(body === undefined ? {} : { body }) };
  const curl = toCopyText('curl', { ...copied, command: '' });
  return { ...copied, command: `eval "$(coaia keys --export)" && ${curl}` };
}

/** What the server answered. */
export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly ms: number;
  readonly bytes: number;
  /** The body, set out when it is JSON; at most `shownBytes` of it. */
  readonly text: string;
  readonly isCut: boolean;
  readonly isJson: boolean;
}

/** What the page shows of an answer at most. */
export const shownBytes = 200_000;

/** Sends the call with the cookie of the page. Rejects with TypeError when nobody answers. */
export async function sendCall(
  operation: Operation,
  filling: Filling,
  signal: AbortSignal,
): Promise<Answer> {
  const body = toBodyValue(operation, filling);
  const begin = performance.now();
  const response = await fetch(toAddress(operation, filling), {
    method: operation.method,
    credentials: 'same-origin',
    signal,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const raw = await readText(response);
  const ms = performance.now() - begin;
  const reading = parseJsonText(raw);
  const isJson = reading.ok && reading.value !== undefined;
  const text = isJson ? JSON.stringify(reading.value, null, 2) : raw;
  return {
    status: response.status,
    statusText: response.statusText,
    ms,
    bytes: new TextEncoder().encode(raw).length,
    text: text.slice(0, shownBytes),
    isCut: text.length > shownBytes,
    isJson,
  };
}

/** How long a stream of events is listened to, in milliseconds. */
const listenMs = 3000;

/** The body; of a stream of events, which never ends, what came within a few seconds. */
async function readText(response: Response): Promise<string> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (!isStream || response.body === null) return response.text();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const timer = setTimeout(() => void reader.cancel(), listenMs);
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  clearTimeout(timer);
  return text;
}
