/** Texts in the editor of the user. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promptErrors } from '../errors.ts';

/** The text as it is when the editor ends. Throws COAIA-2012. */
export async function runEditor(
  env: Readonly<Record<string, string | undefined>>,
  text: string,
  extension: string,
): Promise<string> {
  const program = env['VISUAL'] || env['EDITOR'];
  if (!program) {
    throw promptErrors.create('COAIA-2012', 'Neither VISUAL nor EDITOR names an editor.', {
      hint: 'coaia prompts create NAME --file PATH',
    });
  }
  const folder = mkdtempSync(join(tmpdir(), 'coaia-prompt-'));
  const path = join(folder, `prompt.${extension}`);
  try {
    writeFileSync(path, text, { mode: 0o600 });
    await runProgram(program, path, env);
    return readFileSync(path, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** EDITOR may carry options, as in `code --wait`, so a shell reads it; the path is a word of its own. */
async function runProgram(
  program: string,
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { spawn } = await import('node:child_process');
  const isWindows = process.platform === 'win32';
  const child = isWindows
    ? spawn(`${program} "${path}"`, { stdio: 'inherit', shell: true, env: { ...env } })
    : spawn('sh', ['-c', `${program} "$1"`, 'sh', path], { stdio: 'inherit', env: { ...env } });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause) =>
      reject(
        promptErrors.create('COAIA-2012', `The editor ${program} cannot be started.`, { cause }),
      ),
    );
    child.on('close', resolve);
  });
  if (code === 0) return;
  throw promptErrors.create(
    'COAIA-2012',
    `The editor ${program} ended with ${code ?? 'a signal'}; nothing was made.`,
  );
}
