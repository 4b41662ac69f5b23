/** One call of an audio service, repeated while that helps. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isCoaiaError, isObject } from '#base';
import type { AudioApi } from './api.ts';
import { audioErrors } from './errors.ts';

export interface ServiceCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | string;
  readonly signal: AbortSignal;
  /** The setting that the hint about a refused key names. */
  readonly keySetting: string;
  /** Never repeated to the user. */
  readonly secrets: readonly string[];
}

const ATTEMPTS = 3;
const BUSY = new Set([408, 429, 500, 502, 503, 504]);
/** A long recording takes minutes. */
const SILENCE_MS = 600_000;

/** The 2xx answer. COAIA-6051, 6052, 6053, COAIA-0601, or the signal's reason. */
export async function callService(api: AudioApi, call: ServiceCall): Promise<Response> {
  const { host } = new URL(call.url);
  for (let attempt = 1; ; attempt++) {
    const answer = await send(api, call, host);
    if (answer.ok) return answer;
    if (!BUSY.has(answer.status) || attempt === ATTEMPTS) throw await toFailure(answer, call, host);
    await answer.body?.cancel();
    await sleep(300 * 2 ** attempt, undefined, { signal: call.signal });
  }
}

async function send(api: AudioApi, call: ServiceCall, host: string): Promise<Response> {
  const { url, headers, body, signal } = call;
  try {
    return await api.fetch(url, {
      method: 'POST',
      headers,
      body,
      signal,
      readTimeoutMs: SILENCE_MS,
    });
  } catch (error) {
    signal.throwIfAborted();
    if (isCoaiaError(error)) throw error;
    const { code } = error as { readonly code?: unknown };
    const reason = typeof code === 'string' ? code : 'no answer';
    throw audioErrors.create('COAIA-6051', `${host} cannot be reached (${reason}).`, {
      hint: `coaia config explain ${call.keySetting}`,
      cause: error,
    });
  }
}

async function toFailure(answer: Response, call: ServiceCall, host: string) {
  const said = toWords(await answer.text().catch(() => ''), call.secrets);
  const { status } = answer;
  const sentence = `(${status})${said === '' ? '' : `: ${said}`}`;
  if (status === 401 || status === 403)
    return audioErrors.create('COAIA-6052', `${host} refused the key ${sentence}`, {
      hint: `coaia config explain ${call.keySetting}`,
    });
  return BUSY.has(status)
    ? audioErrors.create('COAIA-6051', `${host} failed ${sentence}`)
    : audioErrors.create('COAIA-6053', `${host} refused the request ${sentence}`);
}

/** The service's own sentence, short and without secrets. */
function toWords(text: string, secrets: readonly string[]): string {
  const words = findMessage(text).replaceAll(/\s+/g, ' ').slice(0, 300);
  return secrets
    .filter(({ length }) => length >= 6)
    .reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), words);
}

function findMessage(text: string): string {
  if (text.trimStart().startsWith('<')) return '';
  try {
    const body = JSON.parse(text) as unknown;
    const error = isObject(body) ? (body['error'] ?? body) : body;
    const message = isObject(error) ? (error['message'] ?? error['Message']) : error;
    return typeof message === 'string' ? message : text;
  } catch {
    return text;
  }
}
