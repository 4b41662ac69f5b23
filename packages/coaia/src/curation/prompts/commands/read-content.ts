/** What a person gives as content: an argument, a file, or stdin; text, or the messages of a chat as JSON. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isObject } from '#base';
import type { PromptContent, PromptType } from '@coaia/client';
import { promptErrors } from '../errors.ts';

/** The part of a command's context that reading needs. */
export interface ContentSource {
  readonly cwd: string;
  readonly stdin: () => Promise<Buffer>;
  readonly stdinIsTerminal: boolean;
}

export interface GivenContent {
  /** The content itself; `-` is stdin. */
  readonly text: string | undefined;
  readonly file: string | undefined;
}

/** The content as text. A final line break of a file or of stdin is not part of it. Throws COAIA-2010, 2011. */
export async function readContent(given: GivenContent, source: ContentSource): Promise<string> {
  if (given.file !== undefined && given.file !== '-')
    return withoutLastBreak(readTextFile(given.file, source.cwd));
  if (given.text !== undefined && given.text !== '-' && given.file === undefined) return given.text;
  const text = source.stdinIsTerminal ? '' : (await source.stdin()).toString('utf8');
  if (text !== '') return withoutLastBreak(text);
  throw promptErrors.create(
    'COAIA-2010',
    'No content is given: not as an argument, not by --file, not on stdin.',
    { hint: "coaia prompts create NAME 'Hello {{name}}'" },
  );
}

function withoutLastBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** Throws COAIA-2011. */
export function readTextFile(path: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw promptErrors.create(
      'COAIA-2011',
      `The file ${path} ${isMissing ? 'does not exist' : 'cannot be read'}.`,
      { cause: error },
    );
  }
}

/** Text stays; a chat is JSON: a list of {role, content} and {type: "placeholder", name}. Throws COAIA-2010. */
export function parseContent(type: PromptType, text: string): PromptContent {
  if (type === 'text') return text;
  const value = parseJson('The content of a chat prompt', text);
  if (Array.isArray(value) && value.every(isPart)) return value as PromptContent;
  throw promptErrors.create(
    'COAIA-2010',
    'The content of a chat prompt is a JSON list of messages with role and content, or placeholders with a name.',
    { hint: 'coaia prompts create NAME \'[{"role": "user", "content": "Hi"}]\' --type chat' },
  );
}

/** True for a message or a placeholder. */
export function isPart(part: unknown): boolean {
  if (!isObject(part)) return false;
  if (part['type'] === 'placeholder') return typeof part['name'] === 'string';
  return typeof part['role'] === 'string' && typeof part['content'] === 'string';
}

/** A JSON option; `@path` reads a file. Undefined stays undefined. Throws COAIA-2010, COAIA-2011. */
export function readJsonOption(name: string, text: string | undefined, cwd: string): unknown {
  if (text === undefined) return undefined;
  return parseJson(name, text.startsWith('@') ? readTextFile(text.slice(1), cwd) : text);
}

function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw promptErrors.create('COAIA-2010', `${what} must be JSON.`, { cause: error });
  }
}

/** `KEY=VALUE` words as a record. Throws COAIA-2010. */
export function parseVariables(words: readonly string[]): Readonly<Record<string, string>> {
  const pairs = words.map((word) => {
    const at = word.indexOf('=');
    if (at > 0) return [word.slice(0, at), word.slice(at + 1)] as const;
    throw promptErrors.create('COAIA-2010', `--var takes KEY=VALUE, not ${JSON.stringify(word)}.`);
  });
  return Object.fromEntries(pairs);
}
