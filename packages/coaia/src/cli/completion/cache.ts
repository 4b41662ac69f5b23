/** Names that completion knows, in one small file per home: never a value, never a secret. */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '#base';
import { readJsonFile } from '#config';
import type { Target } from '#config';

/** Names of one place by kind; `labels NAME` and `variables NAME` belong to a score config and a template. */
export type Names = Readonly<Record<string, readonly string[]>>;

interface CacheFile {
  readonly schema: 1;
  readonly places: Readonly<Record<string, Names>>;
}

/** Most names of one kind that are kept, the newest first. */
const MOST = 300;
const LONGEST = 200;

/** Which names belong together: the store of this home, or one project of one server. */
export function toPlace(target: Target): string {
  return target.kind === 'local'
    ? 'local'
    : `remote-${createHash('sha256').update(`${target.baseUrl} ${target.publicKey}`).digest('hex').slice(0, 16)}`;
}

export function toCachePath(cacheFolder: string): string {
  return join(cacheFolder, 'completion.json');
}

function readFile(path: string): CacheFile {
  try {
    const { schema, places } = readJsonFile(path) ?? {};
    return schema === 1 && isObject(places)
      ? { schema, places: places as CacheFile['places'] }
      : { schema: 1, places: {} };
  } catch {
    // Whatever lies there: names are a convenience.
    return { schema: 1, places: {} };
  }
}

/** Only what has the right form. */
function toNames(value: unknown): Names {
  if (!isObject(value)) return {};
  const lists = Object.entries(value).filter(([, list]) => Array.isArray(list));
  return Object.fromEntries(lists) as Names;
}

/** What is known of a place; nothing when the file is missing or damaged. */
export function readNames(path: string, place: string): Names {
  return toNames(readFile(path).places[place]);
}

/** When the file was written, in milliseconds; 0 when there is none. */
export function getCacheTime(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Can be offered: one line, no control characters, not overlong. */
export function isName(text: unknown): text is string {
  return typeof text === 'string' && text !== '' && text.length <= LONGEST && !/\p{Cc}/u.test(text);
}

export type Change = (names: Names) => Names;

/** Puts names of a kind in front. */
export function addNames(names: Names, kind: string, added: readonly string[]): Names {
  const list = [...new Set([...added.filter(isName), ...(names[kind] ?? [])])].slice(0, MOST);
  return { ...names, [kind]: list };
}

/** Writes what `change` makes of a place's names; nothing happens when it is the same or cannot be written. */
export function updateNames(path: string, place: string, change: Change): void {
  const file = readFile(path);
  const before = toNames(file.places[place]);
  const after = change(before);
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const text = JSON.stringify({ schema: 1, places: { ...file.places, [place]: after } });
  try {
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
    const temporary = `${path}.${process.pid}.tmp`;
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, path);
  } catch {
    // Names are a convenience: a full disk or a read-only home must not fail a command that has done its work.
  }
}
