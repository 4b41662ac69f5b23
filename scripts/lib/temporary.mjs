/**
 * The temporary folder of one test run: whatever tests and the programs they start leave there goes with it.
 * On the disk and not in memory: a test that writes too much must fill neither, and a disk refuses it more kindly.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes the folder and names it in TMPDIR, so that this process and all that it starts use it. Short, because
 * sockets lie in it and their paths have at most 107 bytes; open to all accounts as /tmp is, because PostgreSQL
 * and sandboxes run as others. Returns `{ folder, remove }`.
 */
export function openTemporary() {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-'));
  chmodSync(folder, 0o1777);
  process.env.TMPDIR = folder;
  const remove = () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    } catch (error) {
      process.stderr.write(`${folder} is left behind: ${error.message}\n`);
    }
  };
  return { folder, remove };
}
