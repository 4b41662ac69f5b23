/** Redis over HTTP as Upstash and Vercel have it: a JSON array in, `{"result"}` or `{"error"}` out. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isCoaiaError, isObject } from '#base';
import type { Egress } from '#egress';
import { stashErrors } from '../errors.ts';
import type { RedisPort } from './redis-stash.ts';
import { toRefusal, toUnreached } from './redis-failures.ts';

export interface UpstashAddress {
  readonly url: string;
  readonly token: string;
}

/** Repeated when the server is busy; every command of the stash may be sent twice. */
const ATTEMPTS = 3;
const BUSY = new Set([429, 502, 503, 504]);

/** Speaks through the outbound door. */
export function openUpstashPort(
  { url, token }: UpstashAddress,
  egress: Pick<Egress, 'fetch'>,
  options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): RedisPort {
  const place = `Redis over HTTP at ${new URL(url).host}`;
  const post = async (body: string, isBytes: boolean) => {
    try {
      return await egress.fetch('stash', url, {
        method: 'POST',
        body,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...(isBytes ? { 'upstash-encoding': 'base64' } : {}),
        },
        readTimeoutMs: options.timeoutMs,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
    } catch (error) {
      if (isCoaiaError(error)) throw error;
      options.signal?.throwIfAborted();
      throw toUnreached(place, error);
    }
  };
  return {
    place,
    takesBytes: false,
    async send(command, as) {
      const words = command.map((word) =>
        typeof word === 'string' ? word : Buffer.from(word).toString('utf8'),
      );
      const body = JSON.stringify(words);
      for (let attempt = 1; ; attempt++) {
        const answer = await post(body, as === 'bytes');
        if (!BUSY.has(answer.status) || attempt === ATTEMPTS) {
          const result = await readResult(answer, place);
          return as === 'bytes' && typeof result === 'string' ? toBytes(result) : result;
        }
        await answer.body?.cancel();
        await sleep(200 * 2 ** attempt, undefined, { signal: options.signal });
      }
    },
  };
}

/** Some servers leave a plain OK as it is, which no base64 text of this length can be. */
function toBytes(text: string): Buffer {
  return text === 'OK' ? Buffer.from(text) : Buffer.from(text, 'base64');
}

async function readResult(answer: Response, place: string): Promise<unknown> {
  const text = await answer.text();
  const body = parse(text);
  const said = isObject(body) && typeof body['error'] === 'string' ? body['error'] : undefined;
  if (answer.status === 401 || answer.status === 403)
    throw stashErrors.create('COAIA-6152', `${place} refuses the token (${answer.status}).`, {
      hint: 'coaia config explain upstash_token',
    });
  if (answer.status >= 500)
    throw stashErrors.create('COAIA-6150', `${place} failed with status ${answer.status}.`);
  if (said !== undefined) throw toRefusal(place, said);
  if (!answer.ok || !isObject(body) || !('result' in body))
    throw stashErrors.create(
      'COAIA-6154',
      `${place} answered ${answer.status} without a result; it is no Redis over HTTP.`,
      { hint: 'coaia config explain upstash_url' },
    );
  return body['result'];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
