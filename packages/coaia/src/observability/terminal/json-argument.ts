/** Values that options carry: JSON, text, a file, or stdin. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isObject } from '#base';
import { terminalFailures } from './errors.ts';

/** The part of a command's context that reading a value needs. */
export interface ValueSource {
  readonly cwd: string;
  readonly stdin: () => Promise<Buffer>;
  readonly out: { readonly notice: (text: string) => void };
}

/** JSON when the text is JSON, otherwise the text itself. Whole numbers too long for a double stay text. */
export function parseLooseJson(text: string): unknown {
  const trimmed = text.trim();
  if (/^-?\d+$/.test(trimmed) && !Number.isSafeInteger(Number(trimmed))) return text;
  try {
    return JSON.parse(trimmed) as unknown;
  } catch {
    return text;
  }
}

/**
 * Reads a value given to `--input`, `--output` or as an argument: `-` is stdin, `@path` a file, anything else the
 * value itself. A text that begins with @ and names no file is taken as text, with a notice.
 */
export async function readValue(text: string, source: ValueSource): Promise<unknown> {
  return parseLooseJson(await readText(text, source));
}

async function readText(text: string, source: ValueSource): Promise<string> {
  if (text === '-') return (await source.stdin()).toString('utf8');
  if (!text.startsWith('@') || text.length === 1) return text;
  try {
    return readFileSync(resolve(source.cwd, text.slice(1)), 'utf8');
  } catch {
    source.out.notice(`No file ${text.slice(1)}; ${JSON.stringify(text)} is taken as text.`);
    return text;
  }
}

/** Reads a whole file named on the command line. Throws COAIA-1063. */
export async function readNamedFile(path: string, cwd: string): Promise<string> {
  try {
    return readFileSync(resolve(cwd, path), 'utf8');
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw terminalFailures.create('COAIA-1063', `The file ${path} ${reason}.`, { cause: error });
  }
}

/** An option that must be JSON. Throws COAIA-1061 (exit 2); undefined stays undefined. */
export async function readJsonOption(
  name: string,
  text: string | undefined,
  source: ValueSource,
): Promise<unknown> {
  if (text === undefined) return undefined;
  const value = await readText(text, source);
  try {
    return JSON.parse(value) as unknown;
  } catch (error) {
    throw terminalFailures.create('COAIA-1061', `${name} takes JSON, not ${cut(value)}.`, {
      hint: `${name} '{"key": "value"}'`,
      cause: error,
    });
  }
}

/** Like readJsonOption, and the value must be an object. */
export async function readObjectOption(
  name: string,
  text: string | undefined,
  source: ValueSource,
): Promise<Record<string, unknown> | undefined> {
  const value = await readJsonOption(name, text, source);
  if (value === undefined || isObject(value)) return value;
  throw terminalFailures.create(
    'COAIA-1061',
    `${name} takes a JSON object, not ${cut(JSON.stringify(value))}.`,
  );
}

function cut(text: string): string {
  const line = JSON.stringify(text.replaceAll(/\s+/g, ' ').trim());
  return line.length > 60 ? `${line.slice(0, 57)}..."` : line;
}
