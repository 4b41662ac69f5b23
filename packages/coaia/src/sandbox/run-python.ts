/** Runs a Python function with the system's Python inside bubblewrap, or not at all. */
import { isObject } from '#base';
import type { Json } from '#base';
import { PYTHON, requireBox, runBoxed } from './bubblewrap.ts';
import { sandboxErrors } from './errors.ts';
import { DEFAULT_TIMEOUT_MS, MAX_ANSWER } from './limits.ts';
import { PYTHON_PROGRAM } from './python-program.ts';
import type { GroupResult } from './run-group.ts';
import { requireShort } from './run-script.ts';

export interface PythonRequest {
  readonly source: string;
  /** Python that runs before the source, in the same module; `_to_argument` in it turns the input into the argument. */
  readonly prelude?: string;
  readonly entry: string;
  readonly input: Json;
  /** Milliseconds; default 5000. */
  readonly timeoutMs?: number;
}

/**
 * What the function returned, as JSON; dataclasses become objects. 256 MiB of memory, one process, no network, a
 * read-only system, a private /tmp of 16 MiB. What it prints is dropped. Fails with COAIA-0750 to 0704, and with
 * 0760 to 0762 where there is no sandbox.
 */
export async function runPython(request: PythonRequest): Promise<Json> {
  const { source, prelude = '', entry, input, timeoutMs = DEFAULT_TIMEOUT_MS } = request;
  requireShort(source);
  await requireBox();
  const seconds = Math.ceil(timeoutMs / 1000) + 1;
  const result = await runBoxed({
    command: [PYTHON, '-I', '-B', '-c', PYTHON_PROGRAM],
    input: JSON.stringify({ source, prelude, entry, input, seconds }),
    timeoutMs,
    maxOutput: MAX_ANSWER,
  });
  return toValue(result, timeoutMs);
}

function toValue(result: GroupResult, timeoutMs: number): Json {
  if (result.kind === 'late')
    throw sandboxErrors.create('COAIA-0750', `The code ran longer than ${timeoutMs} ms.`);
  if (result.kind === 'flooded')
    throw sandboxErrors.create('COAIA-0753', 'The code returned more than one megabyte.');
  const answer = parseAnswer(result.output);
  if (answer === undefined)
    throw sandboxErrors.create(
      'COAIA-0752',
      `The code ended its process (exit code ${result.code}) without an answer.`,
    );
  const text = typeof answer.value === 'string' ? answer.value : JSON.stringify(answer.value);
  switch (answer.kind) {
    case 'done':
      return answer.value;
    case 'limit':
      throw sandboxErrors.create('COAIA-0751', `The code reached a limit: ${text}`);
    case 'answer':
      throw sandboxErrors.create('COAIA-0753', `The code returned no JSON value: ${text}`);
    default:
      throw sandboxErrors.create('COAIA-0752', `The code failed: ${text}`);
  }
}

/** The answer may have been tampered with by the code itself, which harms nobody but its own result. */
function parseAnswer(text: string): { readonly kind: unknown; readonly value: Json } | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) && 'kind' in value
      ? { kind: value['kind'], value: value['value'] ?? null }
      : undefined;
  } catch {
    return undefined;
  }
}
