/** The copy that a migration leaves beside the store. */
import { chmodSync, closeSync, openSync } from 'node:fs';
import { findFreeName } from '../aside-name.ts';
import type { Connection } from './connection.ts';
import { writeCopy } from './copy-store.ts';
import { syncFile } from './load-rows.ts';

/** Copies a non-empty store to `<path>.before-v<new>-<time>` (mode 0600) and returns that path. */
export async function writeCopyBeforeMigration(
  connection: Connection,
  path: string,
  version: number,
): Promise<string> {
  const copy = findFreeName(path, `before-v${version + 1}`);
  closeSync(openSync(copy, 'wx', 0o600));
  chmodSync(copy, 0o600);
  await writeCopy(connection, copy);
  syncFile(copy);
  return copy;
}
