/** Asks a server on this machine how it is. The only request this program sends to itself. */
import { get } from 'node:http';
import { isObject } from '#base';

export interface HealthReport {
  readonly status: string;
  readonly version: string;
  readonly coaia: string | undefined;
  readonly degraded: readonly string[];
}

const ANSWER_BYTES = 64 * 1024;

/** The health of the server at an address; undefined when it does not answer properly within `timeoutMs`. */
export function readHealth(url: string, timeoutMs = 2_000): Promise<HealthReport | undefined> {
  return new Promise((resolve) => {
    const request = get(
      `${url}/api/public/health`,
      { timeout: timeoutMs, agent: false },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece: string) => {
          text += piece;
          if (text.length > ANSWER_BYTES) answer.destroy();
        });
        answer.on('error', () => resolve(undefined));
        answer.on('close', () => resolve(parseHealth(text)));
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}

function parseHealth(text: string): HealthReport | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || typeof value['status'] !== 'string') return undefined;
  const { status, version, coaia, degraded } = value;
  return {
    status,
    version: typeof version === 'string' ? version : '',
    coaia: typeof coaia === 'string' ? coaia : undefined,
    degraded: Array.isArray(degraded) ? degraded.map(String) : [],
  };
}
