/** From the text of a template to its value, with lines for whatever is wrong with it. */
import { isObject, jsonDepth } from '#base';
import type { TemplateFormat } from './template.ts';

/** Larger texts are no templates. */
export const MAX_TEXT_BYTES = 1_000_000;
const MAX_DEPTH = 40;
/** A template repeats itself by aliases at most this often; it stops documents that blow up. */
const MAX_ALIASES = 50;

export interface ParsedDocument {
  readonly value?: unknown;
  readonly problem?: { readonly message: string; readonly line: number | null };
}

/** Parses without trusting: size, depth and aliases are limited, and keys that change objects are refused. */
export async function parseDocument(text: string, format: TemplateFormat): Promise<ParsedDocument> {
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) return refuse('the text is larger than 1 MB');
  if (text.includes('\0')) return refuse('the text contains zero bytes');
  const parsed = format === 'json' ? await parseJson(text) : await parseYaml(text);
  if (parsed.problem !== undefined) return parsed;
  const reason = findUnfit(parsed.value, 0);
  return reason === undefined ? parsed : refuse(reason);
}

async function parseJson(text: string): Promise<ParsedDocument> {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (jsonDepth(Buffer.from(plain), MAX_DEPTH) > MAX_DEPTH)
    return refuse('it is nested too deeply');
  try {
    return { value: JSON.parse(plain) as unknown };
  } catch {
    const { findJsonError, toLine } = await import('#config');
    const position = findJsonError(plain) ?? plain.length;
    return refuse('this is not valid JSON', toLine(plain, position));
  }
}

async function parseYaml(text: string): Promise<ParsedDocument> {
  const { LineCounter, parseDocument: parse } = await import('yaml');
  const lineCounter = new LineCounter();
  try {
    const document = parse(text, { lineCounter, logLevel: 'silent', prettyErrors: false });
    const [error] = document.errors;
    if (error !== undefined)
      return refuse(toYamlReason(error.message), lineCounter.linePos(error.pos[0]).line);
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown };
  } catch (error) {
    return refuse(
      error instanceof RangeError
        ? 'it is nested too deeply'
        : toYamlReason(error instanceof Error ? error.message : ''),
    );
  }
}

function toYamlReason(message: string): string {
  if (/alias/i.test(message)) return 'its aliases repeat too much, or name nothing';
  const [first = ''] = message.split('\n');
  return `this is not valid YAML (${first.replace(/[.:]$/, '')})`;
}

function refuse(message: string, line: number | null = null): ParsedDocument {
  return { problem: { message, line } };
}

/** Why a value cannot be used, whatever it stands for. Aliases make no cycles: the parser refuses them. */
function findUnfit(value: unknown, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return 'it is nested too deeply';
  if (Array.isArray(value)) return findFirst(value, depth);
  if (!isObject(value)) return undefined;
  return Object.hasOwn(value, '__proto__')
    ? 'the name __proto__ cannot be used'
    : findFirst(Object.values(value), depth);
}

function findFirst(values: readonly unknown[], depth: number): string | undefined {
  for (const value of values) {
    const reason = findUnfit(value, depth + 1);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

export type Locator = (path: readonly (string | number)[]) => number | null;

/** Looks lines up by place; JSON is read as the YAML that it is. Null when nothing of the path is there. */
export async function createLocator(text: string): Promise<Locator> {
  const { LineCounter, isNode, isPair, parseDocument: parse } = await import('yaml');
  const lineCounter = new LineCounter();
  let document: ReturnType<typeof parse>;
  try {
    document = parse(text, { lineCounter, logLevel: 'silent', prettyErrors: false });
  } catch {
    return () => null;
  }
  return (path) => {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      const at: unknown = isPair(node) ? node.key : node;
      if (isNode(at) && at.range) return lineCounter.linePos(at.range[0]).line;
    }
    return null;
  };
}
