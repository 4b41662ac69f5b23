/** Definitions in files: JSON or YAML, and code that stands in a file of its own. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { invalidRequest, isObject } from '#base';
import type { CommandContext } from '#surface';

type Reading = Pick<CommandContext<unknown>, 'cwd' | 'stdin'>;

/**
 * The object in a file, `-` for stdin. `sourceFile` in it names a file with the code, beside it; its ending says
 * the language. Fails with COAIA-0002.
 */
export async function readInputFile(
  { cwd, stdin }: Reading,
  file: string,
): Promise<Record<string, unknown>> {
  const path = resolve(cwd, file);
  const text = file === '-' ? (await stdin()).toString('utf8') : await readText(path, file);
  const value = await parseText(text, file);
  const { sourceFile, ...rest } = value;
  if (typeof sourceFile !== 'string') return value;
  const sourceCode = await readText(
    resolve(file === '-' ? cwd : dirname(path), sourceFile),
    sourceFile,
  );
  const sourceCodeLanguage = sourceFile.endsWith('.py') ? 'PYTHON' : 'TYPESCRIPT';
  return { type: 'code', sourceCodeLanguage, ...rest, sourceCode };
}

async function readText(path: string, name: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidRequest(`"${name}" cannot be read: ${reason}.`);
  }
}

async function parseText(text: string, name: string): Promise<Record<string, unknown>> {
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    // YAML includes JSON.
    value = parse(text);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw invalidRequest(`"${name}" is neither JSON nor YAML: ${reason}.`);
  }
  if (!isObject(value)) throw invalidRequest(`"${name}" holds no object.`);
  return value;
}
