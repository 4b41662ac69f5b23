/** Names under which something old is kept. */
import { closeSync, existsSync, openSync } from 'node:fs';

/** A moment as part of a name: `20260102T030405Z`. */
export function toStamp(time = new Date()): string {
  return `${time.toISOString().replaceAll(/[-:]|\..*/g, '')}Z`;
}

/** `<path>.<label>-<time>`, with a number added while that name is taken. */
export function findFreeName(path: string, label: string): string {
  const name = `${path}.${label}-${toStamp()}`;
  let free = name;
  for (let number = 2; existsSync(free); number++) free = `${name}-${number}`;
  return free;
}

/** Makes an empty file (mode 0600) under such a name; two processes never get the same one. */
export function createFreeFile(path: string, label: string): string {
  for (;;) {
    const name = findFreeName(path, label);
    try {
      closeSync(openSync(name, 'wx', 0o600));
      return name;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
