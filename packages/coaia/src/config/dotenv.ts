/** The one parser for .env, .coaia-env and --env files, and their writer. */

export interface DotenvEntry {
  readonly name: string;
  readonly value: string;
  /** Line where it begins, from 1. */
  readonly line: number;
  /** Line where it ends; later than `line` for values in quotes that go over several. */
  readonly lastLine: number;
  /** What stands before the name and after the value: indentation, `export `, a comment. */
  readonly around: readonly [before: string, after: string];
}

export interface Dotenv {
  readonly entries: readonly DotenvEntry[];
  /** Lines that say nothing this format knows. */
  readonly problems: readonly { readonly line: number; readonly reason: string }[];
}

const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/** True for names that a shell can export. */
export function isEnvName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

/**
 * Parses dotenv text: `export ` in front, comments after ` #`, single quotes literal, double quotes with
 * `\n \r \t \" \\ \$`, values in quotes over several lines, CRLF and a byte order mark. No interpolation.
 */
export function parseDotenv(source: string): Dotenv {
  const text = source.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const entries: DotenvEntry[] = [];
  const problems: { line: number; reason: string }[] = [];
  let line = 1;
  let position = 0;
  while (position < text.length) {
    const end = toLineEnd(text, position);
    const content = text.slice(position, end).trim();
    let next = end;
    if (content !== '' && !content.startsWith('#')) {
      const read = readAssignment(text, position, end);
      if (typeof read === 'string') problems.push({ line, reason: read });
      else if (read !== undefined) {
        next = read.end;
        const { name, value, around } = read;
        entries.push({
          name,
          value,
          line,
          lastLine: line + countLines(text, position, next) - 1,
          around,
        });
      }
    }
    line += countLines(text, position, next);
    position = next + 1;
  }
  return { entries, problems };
}

function countLines(text: string, from: number, end: number): number {
  return text.slice(from, end).split('\n').length;
}

function toLineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

interface Assignment {
  readonly name: string;
  readonly value: string;
  readonly around: DotenvEntry['around'];
  /** Position of the line break after it. */
  readonly end: number;
}

/** One assignment, a sentence about what is wrong, or undefined for a line that may be ignored. */
function readAssignment(text: string, from: number, end: number): Assignment | string | undefined {
  const line = text.slice(from, end);
  const equals = line.indexOf('=');
  if (equals === -1) {
    // `export NAME` alone is valid in a shell and says nothing here.
    return /^\s*export\s+\w+\s*$/.test(line) ? undefined : 'is neither NAME=VALUE nor a comment';
  }
  const [, before = '', name = ''] =
    /^(\s*(?:export\s+)?)(.*?)\s*$/.exec(line.slice(0, equals)) ?? [];
  if (!NAME.test(name)) return 'has no valid name before =';
  const read = readValue(text, from + equals + 1, end);
  if (typeof read === 'string') return read;
  return { name, value: read.value, around: [before, read.after], end: read.end };
}

interface ReadValue {
  readonly value: string;
  /** What stands behind it, up to the line break. */
  readonly after: string;
  readonly end: number;
}

function readValue(text: string, from: number, end: number): ReadValue | string {
  let start = from;
  while (start < end && /[ \t]/.test(text.charAt(start))) start++;
  const quote = text.charAt(start);
  const rest = text.slice(start, end);
  if (rest === '' || (quote !== '"' && quote !== "'"))
    return { value: toBare(rest), after: /(?:^|\s+)#.*$/.exec(rest)?.[0] ?? '', end };
  const quoted = readQuoted(text, start, quote);
  if (quoted === undefined) return readUnclosed(rest) ?? 'has a quote without an end';
  const last = toLineEnd(text, quoted.close);
  return { value: quoted.value, after: text.slice(quoted.close + 1, last), end: last };
}

/** A lone quote in a line with no partner anywhere is taken literally only when it is one character. */
function readUnclosed(value: string): string | undefined {
  return value.trim().length === 1 ? 'is a single quote character' : undefined;
}

/** The value in quotes and where its last quote stands; undefined when it never closes. */
function readQuoted(
  text: string,
  start: number,
  quote: string,
): { readonly value: string; readonly close: number } | undefined {
  let close = start + 1;
  while (close < text.length && text.charAt(close) !== quote)
    close += quote === '"' && text.charAt(close) === '\\' ? 2 : 1;
  if (close >= text.length) return undefined;
  const body = text.slice(start + 1, close);
  return { value: quote === '"' ? toUnescaped(body) : body, close };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function toUnescaped(body: string): string {
  return body.replaceAll(/\\([nrt"\\$`])/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}

function toBare(text: string): string {
  return text.replace(/(?:^|\s)#.*$/, '').trim();
}

/** One line that `parseDotenv` and a POSIX shell read back as the same value. */
export function renderDotenvLine(name: string, value: string): string {
  if (/^[\w@%+:,./-]*$/.test(value)) return `${name}=${value}`;
  // Single quotes are literal for both; the others need escapes, which a shell only partly knows.
  if (!/['\r\n]/.test(value)) return `${name}='${value}'`;
  const escaped = value.replaceAll(/["\\$`]/g, String.raw`\$&`).replaceAll('\r', String.raw`\r`);
  return `${name}="${escaped}"`;
}
