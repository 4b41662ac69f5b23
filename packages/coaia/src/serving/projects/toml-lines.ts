/** Where each key of a TOML text stands; the parser tells positions of mistakes only. */

/** A key as TOML writes it: bare where that is possible, quoted otherwise. */
export function toKeyPath(parts: readonly string[]): string {
  return parts.map((part) => (/^[\w-]+$/.test(part) ? part : JSON.stringify(part))).join('.');
}

/** The reverse of `toKeyPath`. */
export function fromKeyPath(path: string): readonly string[] {
  const scan = createScan(path);
  return readKey(scan);
}

interface Scan {
  readonly text: string;
  at: number;
  line: number;
}

function createScan(text: string): Scan {
  return { text, at: 0, line: 1 };
}

/**
 * First line of each key and table by its path (`api.port`, `models.a.inputs."x y".min`), counted from 1. The text
 * must be valid TOML.
 */
export function findKeyLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const scan = createScan(text);
  let table: readonly string[] = [];
  const note = (parts: readonly string[]) => {
    // Tables on the way count where they are first named.
    for (let length = 1; length <= parts.length; length++) {
      const path = toKeyPath(parts.slice(0, length));
      if (!lines.has(path)) lines.set(path, scan.line);
    }
  };
  while (skip(scan, true)) {
    if (text[scan.at] === '[') {
      while (text[scan.at] === '[') scan.at++;
      table = readKey(scan);
      note(table);
      while (text[scan.at] === ']') scan.at++;
    } else {
      const parts = [...table, ...readKey(scan)];
      note(parts);
      skipValue(scan, parts, note);
    }
  }
  return lines;
}

/** Over spaces and comments, and over line ends when `isFree`. True when something is left. */
function skip(scan: Scan, isFree: boolean): boolean {
  for (; scan.at < scan.text.length; scan.at++) {
    const letter = scan.text[scan.at];
    if (letter === '#') {
      while (scan.at + 1 < scan.text.length && scan.text[scan.at + 1] !== '\n') scan.at++;
    } else if (letter === '\n' && isFree) scan.line++;
    else if (letter !== ' ' && letter !== '\t' && letter !== '\r') return true;
  }
  return false;
}

/** A dotted key; ends behind it, spaces and `=` included. */
function readKey(scan: Scan): readonly string[] {
  const parts: string[] = [];
  while (scan.at < scan.text.length) {
    skip(scan, false);
    const letter = scan.text[scan.at];
    if (letter === '"' || letter === "'") parts.push(readQuoted(scan, letter));
    else {
      const bare = /^[\w-]*/.exec(scan.text.slice(scan.at, scan.at + 1000))?.[0] ?? '';
      scan.at += bare.length;
      parts.push(bare);
    }
    skip(scan, false);
    const next = scan.text[scan.at];
    if (next === '=') scan.at++;
    if (next !== '.') break;
    scan.at++;
  }
  return parts;
}

function readQuoted(scan: Scan, quote: string): string {
  const start = ++scan.at;
  while (scan.at < scan.text.length && scan.text[scan.at] !== quote)
    scan.at += quote === '"' && scan.text[scan.at] === '\\' ? 2 : 1;
  const body = scan.text.slice(start, scan.at++);
  if (quote === "'") return body;
  try {
    return JSON.parse(`"${body}"`) as string;
  } catch {
    return body;
  }
}

function skipString(scan: Scan, quote: string): void {
  const triple = quote.repeat(3);
  if (!scan.text.startsWith(triple, scan.at)) {
    readQuoted(scan, quote);
    return;
  }
  scan.at += 3;
  while (scan.at < scan.text.length && !scan.text.startsWith(triple, scan.at)) {
    if (quote === '"' && scan.text[scan.at] === '\\') scan.at++;
    if (scan.text[scan.at] === '\n') scan.line++;
    scan.at++;
  }
  scan.at += 3;
  // Up to two quotes may stand before the closing three.
  while (scan.text[scan.at] === quote) scan.at++;
}

type Note = (parts: readonly string[]) => void;

function skipValue(scan: Scan, parts: readonly string[], note: Note): void {
  skip(scan, false);
  const letter = scan.text[scan.at] ?? '';
  if (letter === '"' || letter === "'") skipString(scan, letter);
  else if (letter === '[') skipList(scan, parts, note);
  else if (letter === '{') skipInline(scan, parts, note);
  else
    while (scan.at < scan.text.length && !/[\r\n,\]}#]/.test(scan.text[scan.at] ?? '')) scan.at++;
}

function skipList(scan: Scan, parts: readonly string[], note: Note): void {
  scan.at++;
  while (skip(scan, true)) {
    if (scan.text[scan.at] === ']') break;
    if (scan.text[scan.at] === ',') scan.at++;
    else skipValue(scan, parts, note);
  }
  scan.at++;
}

function skipInline(scan: Scan, parts: readonly string[], note: Note): void {
  scan.at++;
  while (skip(scan, true)) {
    if (scan.text[scan.at] === '}') break;
    if (scan.text[scan.at] === ',') {
      scan.at++;
      continue;
    }
    const inner = [...parts, ...readKey(scan)];
    note(inner);
    skipValue(scan, inner, note);
  }
  scan.at++;
}
