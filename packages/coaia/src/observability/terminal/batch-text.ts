/** The text of a batch file, made into items: JSON, JSONL or YAML. */
import { isObject } from '#base';
import { terminalFailures } from './errors.ts';

export const BATCH_FORMATS = ['json', 'yaml', 'jsonl'] as const;
export type BatchFormat = (typeof BATCH_FORMATS)[number];

/** The format a file name speaks of; undefined when it says nothing. */
export function findFormat(path: string | undefined): BatchFormat | undefined {
  const ending = /\.(json|yaml|yml|jsonl|ndjson)$/i.exec(path ?? '')?.[1]?.toLowerCase();
  if (ending === 'yml') return 'yaml';
  return ending === 'ndjson' ? 'jsonl' : (ending as BatchFormat | undefined);
}

/**
 * Items of an array, of `{observations: [...]}`, of JSON lines, or one object alone. Unquoted YAML times and
 * numbers come back as YAML reads them. Throws COAIA-1062 for text that is none of these, or has no item.
 */
export async function parseBatchText(
  text: string,
  format: BatchFormat,
): Promise<readonly unknown[]> {
  const value = await READERS[format](text);
  const inner =
    isObject(value) && Array.isArray(value['observations']) ? value['observations'] : value;
  const items = Array.isArray(inner) ? (inner as unknown[]) : [inner];
  if (items.length > 0 && inner !== null && inner !== undefined) return items;
  throw refuse('holds no observation');
}

const READERS: Record<BatchFormat, (text: string) => unknown> = {
  json: parseJson,
  jsonl: parseLines,
  yaml: parseYaml,
};

async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await import('yaml');
  try {
    // The core schema has no dates, so an unquoted ISO time stays the text it is.
    return parse(text, { schema: 'core', maxAliasCount: 100 }) as unknown;
  } catch (error) {
    throw refuse(`is not YAML: ${(error as Error).message.split('\n')[0]}`, error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    // Several objects, one per line, are taken for what they are.
    if (/^\s*\{.*\}\s*\n\s*\{/.test(text)) return parseLines(text);
    throw refuse(`is not JSON: ${(error as Error).message}`, error);
  }
}

function parseLines(text: string): unknown[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch (error) {
      throw refuse(`is not JSON on line ${index + 1}: ${(error as Error).message}`, error);
    }
  });
}

function refuse(what: string, cause?: unknown) {
  return terminalFailures.create('COAIA-1062', `The batch ${what}.`, {
    cause,
    hint: 'coaia fuse traces add-observations --help',
  });
}
