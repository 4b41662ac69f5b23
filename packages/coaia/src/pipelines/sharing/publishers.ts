/** Publishers whose packs were accepted: trust on first use. */
import { join } from 'node:path';
import { createFolder, homePaths, readJsonFile, updateFile } from '#config';

function toPath(home: string): string {
  return join(homePaths(home).home, 'trust', 'publishers.json');
}

/** When a publisher was accepted first, ISO 8601; undefined for one that never was. */
export function findPublisher(home: string, publisher: string): string | undefined {
  const since = readJsonFile(toPath(home))?.[publisher];
  return typeof since === 'string' ? since : undefined;
}

export function rememberPublisher(home: string, publisher: string, now: string): void {
  createFolder(join(homePaths(home).home, 'trust'));
  updateFile(
    toPath(home),
    () => `${JSON.stringify({ [publisher]: now, ...readJsonFile(toPath(home)) }, undefined, 2)}\n`,
  );
}
