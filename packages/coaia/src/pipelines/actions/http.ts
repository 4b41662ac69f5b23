/** `http`: one call to a web address. */
import { isCoaiaError } from '#base';
import { toUnreachable } from '#egress';
import { defineAction } from '#surface';
import { z } from 'zod';
import { duration } from '../runs/duration.ts';
import { runFailures } from '../runs/errors.ts';
import { hasGrant } from '../runs/grants.ts';
import { toPlainText } from './ask-model.ts';
import { actionPorts } from './ports.ts';
import { callWeb, readLimited } from './web-call.ts';

const MAX_BYTES = 10_000_000;

const input = z.strictObject({
  url: z.string().min(1),
  method: z
    .string()
    .regex(/^[A-Za-z]+$/)
    .default('GET')
    .transform((text) => text.toUpperCase()),
  headers: z.record(z.string(), z.coerce.string()).default({}),
  /** A text is sent as it is, everything else as JSON. */
  body: z.unknown().optional(),
  timeout: duration.default(30_000),
  max_bytes: z.coerce.number().int().positive().max(MAX_BYTES).default(1_000_000),
  /** Statuses that are no failure; 200 to 299 when absent. */
  expect: z.union([z.coerce.number().int(), z.array(z.coerce.number().int())]).optional(),
});

export const action = defineAction({
  name: 'http',
  summary: 'Call a web address; the output is {status, body}',
  needs: actionPorts,
  permission: 'http',
  observationType: 'TOOL',
  input,
  async run(ports, context, { url, method, headers, body, timeout, max_bytes: limit, expect }) {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(timeout)]);
    const answer = await callWeb(ports.egress, {
      reason: 'pipelines',
      url,
      isPrivateAllowed: await hasGrant(ports.db, context.scope.projectId, 'private'),
      init: {
        method,
        headers: toHeaders(headers, { method, body, key: context.idempotencyKey }),
        signal,
        readTimeoutMs: timeout,
        ...(body === undefined ? {} : { body: toPlainText(body) }),
      },
    });
    const text = await readLimited(answer, limit).catch((error: unknown) => {
      context.signal.throwIfAborted();
      throw isCoaiaError(error) ? error : toUnreachable(error, url);
    });
    const wanted = expect === undefined ? undefined : [expect].flat();
    const isExpected = wanted === undefined ? answer.ok : wanted.includes(answer.status);
    if (!isExpected) throw toUnexpected(answer.status, url, text);
    const contentType = answer.headers.get('content-type') ?? '';
    return {
      output: { status: answer.status, content_type: contentType, body: toBody(text, contentType) },
      input: {
        url,
        method,
        headers: maskHeaders(headers),
        ...(body === undefined ? {} : { body }),
      },
    };
  },
});

interface Sent {
  readonly method: string;
  readonly body: unknown;
  readonly key: string;
}

function toHeaders(given: Readonly<Record<string, string>>, { method, body, key }: Sent): Headers {
  const headers = new Headers(given);
  if (body !== undefined && typeof body !== 'string' && !headers.has('content-type'))
    headers.set('content-type', 'application/json');
  if (method !== 'GET' && method !== 'HEAD' && !headers.has('idempotency-key'))
    headers.set('idempotency-key', key);
  return headers;
}

const SECRET = /^(?:authorization|proxy-authorization|cookie|x-api-key|api-key)$|token|secret/i;

function maskHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET.test(name) ? '***' : value]),
  );
}

function toBody(text: string, contentType: string): unknown {
  if (!/[/+]json\b/i.test(contentType)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function toUnexpected(status: number, url: string, text: string) {
  const { host } = new URL(url);
  const start = text.trim().slice(0, 200);
  const error = runFailures.create(
    'COAIA-5103',
    `${host} answered ${status}.${start === '' ? '' : ` It begins: ${start}`}`,
    { details: { status } },
  );
  return error;
}
