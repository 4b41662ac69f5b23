/** Runs a pure function, written in TypeScript or JavaScript, where it can reach nothing. */
import type { Json } from '#base';
import { sandboxErrors } from './errors.ts';
import { DEFAULT_TIMEOUT_MS, MAX_SOURCE } from './limits.ts';
import type { EngineAnswer } from './script-engine.ts';
import { runInThread } from './script-threads.ts';

export interface ScriptRequest {
  readonly source: string;
  readonly language: 'typescript' | 'javascript';
  /** The function to call: a global one or an export of the source. An identifier. */
  readonly entry: string;
  /** Its one argument. */
  readonly input: Json;
  /** Milliseconds; default 5000. */
  readonly timeoutMs?: number;
}

/**
 * What the function returned, or the promise it returned became. Each call has an engine of its own, 64 MiB of
 * memory, no host functions, no files, no network and no timers. Fails with COAIA-0750 (time), 0701 (memory or
 * stack), 0702 (it threw or does not parse), 0703 (no JSON, or too much) and 0704 (source too long).
 */
export async function runScript(request: ScriptRequest): Promise<Json> {
  const { source, entry, input, language, timeoutMs = DEFAULT_TIMEOUT_MS } = request;
  requireShort(source);
  if (!/^[A-Za-z_$][\w$]*$/.test(entry)) throw new TypeError(`${entry} is no identifier`);
  const isTypeScript = language === 'typescript';
  const task = { source, entry, timeoutMs, isTypeScript, input: JSON.stringify(input) };
  const answer = await runInThread(task);
  if (answer.kind === 'done') return JSON.parse(answer.json) as Json;
  throw toError(answer, timeoutMs);
}

/** Fails with COAIA-0754. */
export function requireShort(source: string): void {
  if (source.length > MAX_SOURCE)
    throw sandboxErrors.create(
      'COAIA-0754',
      `The source has ${source.length} characters; at most ${MAX_SOURCE} are taken.`,
    );
}

function toError(answer: Exclude<EngineAnswer, { readonly kind: 'done' }>, timeoutMs: number) {
  switch (answer.kind) {
    case 'timeout':
      return sandboxErrors.create('COAIA-0750', `The code ran longer than ${timeoutMs} ms.`);
    case 'limit':
      return sandboxErrors.create('COAIA-0751', `The code reached a limit: ${answer.message}`);
    case 'answer':
      return sandboxErrors.create('COAIA-0753', answer.message);
    default:
      return sandboxErrors.create('COAIA-0752', `The code failed: ${answer.message}`);
  }
}
