/** Values that options carry: text, JSON, a file (`@path`) or stdin (`-`). */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { invalidRequest, isObject } from '#base';

/** The part of a command's context that reading a value needs. */
export interface ValueSource {
  readonly cwd: string;
  readonly stdin: () => Promise<Buffer>;
}

/** The text itself, the file after `@`, or stdin for `-`. Fails with COAIA-0002 for a file that cannot be read. */
export async function readText(text: string, source: ValueSource): Promise<string> {
  if (text === '-') return (await source.stdin()).toString('utf8');
  return text.startsWith('@') && text.length > 1 ? readFile(text.slice(1), source.cwd) : text;
}

/** A whole file named on the command line; `-` is stdin. */
export async function readInput(path: string, source: ValueSource): Promise<string> {
  return path === '-' ? readText(path, source) : readFile(path, source.cwd);
}

function readFile(path: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw invalidRequest(`The file ${path} ${isMissing ? 'does not exist' : 'cannot be read'}.`);
  }
}

/** Metadata of CoAiAPy's commands: a JSON object, or a text that becomes `{note: text}`. */
export async function readMetadata(
  text: string | undefined,
  source: ValueSource,
): Promise<unknown> {
  if (text === undefined) return undefined;
  const value = await readText(text, source);
  const parsed = toJson(value);
  return isObject(parsed) ? parsed : { note: value };
}

/** An option that must be a JSON object, or `null` to clear. */
export async function readSchema(
  name: string,
  text: string | undefined,
  source: ValueSource,
): Promise<unknown> {
  if (text === undefined) return undefined;
  const parsed = toJson(await readText(text, source));
  if (isObject(parsed) || parsed === null) return parsed;
  throw invalidRequest(
    `--${name} takes a JSON Schema (a JSON object), @FILE, or null to clear it.`,
  );
}

/** The value of a JSON text; undefined when it is none. */
export function toJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
