/** The copy that a migration leaves beside the store. */
import { chmodSync, closeSync, openSync } from 'node:fs';
import { backup } from 'node:sqlite';
import type { Connection } from './connection.ts';

/** Copies a non-empty store to `<path>.before-v<old>-<time>` (mode 0600) and returns that path. */
export async function writeCopyBeforeMigration(
  connection: Connection,
  path: string,
  version: number,
): Promise<string> {
  const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const copy = `${path}.before-v${version + 1}-${stamp}`;
  closeSync(openSync(copy, 'w', 0o600));
  chmodSync(copy, 0o600);
  await backup(connection.db, copy, { rate: 2_000_000_000 });
  return copy;
}
