/** What was typed, in a file that only the user can read; lines with secrets are never in it. */
import { appendFileSync, chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { readSmallFile, writeWholeFile } from '#config';

const MOST_LINES = 2000;

/** Beginnings that keys of well-known services have, and words that announce a secret. */
const SECRET =
  /\b(?:sk|pk|rk|ghp|gho|ghs|github_pat|glpat|xox[abprs]|AGE-SECRET-KEY)[-_]\w|\bAKIA[A-Z0-9]{8}|\bBearer\s|:\/\/[^\s/@]*:[^\s/@]+@|passw|passphrase|secret|token|credential|api[-_]?key|private[-_]?key|access[-_]?key/i;

/** True for lines that are not kept: secrets, and lines that begin with a space. */
export function isPrivate(line: string): boolean {
  return line.startsWith(' ') || SECRET.test(line);
}

/** The lines, newest first, as readline wants them. */
export function readHistory(path: string): string[] {
  try {
    return (readSmallFile(path) ?? '').split('\n').filter(Boolean).slice(-MOST_LINES).toReversed();
  } catch {
    return [];
  }
}

/** Adds a line; what cannot be written is not worth an error. */
export function addToHistory(path: string, line: string): void {
  if (isPrivate(line) || line.trim() === '') return;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Writing to a pipe would wait for a reader.
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) return;
    appendFileSync(path, `${line.replaceAll('\n', ' ')}\n`, { mode: 0o600 });
    chmodSync(path, 0o600);
  } catch {
    // A read-only home still has a shell.
  }
}

/** Keeps the newest lines only. */
export function trimHistory(path: string): void {
  const lines = readHistory(path);
  if (lines.length >= MOST_LINES) writeWholeFile(path, `${lines.toReversed().join('\n')}\n`);
}
