/** Texts with secrets in the editor of the user: a private file in memory where there is one, overwritten afterwards. */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Env } from '#config';
import { environmentErrors } from './errors.ts';
import { shredFile } from './sealed-file.ts';

/** Kinds of file systems that live in memory: tmpfs and ramfs (statfs(2)). */
const IN_MEMORY: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);

/** A folder that reaches no disk, where the system has one. */
function findFolder(env: Env): string {
  const candidates = [env['XDG_RUNTIME_DIR'], '/dev/shm', '/run/shm'];
  const found = candidates.find(
    (path) =>
      path !== undefined && path !== '' && existsSync(path) && IN_MEMORY.has(statfsSync(path).type),
  );
  return found ?? tmpdir();
}

/** The text as it is when the editor ends. Throws COAIA-5407. */
export async function editPrivately(env: Env, text: string, name: string): Promise<string> {
  const program = env['VISUAL'] || env['EDITOR'];
  if (!program)
    throw environmentErrors.create('COAIA-5407', 'Neither VISUAL nor EDITOR names an editor.', {
      hint: 'export EDITOR=vi',
    });
  const folder = mkdtempSync(join(findFolder(env), 'coaia-env-'));
  try {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    const code = await runEditor(program, path, env);
    if (code === 0) return readFileSync(path, 'utf8');
    throw environmentErrors.create(
      'COAIA-5407',
      `The editor ${program} ended with ${code ?? 'a signal'}; nothing was changed.`,
    );
  } finally {
    // Editors leave copies of their own beside the file.
    for (const file of readdirSync(folder)) shredFile(join(folder, file));
    rmSync(folder, { recursive: true });
  }
}

/**
 * The exit code, null when it cannot be started. EDITOR may carry options, as in `code --wait`, so a shell reads it;
 * the path is a word of its own.
 */
export function runEditor(program: string, path: string, env: Env): Promise<number | null> {
  const child =
    process.platform === 'win32'
      ? spawn(`${program} "${path}"`, { stdio: 'inherit', shell: true, env: { ...env } })
      : spawn('sh', ['-c', `${program} "$1"`, 'sh', path], { stdio: 'inherit', env: { ...env } });
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
}
