/** The text that a command works on: a file, words, or what is piped in. */
import { isUtf8 } from 'node:buffer';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { readFileBytes } from '#config';
import type { CommandContext } from '#surface';
import { textErrors } from './errors.ts';

export interface TextSource {
  /** --file; - is stdin. */
  readonly file: string | undefined;
  /** --text. */
  readonly text?: string | undefined;
  /** The word on the command line; - is stdin. */
  readonly word: string | undefined;
  /** The word may be the name of a file. */
  readonly mayBeFile: boolean;
}

type Input = Pick<CommandContext<unknown>, 'cwd' | 'stdin' | 'stdinIsTerminal'>;

/** A file, then words, then stdin; words never make it read stdin. COAIA-6000, 6001, 6004, COAIA-0008. */
export async function readText(context: Input, source: TextSource): Promise<string> {
  const text = await readGiven(context, source);
  if (text.trim() !== '') return text;
  throw textErrors.create('COAIA-6000', 'There is no text to work on; no model was asked.', {
    hint: 'coaia summarize "some words"',
  });
}

async function readGiven(context: Input, source: TextSource): Promise<string> {
  const { file, text, word, mayBeFile } = source;
  const { cwd, stdin, stdinIsTerminal } = context;
  if (file !== undefined)
    return toText(file === '-' ? await stdin() : await readFileBytes(file, cwd), file);
  if (text !== undefined) return text;
  if (word === undefined || word === '-')
    return stdinIsTerminal && word === undefined ? '' : toText(await stdin(), 'stdin');
  if (!mayBeFile) return word;
  if (isFile(word, cwd)) return toText(await readFileBytes(word, cwd), word);
  if (!looksLikeFile(word)) return word;
  throw textErrors.create('COAIA-6001', `There is no file ${word}.`, {
    hint: `coaia summarize --text ${JSON.stringify(word)}`,
  });
}

function isFile(word: string, cwd: string): boolean {
  // Longer than any path can be; the system would refuse to look.
  if (word.length > 4096 || word.includes('\0')) return false;
  try {
    return statSync(resolve(cwd, word)).isFile();
  } catch {
    return false;
  }
}

const ENDINGS =
  /\.(?:txt|md|markdown|json|jsonl|csv|tsv|html?|xml|ya?ml|log|rst|tex|srt|vtt|org|py|js|ts)$/i;

function looksLikeFile(word: string): boolean {
  return !/\s/.test(word) && (/[/\\]/.test(word) || ENDINGS.test(word));
}

function toText(bytes: Uint8Array, name: string): string {
  if (!isUtf8(bytes))
    throw textErrors.create('COAIA-6004', `${name} is no UTF-8 text.`, {
      hint: `iconv -f latin1 -t utf-8 ${name}`,
    });
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}
