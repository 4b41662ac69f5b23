/** The copy that a migration leaves beside the store. */
import { createFreeFile } from '../aside-name.ts';
import type { Connection } from './connection.ts';
import { writeCopy } from './copy-store.ts';
import { syncFile } from './load-rows.ts';

/** Copies a non-empty store to `<path>.before-v<new>-<time>` (mode 0600) and returns that path. */
export async function writeCopyBeforeMigration(
  connection: Connection,
  path: string,
  version: number,
): Promise<string> {
  const copy = createFreeFile(path, `before-v${version + 1}`);
  await writeCopy(connection, copy);
  syncFile(copy);
  return copy;
}
